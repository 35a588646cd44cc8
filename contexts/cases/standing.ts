import { isEnded, isRunning, milestoneKinds, milestoneOf, type Assignment, type Milestone } from '#contexts/assignments/index.ts'
import { addMs, msOf, type Instant } from '#kernel/clock.ts'
import type { CaseRecord } from './record.ts'

/**
 * Copies what the assignments say onto the case, so that lists and rights ask one row: the clocks of the lead, who takes part, and who is
 * awaited. What was promised stays readable, and the queue sorts by the clock that runs.
 */
export function withStanding(record: CaseRecord, assignments: readonly Assignment[]): CaseRecord {
  const lead = assignments.find(({ id }) => id === record.assignmentId)
  // A unit that gave the work back, or that another one followed as lead, has no more part in it. Who called it up sees what becomes
  // of it, and whoever was called is shown what he did with it.
  const isOnLadder = (one: Assignment): boolean => one.state === 'called_up' || one.why.rule === 'called_up'
  const parties = assignments.filter(
    (one) => one === lead || isOnLadder(one) || (one.purpose !== 'handle' && one.state !== 'returned' && one.state !== 'cancelled'),
  )
  const clocks = lead ? milestoneKinds.map((kind) => milestoneOf(lead, kind)) : []
  const [respondDueAt = null, disposeDueAt = null] = clocks.map((clock) => clock?.dueAt ?? null)
  const works = record.status === 'dispatched' || record.status === 'contacted'
  const running = works ? clocks.find((clock) => clock !== undefined && isRunning(clock)) : undefined
  return {
    ...record,
    respondDueAt,
    disposeDueAt,
    clockDueAt: running?.dueAt ?? null,
    clockSoonAt: running ? soonAt(running) : null,
    organisationIds: unitsOf(parties),
    awaitedOrganisationIds: unitsOf(parties.filter((one) => !isEnded(one))),
  }
}

const unitsOf = (assignments: readonly Assignment[]): string[] => [...new Set(assignments.map(({ organisationId }) => organisationId))]

/** From three quarters of the span on, a clock is about to run out. */
function soonAt({ startsAt, dueAt }: Milestone): Instant | null {
  return dueAt === null ? null : addMs(startsAt, Math.floor((msOf(dueAt) - msOf(startsAt)) * 0.75))
}
