import { refuse } from '../refusals.ts'
import type { LadderClock } from '../lifecycle.ts'
import type { DatedLadderStep } from './store.ts'

/** A step as a person writes it; its place in the list is its number. */
export type WrittenStep = Omit<DatedLadderStep, 'milestone' | 'effectiveFrom' | 'ordinal'>

/**
 * Refuses a ladder that could not work: it marks the overdue fact exactly once, at the whole limit, reminds before it, escalates to a role
 * that exists, and stands in the order of time.
 */
export function checkWrittenLadder(milestone: LadderClock, steps: readonly WrittenStep[], roles: ReadonlySet<string>): void {
  const marks = steps.filter(({ act }) => act === 'overdue')
  if (marks.length !== 1 || marks[0]?.percent !== 100) throw refuse.ladderMark({ milestone }, 'steps')
  steps.forEach((step, index) => {
    const ordinal = index + 1
    if ((step.percent === null) === (step.minutesAfterDue === null)) throw refuse.badLadder({ milestone, ordinal }, `steps.${index}`)
    if (step.act === 'remind' && !(step.percent !== null && step.percent < 100)) throw refuse.lateReminder({ ordinal }, `steps.${index}.percent`)
    if (step.act === 'escalate' && !roles.has(step.toRole ?? ''))
      throw refuse.roleUnknown({ ordinal, role: step.toRole ?? '' }, `steps.${index}.toRole`)
    const before = steps[index - 1]
    if (before && momentOf(before) > momentOf(step)) throw refuse.ladderOrder({ ordinal }, `steps.${index}`)
  })
}

// Shares of the limit come before minutes after it.
const momentOf = ({ percent, minutesAfterDue }: WrittenStep): number => percent ?? 100 + (minutesAfterDue ?? 0) / 1_000_000
