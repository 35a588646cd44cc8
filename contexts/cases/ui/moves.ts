/** What each move's form asks for, derived from the state table, so that a screen never knows more than the rules do. */
import type { Wording } from '#kernel/refusal.ts'
import { caseMoves, FEWEST_PARTS, moveReasons, type CaseMoveName, type CaseNeed } from '../lifecycle.ts'

export interface MoveForm {
  readonly reasons: readonly { readonly code: string; readonly name: Wording }[]
  readonly note: 'optional' | 'required'
  readonly asksMatter: boolean
  readonly asksArea: boolean
  readonly asksUnit: boolean
  readonly asksMain: boolean
  readonly asksParts: boolean
  readonly tone: 'primary' | 'plain' | 'danger'
}

const backwards: readonly CaseMoveName[] = ['reject', 'giveBack', 'sendBack']
const aside: readonly CaseMoveName[] = ['correct', 'transfer', 'reopen', 'withdraw', 'merge', 'unmerge', 'split', 'handOver']

/** The form of a move. `dispatch` asks for a note only where another unit than the suggested one is chosen; the form decides that itself. */
export function formOf(move: CaseMoveName): MoveForm {
  const needs: readonly CaseNeed[] = caseMoves[move].needs
  const reasons: Readonly<Record<string, Wording>> = (moveReasons as Partial<Record<CaseMoveName, Record<string, Wording>>>)[move] ?? {}
  return {
    reasons: Object.entries(reasons).map(([code, name]) => ({ code, name })),
    note: needs.includes('result') || needs.includes('takenBy') ? 'required' : 'optional',
    asksMatter: move === 'file' || move === 'correct',
    asksArea: move === 'correct' || move === 'transfer',
    asksUnit: move === 'dispatch',
    asksMain: needs.includes('mainCase'),
    asksParts: needs.includes('parts'),
    tone: backwards.includes(move) ? 'danger' : aside.includes(move) ? 'plain' : 'primary',
  }
}

/** Buttons in the order of a hand's reach: the way forward first, then the ways back, then corrections. Danger comes before everything. */
export function inButtonOrder(moves: readonly CaseMoveName[], isDanger = false): CaseMoveName[] {
  const rank = { primary: 0, danger: 1, plain: 2 }
  const rankOf = (move: CaseMoveName): number => (isDanger && move === 'handOver' ? -1 : rank[formOf(move).tone])
  return [...moves].toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** One part of a call that is split, as typed. */
export interface FilledPart {
  text: string
  conditionId: string
  areaCode: string
}

/** What a person has filled into a move's form. */
export interface FilledMove {
  readonly reasonCode: string
  readonly note: string
  readonly conditionId: string
  readonly areaCode: string
  /** Empty follows the suggestion. */
  readonly organisationId: string
  readonly mainId: string
  readonly parts: readonly FilledPart[]
}
export type MoveField = keyof FilledMove
export type Missing =
  | 'otherDistrictMissing'
  | 'reasonMissing'
  | 'resultMissing'
  | 'otherUnitMissing'
  | 'matterMissing'
  | 'noSuggestion'
  | 'mainMissing'
  | 'partsMissing'
  | 'takenByMissing'

/** True where a person chose another unit than the rules name, which must be explained. `suggestedId` is null where they name none. */
export function isOtherUnit(move: CaseMoveName, { organisationId }: FilledMove, suggestedId: string | null | undefined): boolean {
  return formOf(move).asksUnit && organisationId !== '' && organisationId !== suggestedId
}

const areWritten = (parts: readonly FilledPart[]): boolean => parts.length >= FEWEST_PARTS && parts.every(({ text }) => text.trim().length > 1)

/** Fields that still lack something, before the server is asked. `suggestedId` is undefined while nobody knows yet. */
export function missingIn(
  move: CaseMoveName,
  filled: FilledMove,
  { districtCode, suggestedId }: { districtCode: string; suggestedId: string | null | undefined },
): Partial<Record<MoveField, Missing>> {
  const form = formOf(move)
  const elsewhere = filled.areaCode.length >= 6 && !filled.areaCode.startsWith(districtCode)
  const noNote = filled.note.trim() === ''
  const checks: readonly (readonly [field: MoveField, lacks: boolean, what: Missing])[] = [
    ['areaCode', move === 'transfer' && !elsewhere, 'otherDistrictMissing'],
    ['reasonCode', form.reasons.length > 0 && !filled.reasonCode, 'reasonMissing'],
    ['conditionId', move === 'file' && !filled.conditionId, 'matterMissing'],
    ['organisationId', form.asksUnit && !filled.organisationId && suggestedId === null, 'noSuggestion'],
    ['mainId', form.asksMain && filled.mainId === '', 'mainMissing'],
    ['parts', form.asksParts && !areWritten(filled.parts), 'partsMissing'],
    ['note', noNote && form.note === 'required', move === 'handOver' ? 'takenByMissing' : 'resultMissing'],
    ['note', noNote && isOtherUnit(move, filled, suggestedId), 'otherUnitMissing'],
  ]
  return Object.fromEntries(checks.filter(([, lacks]) => lacks).map(([field, , what]) => [field, what]))
}
