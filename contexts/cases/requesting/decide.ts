import { extend, isEnded, settle, stop, suspend, type Assignment } from '#contexts/assignments/index.ts'
import { addMs, HOUR_MS, instantAt } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { decideMove } from '../decide.ts'
import type { Decision, MoveFacts } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import { withStanding } from '../standing.ts'
import { checkExtendable } from './ask.ts'
import { relieveSummoned, type SummonsFacts } from '../whistling/relieving.ts'
import type { Whistle } from '../whistling/whistle.ts'
import { endOpinionOf } from './opinions.ts'
import type { Verdict } from './lifecycle.ts'
import { isLive, moved, nextLevel, type Request, type RequestDecision } from './request.ts'
import { refuseRequest } from './refusals.ts'

/** What somebody decides. */
export interface VerdictInput {
  readonly verdict: Verdict
  readonly opinion: string
  readonly expectedVersion: number
  /** An objection that is upheld: the unit that leads, or is summoned, from now on; without it the proposed one. */
  readonly organisationId?: string | undefined
}

export interface VerdictFacts extends MoveFacts {
  readonly personId: string
  readonly postId: string | null
  readonly zone: string
  /** Hours that the other side of a summoned unit's objection has. */
  readonly hearingHours: number
  /** The whistle to which a summoned unit objects. */
  readonly summons: SummonsFacts | null
}

export interface Decided {
  readonly request: Request
  readonly decision: RequestDecision
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
  readonly steps: Decision['steps']
  /** The whistle whose unit was relieved, and who is summoned instead. */
  readonly whistle?: Whistle
}

/** Decides one level of a request, purely; throws a refusal that names what stands against it. The last approval has its effect at once. */
export function decideRequest(
  request: Request,
  given: readonly RequestDecision[],
  on: { record: CaseRecord; assignments: readonly Assignment[] },
  input: VerdictInput,
  facts: VerdictFacts,
): Decided {
  checkDecider(request, given, on.record, input, facts)
  const opinion = input.opinion.trim()
  if (opinion === '' && (input.verdict === 'refuse' || request.kind === 'objection')) throw refuseRequest.opinionMissing({}, 'opinion')
  const isLast = request.approvals + 1 === request.levels.length
  const next = moved(request, input.verdict === 'refuse' ? 'refuse' : isLast ? 'approve' : 'pass', facts.at)
  const effect = next.endedAt === null ? { ...on, steps: [] } : effectOf(next, on, { ...input, opinion }, facts)
  return {
    request: next,
    decision: {
      districtCode: request.districtCode,
      id: newId(),
      requestId: request.id,
      level: request.approvals + 1,
      verdict: input.verdict,
      opinion,
      personId: facts.personId,
      postId: facts.postId,
      at: facts.at,
    },
    ...effect,
  }
}

/** Who may decide this level: whoever holds its permission here, neither the one who asked nor an earlier decider, nor, of an objection, the one who dispatched. */
export function checkDecider(
  request: Request,
  given: readonly Pick<RequestDecision, 'personId'>[],
  record: CaseRecord,
  input: Pick<VerdictInput, 'expectedVersion'>,
  facts: Pick<VerdictFacts, 'may' | 'personId' | 'actorKey' | 'at' | 'hearingHours'>,
): void {
  if (input.expectedVersion !== request.version && request.endedAt === null) throw refuseRequest.requestChanged()
  const level = nextLevel(request)
  if (request.endedAt === null && (level === undefined || !facts.may(level))) throw refuse.notYours({ move: '审批' })
  if (request.endedAt !== null) throw refuseRequest.requestEnded()
  if (!isLive(request, record)) throw refuseRequest.requestLapsed()
  if (request.askedBy === facts.personId) throw refuseRequest.ownRequest()
  if (given.some(({ personId }) => personId === facts.personId)) throw refuseRequest.sameApprover()
  if (request.kind === 'objection') checkAdjudicator(request, facts)
}

/** Neither whoever sent it there, nor before the other side of a summoned unit has had its time. */
function checkAdjudicator(request: Request, facts: Pick<VerdictFacts, 'actorKey' | 'at' | 'hearingHours'>): void {
  if (request.dispatchedBy === facts.actorKey) throw request.whistleId === null ? refuseRequest.ownDispatch() : refuseRequest.ownWhistle()
  if (request.whistleId !== null && request.counteredAt === null && facts.at < addMs(request.askedAt, facts.hearingHours * HOUR_MS))
    throw refuseRequest.otherSideUnheard({ hours: facts.hearingHours })
}

type Effect = Pick<Decided, 'record' | 'assignments' | 'steps' | 'whistle'>
type Before = Pick<Decided, 'record' | 'assignments'>

function effectOf(request: Request, { record, assignments }: Before, input: VerdictInput, facts: VerdictFacts): Effect {
  if (request.whistleId !== null) return adjudicatedSummons(request, { record, assignments }, input, facts)
  if (request.kind === 'objection') return adjudicated(request, { record, assignments }, input, facts)
  if (request.state !== 'approved') return { record, assignments, steps: [] }
  const onLead = (change: (lead: Assignment) => Assignment): Assignment[] =>
    assignments.map((one) => (one.id === record.assignmentId ? change(one) : one))
  switch (request.kind) {
    case 'extension': {
      checkExtendable(
        assignments.find(({ id }) => id === record.assignmentId),
        facts.at,
      )
      return changed(
        record,
        onLead((lead) => extend(lead, facts.at, facts.clocks)),
      )
    }
    case 'suspension': {
      const suspendedUntil = request.until === null ? facts.at : instantAt(request.until, 0, facts.zone)
      if (suspendedUntil <= facts.at) throw refuseRequest.termPassed()
      return changed(
        { ...record, suspendedUntil },
        onLead((lead) => suspend(lead, facts.at)),
      )
    }
    case 'appeal':
      return changed({ ...record, exemptedAt: facts.at }, assignments)
  }
}

/** Upheld: the unit named leads from now on. Refused: the unit keeps it. Whoever is named can neither object nor return it again. */
function adjudicated(request: Request, { record, assignments }: Before, input: VerdictInput, facts: VerdictFacts): Effect {
  const heard = afterHearing(request, assignments, facts)
  if (request.state === 'refused') return changed(boundTo(record, request.organisationId), heard)
  const organisationId = input.organisationId ?? request.proposedOrganisationId
  if (organisationId === null) throw refuseRequest.unitMissing({}, 'organisationId')
  if (organisationId === record.leadOrganisationId) throw refuseRequest.sameUnit({}, 'organisationId')
  return decideMove(boundTo(record, organisationId), heard, { move: 'reassign', organisationId, note: input.opinion }, { ...facts, byDecision: true })
}

const afterHearing = (request: Request, assignments: readonly Assignment[], { at }: Pick<VerdictFacts, 'at'>): Assignment[] =>
  endOpinionOf(request, assignments, (one) => (request.counterOpinion === null ? stop(one, 'cancel', at) : settle(one, at)))

/** Upheld: the summoned unit is relieved, and where another is named, that one is summoned instead. Refused: it stays summoned, and objects no more. */
function adjudicatedSummons(request: Request, { record, assignments }: Before, input: VerdictInput, facts: VerdictFacts): Effect {
  const part = assignments.find(({ id }) => id === request.assignmentId)
  if (!facts.summons || !part || isEnded(part)) throw refuseRequest.requestLapsed()
  const heard = afterHearing(request, assignments, facts)
  if (request.state === 'refused') return changed(record, heard)
  const organisationId = input.organisationId ?? request.proposedOrganisationId
  if (organisationId === request.organisationId) throw refuseRequest.sameUnit({}, 'organisationId')
  if (organisationId !== null && !facts.summons.maySummon(organisationId)) throw refuseRequest.notToBeSummoned({}, 'organisationId')
  const work = { record, assignments: heard, whistle: facts.summons.whistle }
  return { ...relieveSummoned(work, request.organisationId, organisationId, facts.summons), steps: [] }
}

const boundTo = (record: CaseRecord, organisationId: string): CaseRecord => ({
  ...record,
  boundOrganisationIds: [...new Set([...record.boundOrganisationIds, organisationId])],
})

function changed(record: CaseRecord, assignments: readonly Assignment[]): Effect {
  return { record: withStanding({ ...record, version: record.version + 1 }, assignments), assignments, steps: [] }
}
