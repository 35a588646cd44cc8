import { addMs, msOf, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import { assignmentMoves, type AssignmentMoveName, type AssignmentState, type MilestoneKind, type PauseReason, type Purpose } from './lifecycle.ts'
import type { PlannedMilestone, PlannedTimer } from './plan.ts'
import { refuse } from './refusals.ts'

/** A time in which a clock stood still. `to` is null while it does, and for ever where the clock never went on. */
export interface Pause {
  readonly reason: PauseReason
  readonly from: Instant
  readonly to: Instant | null
}

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
  /** Since when it stands still; null for a clock that runs or ended. */
  readonly pausedAt: Instant | null
  readonly pauses: readonly Pause[]
  /** How many original limits were added (延期). */
  readonly extensions: number
  /** When the ladder reminds of it, as it was written; see `soonAtOf`. */
  readonly remindAt: Instant | null
  /** Steps of the ladder still to be written; empty for a clock that was loaded and not planned anew. */
  readonly newTimers: readonly PlannedTimer[]
  /** When they were planned anew, which ends the pending ones; null otherwise. */
  readonly replannedAt: Instant | null
}

export interface Assignment {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly purpose: Purpose
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
    pausedAt: null,
    pauses: [],
    extensions: 0,
    remindAt: null,
    newTimers: planned.timers,
    replannedAt: null,
  }
}

/** A clock that was neither met nor stopped. One that stands still goes on one day, so it counts as running. */
export function isRunning(milestone: Milestone): boolean {
  return milestone.metAt === null && milestone.cancelledAt === null
}

/**
 * From when on a clock is about to run out: when its ladder reminds, for that counts in the limit's own time and stands still over a holiday.
 * Three quarters of the plain span where no step reminds. Null without a due time.
 */
export function soonAtOf({ startsAt, dueAt, remindAt, newTimers }: Milestone): Instant | null {
  if (dueAt === null) return null
  const planned = newTimers.find(({ act }) => act === 'remind')?.actAt
  return planned ?? remindAt ?? addMs(startsAt, Math.floor((msOf(dueAt) - msOf(startsAt)) * 0.75))
}

/** A clock is met in time at its due moment and late after it; a late answer marks the raw overdue fact even where no sweep came first. */
function meet(milestone: Milestone, at: Instant): Milestone {
  const late = milestone.dueAt !== null && at > milestone.dueAt
  return { ...milestone, metAt: at, overdueAt: milestone.overdueAt ?? (late ? milestone.dueAt : null) }
}

/** A move by the state table; refuses one that the state does not allow. */
export function step(assignment: Assignment, move: AssignmentMoveName): Assignment {
  const { from, to } = assignmentMoves[move]
  if (!(from as readonly AssignmentState[]).includes(assignment.state)) throw refuse.moveNotAllowed({ move, state: assignment.state })
  return { ...assignment, state: to, version: assignment.version + 1 }
}

/** Makes the move and meets its clocks as far as they run. */
function advance(assignment: Assignment, move: AssignmentMoveName, at: Instant): Assignment {
  const met: readonly MilestoneKind[] = assignmentMoves[move].meets
  return {
    ...step(assignment, move),
    milestones: assignment.milestones.map((m) => (met.includes(m.kind) && isRunning(m) ? meet(m, at) : m)),
  }
}

/** The unit has seen that it is summoned. */
export function sign(assignment: Assignment, at: Instant): Assignment {
  return advance(assignment, 'sign', at)
}

/** First real contact: meets the respond clock. */
export function contact(assignment: Assignment, at: Instant): Assignment {
  return advance(assignment, 'contact', at)
}

/** The unit is on the site, which is the realest of contacts. */
export function arrive(assignment: Assignment, at: Instant): Assignment {
  return advance(assignment, 'arrive', at)
}

/** The result is fed back: meets the dispose clock and ends the assignment. A unit that must come to the site does not end its work from afar. */
export function finish(assignment: Assignment, at: Instant): Assignment {
  if (assignment.milestones.some((m) => m.kind === 'arrive' && isRunning(m))) throw refuse.arriveFirst()
  return { ...advance(assignment, 'finish', at), endedAt: at }
}

/** The work goes on for another purpose: a candidate that took it leads, and the others help. */
export function repurpose(assignment: Assignment, purpose: Purpose): Assignment {
  return { ...assignment, purpose, version: assignment.version + 1 }
}

/** The result did not pass its check: the same unit goes on, under a new dispose clock of its own round. */
export function redo(assignment: Assignment, planned: PlannedMilestone): Assignment {
  const round = assignment.round + 1
  return { ...step(assignment, 'redo'), round, endedAt: null, milestones: [...assignment.milestones, startMilestone(assignment.id, round, planned)] }
}

/** The decision that was asked for was made: meets every clock and ends the assignment. */
export function settle(assignment: Assignment, at: Instant): Assignment {
  return { ...step(assignment, 'settle'), endedAt: at, milestones: assignment.milestones.map((m) => (isRunning(m) ? meet(m, at) : m)) }
}

/** The work is called off, called up, goes to another unit by adjudication, or a unit beside the lead gives its part back: clocks that still run stop without being met. */
export function stop(assignment: Assignment, move: 'relieve' | 'cancel' | 'return' | 'callUp' | 'recall', at: Instant): Assignment {
  return { ...step(assignment, move), endedAt: at, milestones: assignment.milestones.map((m) => (isRunning(m) ? { ...m, cancelledAt: at } : m)) }
}

/** An assignment that asks nothing any more. */
export function isEnded(assignment: Assignment): boolean {
  return assignment.endedAt !== null
}

/** Moves that the table opens to a unit now: only those whose clock it was given, and none that would end work it must come to the site for. */
export function movesOpenOf(assignment: Assignment): AssignmentMoveName[] {
  const asked = (kind: MilestoneKind): boolean => assignment.milestones.some((m) => m.kind === kind && isRunning(m))
  return (Object.keys(assignmentMoves) as AssignmentMoveName[]).filter((move) => {
    if (!(assignmentMoves[move].from as readonly AssignmentState[]).includes(assignment.state)) return false
    if (move === 'sign') return asked('sign')
    if (move === 'arrive') return asked('arrive')
    return move !== 'finish' || !asked('arrive')
  })
}

/** True when a clock of it ran out, whether it was met afterwards or not. */
export function wasEverLate(assignment: Assignment, now: Instant): boolean {
  return assignment.milestones.some((m) => m.overdueAt !== null || (isRunning(m) && m.dueAt !== null && m.dueAt < now))
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
