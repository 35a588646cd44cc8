import { addMs, MINUTE_MS, msOf, type Instant } from '#kernel/clock.ts'
import { dueAt, type LadderStep, type Limit, type WorkingCalendar } from '#contexts/catalogue/index.ts'
import type { MilestoneKind, TimerAct } from './lifecycle.ts'

/** A clock about to start, with the moments at which the ladder acts on it. */
export interface PlannedMilestone {
  readonly kind: MilestoneKind
  /** Null where an older system fixed the due time and gave no limit. */
  readonly limit: Limit | null
  readonly startsAt: Instant
  /** Null where nobody promised a time. */
  readonly dueAt: Instant | null
  readonly timers: readonly PlannedTimer[]
}

export interface PlannedTimer {
  readonly ordinal: number
  readonly act: TimerAct
  readonly toRole: string | null
  readonly actAt: Instant
}

/** Starts the clock of `kind` at `startsAt` under a limit of the catalogue. Refuses with `catalogue.unknownYear` when the span leaves the known calendars. */
export function planMilestone(
  kind: MilestoneKind,
  startsAt: Instant,
  limit: Limit,
  rules: { calendar: WorkingCalendar; ladder: readonly LadderStep[] },
): PlannedMilestone {
  const due = dueAt(startsAt, limit, rules.calendar)
  // A share of the limit is a share of its own unit: three quarters of a working day is six working hours.
  const share = (percent: number): Instant => dueAt(startsAt, { value: (limit.value * percent) / 100, unit: limit.unit }, rules.calendar)
  return { kind, limit, startsAt, dueAt: due, timers: timersOf(kind, due, share, rules.ladder) }
}

// An answer at the due moment itself is in time, so the overdue mark acts one millisecond later.
function timersOf(kind: MilestoneKind, due: Instant, share: (percent: number) => Instant, ladder: readonly LadderStep[]): PlannedTimer[] {
  return ladder
    .filter((step) => step.milestone === kind)
    .map(({ ordinal, act, toRole, percent, minutesAfterDue }) => {
      const at = minutesAfterDue !== null ? addMs(due, minutesAfterDue * MINUTE_MS) : percent === null || percent >= 100 ? due : share(percent)
      return { ordinal, act, toRole, actAt: at === due ? addMs(due, 1) : at }
    })
}

/** A clock whose due time another system fixed: the ladder's shares are shares of the plain span. Null due time: nothing to wait for. */
export function planRecorded(kind: MilestoneKind, startsAt: Instant, recordedDueAt: Instant | null, ladder: readonly LadderStep[]): PlannedMilestone {
  if (recordedDueAt === null) return { kind, limit: null, startsAt, dueAt: null, timers: [] }
  const span = Math.max(0, msOf(recordedDueAt) - msOf(startsAt))
  const share = (percent: number): Instant => addMs(startsAt, Math.floor((span * percent) / 100))
  return { kind, limit: null, startsAt, dueAt: recordedDueAt, timers: timersOf(kind, recordedDueAt, share, ladder) }
}
