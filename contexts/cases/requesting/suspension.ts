import { isEnded, resume, type Assignment, type ClockRules } from '#contexts/assignments/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { CaseMoveName } from '../lifecycle.ts'
import type { CaseRecord } from '../record.ts'

/** Working on a suspended case, or taking it from its unit, ends the suspension (挂账). */
const ending: readonly CaseMoveName[] = ['handle', 'settle', 'giveBack', 'callUp', 'sendDown', 'withdraw', 'reassign', 'merge', 'handOver']

export function endsSuspension(move: CaseMoveName): boolean {
  return ending.includes(move)
}

/** The clocks of a suspended case go on from `at`; another case is left as it is. */
export function liftSuspension(
  record: CaseRecord,
  assignments: readonly Assignment[],
  at: Instant,
  clocks: ClockRules,
): { record: CaseRecord; assignments: readonly Assignment[] } {
  if (record.suspendedUntil === null) return { record, assignments }
  const goesOn = (one: Assignment): boolean => one.id === record.assignmentId && !isEnded(one)
  return { record: { ...record, suspendedUntil: null }, assignments: assignments.map((one) => (goesOn(one) ? resume(one, at, clocks) : one)) }
}
