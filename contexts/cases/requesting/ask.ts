import { isRunning, milestoneOf, openAssignment, type Assignment } from '#contexts/assignments/index.ts'
import { addDays, localDate, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { CaseRecord } from '../record.ts'
import { statusNames } from '../lifecycle.ts'
import type { MoveFacts } from '../move.ts'
import { refuse } from '../refusals.ts'
import type { Whistle } from '../whistling/whistle.ts'
import type { RequestKindRule } from './kind.ts'
import { requestFits, requestReasons, type RequestKind } from './lifecycle.ts'
import { isLive, type Request } from './request.ts'
import { refuseRequest } from './refusals.ts'
import { isBound, isFrom, leadSeat, seatIn, type Seat } from './seat.ts'

/** What somebody asks for. */
export interface RequestInput {
  readonly kind: RequestKind
  readonly reasonCode: string
  readonly note: string
  readonly until?: LocalDate | undefined
  readonly organisationId?: string | undefined
  /** An objection to the summons of this whistle; without it the lead asks. */
  readonly whistleId?: string | undefined
}

/** What asking looks at besides the case. */
export interface AskFacts extends Pick<MoveFacts, 'organisationIds' | 'may' | 'at'> {
  readonly personId: string
  readonly postId: string | null
  readonly rule: RequestKindRule | undefined
  readonly zone: string
  readonly dispatchedBy: string | null
  readonly isUnit: (organisationId: string) => boolean
  /** True for a unit that a street may summon. */
  readonly maySummon: (organisationId: string) => boolean
}

export interface Situation {
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
  /** All requests of the case, whatever became of them. */
  readonly earlier: readonly Request[]
  readonly whistles: readonly Whistle[]
}

/** Makes a request, or throws the refusal that says what stands against it. A unit that is proposed instead is asked for its opinion. */
export function ask(situation: Situation, input: RequestInput, facts: AskFacts): { request: Request; assignments: readonly Assignment[] } {
  const { record, assignments } = situation
  const seat = seatOf(situation, input, facts)
  const rule = mayAsk(situation, input.kind, facts, seat)
  const note = input.note.trim()
  if (!(input.reasonCode in requestReasons[input.kind])) throw refuse.reasonMissing({}, 'reasonCode')
  if (note === '') throw refuseRequest.requestNoteMissing({}, 'note')
  const request: Request = {
    districtCode: record.districtCode,
    id: newId(),
    caseId: record.id,
    kind: input.kind,
    state: 'asked',
    version: 1,
    levels: rule.levels,
    approvals: 0,
    most: rule.most,
    reasonCode: input.reasonCode,
    note,
    until: input.kind === 'suspension' ? termOf(input, rule, facts) : null,
    ...sidesOf(record, input, seat, facts),
    counterOpinion: null,
    counterBy: null,
    counteredAt: null,
    askedBy: facts.personId,
    askedPostId: facts.postId,
    askedAt: facts.at,
    endedAt: null,
  }
  return { request, assignments: [...assignments, ...opinionAsked(request, record, facts)] }
}

function seatOf({ record, assignments, whistles }: Situation, { whistleId }: RequestInput, { organisationIds }: AskFacts): Seat {
  return whistleId === undefined ? leadSeat(record, assignments) : seatIn(whistleId, whistles, assignments, organisationIds)
}

/** Who asks, from which assignment, who is to be heard against it, and who sent it there and why. */
function sidesOf(record: CaseRecord, input: RequestInput, seat: Seat, facts: AskFacts) {
  const proposed = input.kind === 'objection' ? proposedBy(input, seat, facts) : null
  const { whistle } = seat
  const sides = { assignmentId: seat.assignment?.id ?? '', organisationId: seat.organisationId ?? '', proposedOrganisationId: proposed }
  const heardOrganisationId = proposed ?? whistle?.streetOrganisationId ?? null
  return whistle
    ? { ...sides, heardOrganisationId, whistleId: whistle.id, dispatchedBy: whistle.soundedBy, dispatchedWhy: summonedWhy(whistle, seat) }
    : { ...sides, heardOrganisationId, whistleId: null, dispatchedBy: facts.dispatchedBy, dispatchedWhy: record.why }
}

/** On which duty the street summoned the unit, as it said. */
function summonedWhy({ units }: Whistle, { organisationId, assignment }: Seat): CaseRecord['why'] {
  const basis = units.find((unit) => unit.organisationId === organisationId)?.basis ?? ''
  const why = assignment?.why
  return why ? { rule: why.rule, text: { zh: `${why.text.zh}：${basis}`, en: `${why.text.en ?? why.text.zh}: ${basis}` } } : null
}

type AskingFacts = Pick<AskFacts, 'rule' | 'may' | 'organisationIds' | 'at'>

/** The rule under which this person's unit may ask for this kind now, from its seat; throws what stands against it. */
export function mayAsk(
  { record, assignments, earlier }: Omit<Situation, 'whistles'>,
  kind: RequestKind,
  facts: AskingFacts,
  seat: Seat = leadSeat(record, assignments),
): RequestKindRule {
  const { rule } = facts
  if (!rule) throw refuseRequest.requestKindUnknown({}, 'kind')
  if (!facts.may('request.ask')) throw refuse.notYours({ move: rule.name.zh })
  if (!requestFits[kind].includes(record.status)) throw refuseRequest.requestNotNow({ status: statusNames[record.status].zh, kind: rule.name.zh })
  if (seat.organisationId === null || !facts.organisationIds.includes(seat.organisationId)) throw refuse.holdsNot()
  if (seat.whistle && kind !== 'objection') throw refuseRequest.onlyObjection({}, 'kind')
  checkEarlier(earlier, kind, seat, { record, rule })
  if (kind === 'objection') checkObjectable(seat, record)
  checkClocks(kind, record, seat.assignment, facts)
  return rule
}

/** One at a time, no more than the rule grants, and no more tries than it allows to one unit. */
function checkEarlier(
  earlier: readonly Request[],
  kind: RequestKind,
  seat: Seat,
  { record, rule }: { record: CaseRecord; rule: RequestKindRule },
): void {
  const same = earlier.filter((one) => one.kind === kind && isFrom(one, seat))
  if (same.some((one) => isLive(one, record))) throw refuseRequest.requestPending({ kind: rule.name.zh })
  // An extension belongs to the clock that it extends; the others to the case.
  const approved = same.filter((one) => one.state === 'approved' && (kind !== 'extension' || one.assignmentId === record.assignmentId))
  if (kind !== 'objection' && approved.length >= rule.most) throw refuseRequest.requestMost({ kind: rule.name.zh, most: rule.most })
  const own = same.filter((one) => one.state !== 'withdrawn' && one.organisationId === seat.organisationId)
  if (rule.tries !== null && own.length >= rule.tries) throw refuseRequest.requestTries({ kind: rule.name.zh, tries: rule.tries })
}

/** A unit that came to the site has taken the summons on. */
function checkObjectable(seat: Seat, record: CaseRecord): void {
  if (isBound(seat, record)) throw refuse.boundByAdjudication()
  if (seat.whistle && seat.assignment?.state === 'arrived') throw refuseRequest.alreadyThere()
}

function checkClocks(kind: RequestKind, record: CaseRecord, lead: Assignment | undefined, facts: Pick<AskFacts, 'at'>): void {
  if ((kind === 'extension' || kind === 'suspension') && record.suspendedUntil !== null) throw refuseRequest.alreadySuspended()
  if (kind === 'extension') checkExtendable(lead, facts.at)
  if (kind === 'appeal' && !lead?.milestones.some(({ overdueAt }) => overdueAt !== null)) throw refuseRequest.nothingOverdue()
}

/** Only a clock that still runs, has a limit, and has not run out can be extended. */
export function checkExtendable(lead: Assignment | undefined, at: Request['askedAt']): void {
  const clock = lead && milestoneOf(lead, 'dispose')
  if (!clock || !isRunning(clock) || clock.limitValue === null || clock.dueAt === null) throw refuseRequest.noLimitToExtend()
  if (clock.overdueAt !== null || at > clock.dueAt) throw refuseRequest.clockRanOut()
}

function termOf(input: RequestInput, rule: RequestKindRule, facts: AskFacts): LocalDate {
  const today = localDate(facts.at, facts.zone)
  const last = addDays(today, rule.longestDays ?? 0)
  if (input.until === undefined || input.until <= today || input.until > last)
    throw refuseRequest.termOutside({ from: addDays(today, 1), to: last }, 'until')
  return input.until
}

function proposedBy(input: RequestInput, seat: Seat, facts: AskFacts): string | null {
  if (input.organisationId === undefined) return null
  if (!facts.isUnit(input.organisationId)) throw refuse.unitUnknown({}, 'organisationId')
  if (input.organisationId === seat.organisationId) throw refuseRequest.sameUnit({}, 'organisationId')
  if (seat.whistle && !facts.maySummon(input.organisationId)) throw refuseRequest.notToBeSummoned({}, 'organisationId')
  return input.organisationId
}

/** The proposed unit takes part in the case until it is decided, so that it can read it and say what it thinks. */
function opinionAsked({ proposedOrganisationId }: Request, record: CaseRecord, facts: AskFacts): Assignment[] {
  if (proposedOrganisationId === null) return []
  return [
    openAssignment({
      districtCode: record.districtCode,
      subjectKind: 'case',
      subjectId: record.id,
      purpose: 'opinion',
      organisationId: proposedOrganisationId,
      postId: null,
      areaCode: record.areaCode,
      why: {
        rule: 'objection',
        text: { zh: '责任单位提出异议，建议由本单位负责，请答复', en: 'The unit in charge objects and proposes this unit; please answer' },
      },
      openedAt: facts.at,
      milestones: [],
    }),
  ]
}
