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
  /** `level` stands beside the way forward and is no lesser choice. */
  readonly tone: 'primary' | 'level' | 'plain' | 'danger'
}

const light: readonly CaseMoveName[] = ['settle', 'confirm']
const upwards: readonly CaseMoveName[] = ['callUp']
const backwards: readonly CaseMoveName[] = ['reject', 'recall', 'giveBack', 'sendDown', 'sendBack']
const aside: readonly CaseMoveName[] = ['correct', 'transfer', 'reopen', 'withdraw', 'merge', 'unmerge', 'split', 'handOver']

/** The form of a move; `awaited` counts the other units that have not answered, which only then makes a lead say why he finishes. `dispatch` asks for a note only where another unit than the suggested one is chosen; the form decides that itself. */
export function formOf(move: CaseMoveName, awaited = 0): MoveForm {
  const needs: readonly CaseNeed[] = caseMoves[move].needs
  const named: Readonly<Record<string, Wording>> = (moveReasons as Partial<Record<CaseMoveName, Record<string, Wording>>>)[move] ?? {}
  const reasons = move === 'handle' && awaited === 0 ? {} : named
  return {
    reasons: Object.entries(reasons).map(([code, name]) => ({ code, name })),
    note: needs.some((need) => need === 'result' || need === 'tried' || need === 'takenBy') ? 'required' : 'optional',
    asksMatter: move === 'file' || move === 'correct',
    asksArea: move === 'correct' || move === 'transfer',
    asksUnit: move === 'dispatch',
    asksMain: needs.includes('mainCase'),
    asksParts: needs.includes('parts'),
    tone: backwards.includes(move) ? 'danger' : upwards.includes(move) ? 'level' : aside.includes(move) ? 'plain' : 'primary',
  }
}

/**
 * Buttons in the order of a hand's reach: the light way of trifles, the way forward, the way up, then the ways back, then corrections. Danger
 * comes before everything.
 */
export function inButtonOrder(moves: readonly CaseMoveName[], isDanger = false): CaseMoveName[] {
  const rank = (move: CaseMoveName): number => {
    if (isDanger && move === 'handOver') return -1
    return light.includes(move) ? 0 : { primary: 1, level: 2, danger: 3, plain: 4 }[formOf(move).tone]
  }
  return [...moves].toSorted((a, b) => rank(a) - rank(b))
}

/** What the city calls a move. */
export function nameOfMove({ words }: { readonly words: Readonly<Record<string, Wording>> }, move: CaseMoveName): Wording {
  return words[move] ?? caseMoves[move]
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
  | 'triedMissing'
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

const noteMissing: Partial<Record<CaseMoveName, Missing>> = { callUp: 'triedMissing', handOver: 'takenByMissing' }

type Lack = readonly [field: MoveField, lacks: boolean, what: Missing]
const tiesMissing = ({ asksMain, asksParts }: MoveForm, { mainId, parts }: FilledMove): Lack[] => [
  ['mainId', asksMain && mainId === '', 'mainMissing'],
  ['parts', asksParts && !areWritten(parts), 'partsMissing'],
]

/** Fields that still lack something, before the server is asked. `suggestedId` is undefined while nobody knows yet. */
export function missingIn(
  move: CaseMoveName,
  filled: FilledMove,
  { districtCode, suggestedId, awaited = 0 }: { districtCode: string; suggestedId: string | null | undefined; awaited?: number },
): Partial<Record<MoveField, Missing>> {
  const form = formOf(move, awaited)
  const elsewhere = filled.areaCode.length >= 6 && !filled.areaCode.startsWith(districtCode)
  const noNote = filled.note.trim() === ''
  const checks: readonly Lack[] = [
    ['areaCode', move === 'transfer' && !elsewhere, 'otherDistrictMissing'],
    ['reasonCode', form.reasons.length > 0 && !filled.reasonCode, 'reasonMissing'],
    ['conditionId', move === 'file' && !filled.conditionId, 'matterMissing'],
    ['organisationId', form.asksUnit && !filled.organisationId && suggestedId === null, 'noSuggestion'],
    ...tiesMissing(form, filled),
    ['note', noNote && form.note === 'required', noteMissing[move] ?? 'resultMissing'],
    ['note', noNote && isOtherUnit(move, filled, suggestedId), 'otherUnitMissing'],
  ]
  return Object.fromEntries(checks.filter(([, lacks]) => lacks).map(([field, , what]) => [field, what]))
}
