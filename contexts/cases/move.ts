import type { Assignment, ClockRules, PlannedMilestone } from '#contexts/assignments/index.ts'
import type { Area } from '#contexts/territory/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { OthersThen } from './joining/lifecycle.ts'
import type { Stand } from './escalating/rung.ts'
import type { CaseMoveName, CaseStep } from './lifecycle.ts'
import type { CaseRecord } from './record.ts'

/** What somebody asks for. */
export interface MoveRequest {
  readonly move: CaseMoveName
  readonly reasonCode?: string | undefined
  readonly note?: string | undefined
  readonly conditionId?: string | undefined
  readonly areaCode?: string | undefined
  readonly organisationId?: string | undefined
  readonly score?: number | undefined
  /** dispatch: the unit itself takes the lead to convene others; nobody sends it down. */
  readonly convenes?: boolean
  /** dispatch: several units at once, of which the first to make contact leads. */
  readonly candidateIds?: readonly string[] | undefined
  readonly othersThen?: OthersThen | undefined
  /** merge: the case that answers for this one. */
  readonly mainId?: string | undefined
  /** split: what the call is made into. */
  readonly parts?: readonly PartRequest[] | undefined
}

/** One matter of a call that holds several; without a place it is where the call is. */
export interface PartRequest {
  readonly text: string
  readonly conditionId?: string | undefined
  readonly areaCode?: string | undefined
}

/** The matter under which a case is decided, as the catalogue has it at that moment. */
export interface MatterFacts {
  readonly conditionId: string
  readonly matterVersionId: string
  readonly name: Wording
  readonly tier: string
}

/** Who must answer, why, and by which clocks. */
export interface DispatchPlan {
  readonly organisationId: string
  readonly postId: string | null
  readonly why: { readonly rule: string; readonly text: Wording }
  readonly milestones: readonly PlannedMilestone[]
  /** Units that help the lead, as the catalogue names them. */
  readonly assistance?: readonly DispatchPlan[]
}

/** A dispatch one level up or down, with both ends of the step. */
export interface RungPlan extends DispatchPlan {
  readonly from: Stand
  readonly to: Stand
}

/** A dispatch as the record of the case tells it. */
export interface PastDispatch {
  readonly at: Instant
  /** Status before it. */
  readonly from: string | null
  /** Version of the case after it: another version now means that something happened since. */
  readonly version: number
}

/** Everything that a decision may look at besides the case. The functions are pure look-ups in rules already loaded. */
export interface MoveFacts {
  readonly actorKey: string
  readonly isSystem: boolean
  readonly isCaller: boolean
  readonly organisationIds: readonly string[]
  readonly may: (permission: string) => boolean
  /** When it happened; clocks are met at this moment. */
  readonly at: Instant
  readonly matter: (conditionId: string) => MatterFacts | undefined
  /** Whether the matter of a case is only what its words suggest. */
  readonly isGuess: (record: CaseRecord) => boolean
  readonly area: (code: string) => Area | undefined
  /** A case of the same district that the actor may see. */
  readonly caseOf: (id: string) => CaseRecord | undefined
  /** Whether other cases are merged into this one. */
  readonly isMain: boolean
  /** Throws a refusal when nobody is on duty or a clock cannot be computed. */
  readonly planDispatch: (record: CaseRecord, request: MoveRequest, at: Instant) => DispatchPlan
  /** Who takes the case one level above whoever holds it. Throws a refusal where nobody does. */
  readonly planCallUp: (record: CaseRecord, at: Instant) => RungPlan
  /** The way back to whoever called. Throws a refusal where nobody did, or where the unit sent it down before. */
  readonly planSendDown: (record: CaseRecord, at: Instant) => RungPlan
  readonly planRework: (record: CaseRecord, at: Instant) => PlannedMilestone
  /** Who sends on what was given back, and by when; null where the district has no command centre. */
  readonly planRedispatch: (record: CaseRecord, at: Instant) => DispatchPlan | null
  /** By what clocks are paused, go on, and are extended. */
  readonly clocks: ClockRules
  /** The last dispatch of the case; undefined where nobody looked, and then nothing is recalled. */
  readonly lastDispatch?: PastDispatch | undefined
  /** True for what follows from the decision of a request. */
  readonly byDecision?: boolean
}

/** The case and all of its assignments after a move. */
export interface Decision {
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
  readonly steps: readonly CaseStep[]
}

/** A condition of the state table: returns, or throws the refusal that names what is missing. */
export type Check = (record: CaseRecord, request: MoveRequest, facts: MoveFacts) => void

/** What a move does to the case and to its assignments, besides the status. */
export type Effect = (
  record: CaseRecord,
  assignments: readonly Assignment[],
  request: MoveRequest,
  facts: MoveFacts,
) => { record: CaseRecord; assignments: readonly Assignment[] }
