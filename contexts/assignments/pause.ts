import type { Instant } from '#kernel/clock.ts'
import { isRunning, step, type Assignment, type Milestone } from './answer.ts'
import type { PauseReason } from './lifecycle.ts'
import { extendedTo, goOn, type ClockRules } from './plan.ts'

/**
 * Clocks that stand still (china.md 1.7): a return pauses what runs and the same unit goes on with what was left; 挂账 pauses until a date.
 * A clock that had run out before the pause stays overdue: its due time never moves.
 */

/** The unit gives the work back. Its clocks wait: should the case come to it again, they go on with what was left. */
export function giveBack(assignment: Assignment, at: Instant): Assignment {
  return pauseAll({ ...step(assignment, 'return'), endedAt: at }, 'returned', at)
}

/** What was given back comes to the same unit again, which goes on with what was left. */
export function takeUp(assignment: Assignment, at: Instant, rules: ClockRules): Assignment {
  return resumeAll({ ...step(assignment, 'takeUp'), endedAt: null }, at, rules)
}

/** The clocks that run stand still from `at` on; the assignment itself goes on. */
export function suspend(assignment: Assignment, at: Instant): Assignment {
  return pauseAll({ ...assignment, version: assignment.version + 1 }, 'suspended', at)
}

/** The clocks go on from `at` with what was left. Refuses `catalogue.unknownYear` where working time leaves the known calendars. */
export function resume(assignment: Assignment, at: Instant, rules: ClockRules): Assignment {
  return resumeAll({ ...assignment, version: assignment.version + 1 }, at, rules)
}

/** 延期: adds one original limit to the handling clock, as though it had been granted from the start. */
export function extend(assignment: Assignment, at: Instant, rules: ClockRules): Assignment {
  const milestones = assignment.milestones.map((m) => (m.kind === 'dispose' && isRunning(m) ? extended(m, at, rules) : m))
  return { ...assignment, version: assignment.version + 1, milestones }
}

function pauseAll(assignment: Assignment, reason: PauseReason, at: Instant): Assignment {
  const pause = (m: Milestone): Milestone => ({ ...m, pausedAt: at, pauses: [...m.pauses, { reason, from: at, to: null }], newTimers: [] })
  return { ...assignment, milestones: assignment.milestones.map((m) => (isRunning(m) && m.pausedAt === null ? pause(m) : m)) }
}

function resumeAll(assignment: Assignment, at: Instant, rules: ClockRules): Assignment {
  return {
    ...assignment,
    milestones: assignment.milestones.map((m) => (isRunning(m) && m.pausedAt !== null ? resumed(m, m.pausedAt, at, rules) : m)),
  }
}

function resumed(milestone: Milestone, pausedAt: Instant, resumedAt: Instant, rules: ClockRules): Milestone {
  // A pause cannot end before it began, whatever the moment that was given.
  const at = resumedAt < pausedAt ? pausedAt : resumedAt
  const pauses = milestone.pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause))
  return { ...milestone, ...goOn(milestone, { from: pausedAt, to: at }, rules), pausedAt: null, pauses, replannedAt: at }
}

function extended(milestone: Milestone, at: Instant, rules: ClockRules): Milestone {
  return { ...milestone, ...extendedTo(milestone, at, rules), extensions: milestone.extensions + 1, replannedAt: at }
}
