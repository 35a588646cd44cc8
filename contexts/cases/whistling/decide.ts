import { contact, finish, isEnded, stop, type Assignment, type PlannedMilestone } from '#contexts/assignments/index.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { AnswerFacts, CaseWork } from '../joining/answering.ts'
import { openFor } from '../joining/first-taker.ts'
import { refuse as refuseCase } from '../refusals.ts'
import { withStanding } from '../standing.ts'
import type { WhistleKind } from './kinds.ts'
import { whistleMoveNames, whistleMoves, whistleStateNames, type WhistleMoveName, type WhistleWords } from './lifecycle.ts'
import { refuse } from './refusals.ts'
import { mayBeRated, partOf, type Whistle, type WhistleUnit } from './whistle.ts'

/** What deciding about a whistle looks at. */
export interface WhistleFacts extends AnswerFacts {
  readonly kind: WhistleKind
  readonly words: WhistleWords
  /** True for a leader whose post covers the whole district. */
  readonly mayApprove: boolean
  readonly nameOf: (organisationId: string) => Wording
  readonly plan: (kind: WhistleKind, at: Instant) => readonly PlannedMilestone[]
}

/** A case with one whistle on it. */
export interface WhistleWork extends CaseWork {
  readonly whistle: Whistle
}

/** What somebody asks for who starts a whistle; the street is the caller itself, or the one above a community. */
export interface WhistleAsked {
  readonly id: string
  readonly callerOrganisationId: string
  readonly streetOrganisationId: string
  readonly tried: string
  readonly missing: string
  readonly units: readonly { readonly organisationId: string; readonly basis: string }[]
  /** True for a unit that a street may summon: a department of the district. */
  readonly maySummon: (organisationId: string) => boolean
}

/** Starts a whistle on a case that the caller holds. A street’s own ordinary whistle sounds at once; a community’s waits for its street. */
export function askWhistle({ record, assignments }: CaseWork, asked: WhistleAsked, facts: WhistleFacts): WhistleWork {
  requireGrounds(asked, assignments, facts)
  if (record.leadOrganisationId !== asked.callerOrganisationId || (record.status !== 'dispatched' && record.status !== 'contacted'))
    throw refuse.notHeld(wordsOf(facts))
  const { callerOrganisationId, streetOrganisationId, tried, missing } = asked
  const why = { rule: 'whistle_convenes', text: { zh: '发起吹哨的街镇负责召集和评价', en: 'The street that whistles convenes and rates' } }
  const convenes = { organisationId: streetOrganisationId, postId: null, why, milestones: [] }
  const convening = contact(openFor(record, 'convene', convenes, facts.at), facts.at)
  const whistle: Whistle = {
    districtCode: record.districtCode,
    id: asked.id,
    caseId: record.id,
    kind: facts.kind.kind,
    kindFrom: facts.kind.effectiveFrom satisfies LocalDate,
    state: 'proposed',
    callerOrganisationId,
    streetOrganisationId,
    conveneAssignmentId: convening.id,
    tried: tried.trim(),
    missing: missing.trim(),
    askedAt: facts.at,
    soundedAt: null,
    soundedBy: null,
    endedAt: null,
    endNote: null,
    units: asked.units.map(({ organisationId, basis }, ordinal) => ({ ...unrated, organisationId, ordinal, basis: basis.trim() })),
  }
  const work = stood({ record, assignments: [...assignments, convening], whistle })
  if (callerOrganisationId !== streetOrganisationId) return work
  return facts.kind.needsApproval ? { ...work, whistle: { ...whistle, state: 'waiting' } } : stood(sounded(work, facts), 0)
}

export const unrated = { assignmentId: null, score: null, scoreNote: null, ratedAt: null } as const satisfies Partial<WhistleUnit>

function requireGrounds({ tried, missing, units, maySummon }: WhistleAsked, assignments: readonly Assignment[], facts: WhistleFacts): void {
  if (!tried.trim()) throw refuse.triedMissing({}, 'tried')
  if (!missing.trim()) throw refuse.missingMissing({}, 'missing')
  if (units.length === 0) throw refuse.unitsMissing({}, 'units')
  units.forEach(({ organisationId, basis }, index) => {
    const name = facts.nameOf(organisationId)
    const unit = { unit: name.zh, unitEn: name.en ?? name.zh }
    const isRepeated = units.findIndex((other) => other.organisationId === organisationId) !== index
    if (isRepeated || !maySummon(organisationId)) throw refuse.unitNotSummoned(unit, `units.${index}.organisationId`)
    const isRelieved = assignments.some((one) => one.purpose === 'whistle' && one.state === 'relieved' && one.organisationId === organisationId)
    if (isRelieved) throw refuse.unitRelieved(unit, `units.${index}.organisationId`)
    if (!basis.trim()) throw refuse.basisMissing(unit, `units.${index}.basis`)
  })
}

/** The whistle sounds: each unit gets its own assignment, and its own clocks run from now. */
function sounded({ record, assignments, whistle }: WhistleWork, facts: WhistleFacts): WhistleWork {
  const text = { zh: `街道吹哨召集（${facts.kind.name.zh}）`, en: `Summoned by the street’s whistle (${facts.kind.name.en ?? facts.kind.name.zh})` }
  const opened = whistle.units.map(({ organisationId }) =>
    openFor(
      record,
      'whistle',
      { organisationId, postId: null, why: { rule: 'whistle', text }, milestones: facts.plan(facts.kind, facts.at) },
      facts.at,
    ),
  )
  const units = whistle.units.map((unit, index) => ({ ...unit, assignmentId: opened[index]?.id ?? null }))
  return {
    record,
    assignments: [...assignments, ...opened],
    whistle: { ...whistle, state: 'sounded', soundedAt: facts.at, soundedBy: facts.actorKey, units },
  }
}

/** Decides one move of a whistle by the state table. Pure; throws a refusal that names what failed. */
export function decideWhistle(work: WhistleWork, request: { move: WhistleMoveName; note?: string | undefined }, facts: WhistleFacts): WhistleWork {
  const { whistle } = work
  const { from, needs, zh, en } = whistleMoves[request.move]
  if (!isPermitted(whistle, request.move, facts)) throw refuseCase.notYours({ move: zh })
  const isKnown = (from as readonly string[]).includes(whistle.state) && fitsKind(request.move, facts)
  const { zh: state, en: stateEn } = whistleStateNames[whistle.state]
  if (!isKnown) throw refuse.moveNotAllowed({ ...wordsOf(facts), state, stateEn, move: zh, moveEn: en })
  const note = request.note?.trim() || null
  if (needs === 'note' && note === null) throw refuse.reasonMissing({}, 'note')
  if (request.move === 'sound' || request.move === 'approve') return stood(sounded(work, facts))
  if (request.move === 'submit') return stood({ ...work, whistle: { ...whistle, state: 'waiting' } })
  if (request.move === 'close') requireRatings(work)
  return stood(ended(work, request.move, note, facts.at))
}

/** Moves that this actor may make on a whistle now; the ratings that closing needs are asked when it is tried. */
export function whistleMovesOpenTo(whistle: Whistle, facts: WhistleFacts): WhistleMoveName[] {
  return whistleMoveNames.filter(
    (move) => (whistleMoves[move].from as readonly string[]).includes(whistle.state) && fitsKind(move, facts) && isPermitted(whistle, move, facts),
  )
}

function fitsKind(move: WhistleMoveName, { kind }: WhistleFacts): boolean {
  const { kinds } = whistleMoves[move]
  return kinds === 'all' || (kinds === 'approved') === kind.needsApproval
}

/** True for somebody of the street that convenes. */
export function convenes({ streetOrganisationId }: Whistle, facts: WhistleFacts): boolean {
  return facts.organisationIds.includes(streetOrganisationId) && facts.mayFor('whistle.sound', streetOrganisationId)
}

function isPermitted(whistle: Whistle, move: WhistleMoveName, facts: WhistleFacts): boolean {
  const { by } = whistleMoves[move]
  const isForDistrict = by === 'district' || (by === 'either' && whistle.state === 'waiting')
  return isForDistrict ? facts.mayApprove : convenes(whistle, facts)
}

function requireRatings({ whistle, assignments }: WhistleWork): void {
  const n = whistle.units.filter((unit) => unit.score === null && partOf(unit, assignments)?.state === 'done').length
  if (n > 0) throw refuse.unrated({ n })
}

const endStates = { decline: 'declined', callOff: 'called_off', close: 'closed' } as const

/** Who still was awaited is not any more; the raw overdue facts stay. A whistle that never sounded leaves its street no part in the case. */
function ended(work: WhistleWork, move: keyof typeof endStates, endNote: string | null, at: Instant): WhistleWork {
  const { whistle } = work
  const summoned = new Set(whistle.units.map(({ assignmentId }) => assignmentId))
  const assignments = work.assignments.map((one): Assignment => {
    if (isEnded(one)) return one
    if (one.id === whistle.conveneAssignmentId) return move === 'decline' ? stop(one, 'cancel', at) : finish(one, at)
    return summoned.has(one.id) ? stop(one, 'cancel', at) : one
  })
  return { ...work, assignments, whistle: { ...whistle, state: endStates[move], endedAt: at, endNote } }
}

/** The street rates one unit's answer, 1 to 5 with a sentence; it may correct itself until the whistle has ended. */
export function rateAnswer(work: WhistleWork, rating: { organisationId: string; score: number; note: string }, facts: WhistleFacts): WhistleWork {
  const { whistle, assignments } = work
  if (!convenes(whistle, facts)) throw refuseCase.notYours({ move: '评价' })
  if (whistle.state !== 'sounded') throw refuse.notOpen(wordsOf(facts))
  const unit = whistle.units.find(({ organisationId }) => organisationId === rating.organisationId)
  if (!unit) throw refuse.notSummoned(wordsOf(facts), 'organisationId')
  if (!rating.note.trim()) throw refuse.sentenceMissing({}, 'note')
  if (!mayBeRated(partOf(unit, assignments), facts.at)) throw refuse.notAnswered({}, 'organisationId')
  const rated = { ...unit, score: rating.score, scoreNote: rating.note.trim(), ratedAt: facts.at }
  return stood({ ...work, whistle: { ...whistle, units: whistle.units.map((one) => (one === unit ? rated : one)) } })
}

/** The case as the assignments now stand. */
export function stood({ record, assignments, whistle }: WhistleWork, grows = 1): WhistleWork {
  return { record: withStanding({ ...record, version: record.version + grows }, assignments), assignments, whistle }
}

function wordsOf({ words: { word } }: Pick<WhistleFacts, 'words'>): { word: string; wordEn: string } {
  return { word: word.zh, wordEn: word.en.toLowerCase() }
}
