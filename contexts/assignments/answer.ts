import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import { assignmentMoves, type AssignmentMoveName, type AssignmentState, type MilestoneKind } from './lifecycle.ts'
import type { PlannedMilestone, PlannedTimer } from './plan.ts'
import { refuse } from './refusals.ts'

/** One clock of an assignment. Instants are UTC. `overdueAt` is the raw fact and stays once set. */
export interface Milestone {
  readonly id: string
  readonly assignmentId: string
  readonly kind: MilestoneKind
  readonly round: number
  readonly limitValue: number | null
  readonly limitUnit: string | null
  readonly startsAt: Instant
  readonly dueAt: Instant | null
  readonly metAt: Instant | null
  readonly overdueAt: Instant | null
  readonly cancelledAt: Instant | null
  /** Steps of the ladder still to be written; empty for a clock that was loaded. */
  readonly newTimers: readonly PlannedTimer[]
}

export interface Assignment {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly purpose: string
  readonly organisationId: string
  readonly postId: string | null
  readonly areaCode: string
  readonly state: AssignmentState
  readonly version: number
  readonly round: number
  readonly why: { readonly rule: string; readonly text: Wording }
  readonly openedAt: Instant
  readonly endedAt: Instant | null
  readonly milestones: readonly Milestone[]
}

export type NewAssignment = Omit<Assignment, 'id' | 'state' | 'version' | 'round' | 'endedAt' | 'milestones'> & {
  readonly milestones: readonly PlannedMilestone[]
}

/** Opens an assignment: the clocks run from dispatch, not from sign-in. */
export function openAssignment(input: NewAssignment): Assignment {
  const { milestones, ...rest } = input
  const id = newId()
  return { ...rest, id, state: 'open', version: 1, round: 1, endedAt: null, milestones: milestones.map((planned) => startMilestone(id, 1, planned)) }
}

function startMilestone(assignmentId: string, round: number, planned: PlannedMilestone): Milestone {
  return {
    id: newId(),
    assignmentId,
    kind: planned.kind,
    round,
    limitValue: planned.limit?.value ?? null,
    limitUnit: planned.limit?.unit ?? null,
    startsAt: planned.startsAt,
    dueAt: planned.dueAt,
    metAt: null,
    overdueAt: null,
    cancelledAt: null,
    newTimers: planned.timers,
  }
}

/** A clock that was neither met nor stopped. */
export function isRunning(milestone: Milestone): boolean {
  return milestone.metAt === null && milestone.cancelledAt === null
}

/** A clock is met in time at its due moment and late after it; a late answer marks the raw overdue fact even where no sweep came first. */
function meet(milestone: Milestone, at: Instant): Milestone {
  const late = milestone.dueAt !== null && at > milestone.dueAt
  return { ...milestone, metAt: at, overdueAt: milestone.overdueAt ?? (late ? milestone.dueAt : null) }
}

function step(assignment: Assignment, move: AssignmentMoveName): Assignment {
  const { from, to } = assignmentMoves[move]
  if (!(from as readonly AssignmentState[]).includes(assignment.state)) throw refuse.moveNotAllowed({ move, state: assignment.state })
  return { ...assignment, state: to, version: assignment.version + 1 }
}

/** First real contact or arrival: meets the respond clock. */
export function contact(assignment: Assignment, at: Instant): Assignment {
  return { ...step(assignment, 'contact'), milestones: assignment.milestones.map((m) => (m.kind === 'respond' && isRunning(m) ? meet(m, at) : m)) }
}

/** The result is fed back: meets the dispose clock and ends the assignment. */
export function finish(assignment: Assignment, at: Instant): Assignment {
  return {
    ...step(assignment, 'finish'),
    endedAt: at,
    milestones: assignment.milestones.map((m) => (m.kind === 'dispose' && isRunning(m) ? meet(m, at) : m)),
  }
}

/** The result did not pass its check: the same unit goes on, under a new dispose clock of its own round. */
export function redo(assignment: Assignment, planned: PlannedMilestone): Assignment {
  const round = assignment.round + 1
  return { ...step(assignment, 'redo'), round, endedAt: null, milestones: [...assignment.milestones, startMilestone(assignment.id, round, planned)] }
}

/** The unit gives the work back or calls it up, or the work is called off: clocks that still run stop without being met. */
export function stop(assignment: Assignment, move: 'return' | 'cancel' | 'callUp', at: Instant): Assignment {
  return { ...step(assignment, move), endedAt: at, milestones: assignment.milestones.map((m) => (isRunning(m) ? { ...m, cancelledAt: at } : m)) }
}

/** An assignment that asks nothing any more. */
export function isEnded(assignment: Assignment): boolean {
  return assignment.endedAt !== null
}

/** The clock of `kind` that runs now, or the last one that ran. */
export function milestoneOf(assignment: Assignment, kind: MilestoneKind): Milestone | undefined {
  const ofKind = assignment.milestones.filter((m) => m.kind === kind)
  return ofKind.find(isRunning) ?? ofKind.at(-1)
}

/** True when every clock of this kind that was met was met in time; null when there was none with a due time. */
export function wasOnTime(assignment: Assignment, kind: MilestoneKind): boolean | null {
  const timed = assignment.milestones.filter((m) => m.kind === kind && m.dueAt !== null && m.metAt !== null)
  return timed.length === 0 ? null : timed.every((m) => m.overdueAt === null)
}
