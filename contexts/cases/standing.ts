import { bothClocks, isEnded, isRunning, milestoneOf, soonAtOf, type Assignment, type Milestone } from '#contexts/assignments/index.ts'
import type { Instant } from '#kernel/clock.ts'
import { isWaitingCandidate } from './joining/first-taker.ts'
import type { CaseRecord } from './record.ts'

/**
 * Copies what the assignments say onto the case, so that lists and rights ask one row: the clocks of the lead, who takes part, and who is
 * awaited. What was promised stays readable, and the queue sorts by the clock that runs.
 */
export function withStanding(record: CaseRecord, assignments: readonly Assignment[]): CaseRecord {
  // While several are asked and none has taken it, the clock of one is the clock of all: they were asked at the same moment.
  const lead = assignments.find(({ id }) => id === record.assignmentId) ?? assignments.find(isWaitingCandidate)
  const parties = assignments.filter((one) => one === lead || hasPart(one))
  const clocks = lead ? bothClocks.map((kind) => milestoneOf(lead, kind)) : []
  const [respondDueAt = null, disposeDueAt = null] = clocks.map((clock) => (clock ? dueOf(clock) : null))
  const running = runningOf(record, clocks, assignments)
  return {
    ...record,
    respondDueAt,
    disposeDueAt,
    clockDueAt: running ? dueOf(running) : null,
    clockSoonAt: running && dueOf(running) !== null ? soonAtOf(running) : null,
    organisationIds: unitsOf(parties),
    awaitedOrganisationIds: unitsOf(parties.filter((one) => !isEnded(one))),
  }
}

/** A unit that gave the work back, was relieved, or that another one followed as lead, has no more part in it; whoever was asked for an opinion has none once it is decided. */
function hasPart({ purpose, state, endedAt, why }: Assignment): boolean {
  // Who called it up sees what becomes of it, and whoever was called is shown what he did with it.
  if (state === 'called_up' || why.rule === 'called_up') return true
  if (purpose === 'handle' || purpose === 'redispatch') return false
  return purpose === 'opinion' ? endedAt === null : state !== 'returned' && state !== 'cancelled' && state !== 'relieved' && state !== 'recalled'
}

/** The clock by which somebody is awaited: the lead's, or the dispatcher's for a case that was given back. */
function runningOf(record: CaseRecord, ofLead: readonly (Milestone | undefined)[], assignments: readonly Assignment[]): Milestone | undefined {
  const isWorked = record.status === 'dispatched' || record.status === 'contacted'
  if (isWorked) return ofLead.find((clock) => clock !== undefined && isRunning(clock))
  const waiting = record.status === 'filed' ? assignments.find((one) => one.purpose === 'redispatch' && !isEnded(one)) : undefined
  return waiting && milestoneOf(waiting, 'dispatch')
}

// A clock that stands still is due at no known moment, unless it had run out before.
function dueOf({ dueAt, pausedAt, metAt }: Milestone): Instant | null {
  return dueAt !== null && pausedAt !== null && metAt === null && dueAt >= pausedAt ? null : dueAt
}

const unitsOf = (assignments: readonly Assignment[]): string[] => [...new Set(assignments.map(({ organisationId }) => organisationId))]
