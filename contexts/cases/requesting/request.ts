import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { CaseRecord } from '../record.ts'
import { requestFits, requestMoves, type RequestKind, type RequestLevel, type RequestMoveName, type RequestState, type Verdict } from './lifecycle.ts'
import { refuseRequest } from './refusals.ts'

/** One request of a unit about one case. What applied when it was asked (levels, most) stays with it. */
export interface Request {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly caseId: string
  readonly assignmentId: string
  /** The unit that asks. */
  readonly organisationId: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly version: number
  readonly levels: readonly RequestLevel[]
  readonly approvals: number
  readonly most: number
  readonly reasonCode: string
  readonly note: string
  /** 挂账: the day on which the clocks go on. */
  readonly until: LocalDate | null
  /** 异议: the unit that should lead instead, as the asking unit sees it, and what that unit says. */
  readonly proposedOrganisationId: string | null
  /** 异议: the other side, which gives its opinion before the adjudication: the unit proposed, else the street that summons. */
  readonly heardOrganisationId: string | null
  /** The whistle that summoned the unit; null where the lead asks. */
  readonly whistleId: string | null
  readonly counterOpinion: string | null
  readonly counterBy: string | null
  readonly counteredAt: Instant | null
  /** Key of whoever dispatched the case to the unit, or let the whistle sound. */
  readonly dispatchedBy: string | null
  readonly dispatchedWhy: CaseRecord['why']
  readonly askedBy: string
  readonly askedPostId: string | null
  readonly askedAt: Instant
  readonly endedAt: Instant | null
}

/** One level's decision. */
export interface RequestDecision {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly requestId: string
  readonly level: number
  readonly verdict: Verdict
  readonly opinion: string
  readonly personId: string
  readonly postId: string | null
  readonly at: Instant
}

/** True while somebody has to act on it: not ended, and the case is still where it was asked, or the summoned unit is still awaited. */
export function isLive(request: Request, record: Pick<CaseRecord, 'assignmentId' | 'status' | 'awaitedOrganisationIds'>): boolean {
  if (request.endedAt !== null || !requestFits[request.kind].includes(record.status)) return false
  return request.whistleId === null ? request.assignmentId === record.assignmentId : record.awaitedOrganisationIds.includes(request.organisationId)
}

/** The level that decides next. */
export function nextLevel(request: Request): RequestLevel | undefined {
  return request.levels[request.approvals]
}

/** A move of a request by its state table. */
export function moved(request: Request, move: RequestMoveName, at: Instant): Request {
  const { from, to } = requestMoves[move]
  if (!(from as readonly RequestState[]).includes(request.state)) throw refuseRequest.requestEnded()
  const isApproval = move === 'pass' || move === 'approve'
  const ended = to === 'approved_once' ? null : at
  return { ...request, state: to, version: request.version + 1, approvals: request.approvals + (isApproval ? 1 : 0), endedAt: ended }
}
