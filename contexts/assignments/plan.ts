import { addMs, MINUTE_MS, msOf, type Instant } from '#kernel/clock.ts'
import {
  addRemaining,
  dueAfterPause,
  dueAt,
  elapsed,
  limitMs,
  type LadderStep,
  type Limit,
  type LimitUnit,
  type WorkingCalendar,
} from '#contexts/catalogue/index.ts'
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

/** What clocks are computed from: the working calendar and the ladders in force. */
export interface ClockRules {
  readonly calendar: WorkingCalendar
  readonly ladder: readonly LadderStep[]
}

/** Starts the clock of `kind` at `startsAt` under a limit of the catalogue. Refuses with `catalogue.unknownYear` when the span leaves the known calendars. */
export function planMilestone(kind: MilestoneKind, startsAt: Instant, limit: Limit, rules: ClockRules): PlannedMilestone {
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

/** A clock as far as its further planning goes. */
interface GoingClock {
  readonly kind: MilestoneKind
  readonly limitValue: number | null
  readonly limitUnit: string | null
  readonly startsAt: Instant
  readonly dueAt: Instant | null
  readonly overdueAt: Instant | null
}
/** What changes on a clock that is planned anew. */
interface Replanned {
  readonly dueAt: Instant | null
  readonly newTimers: readonly PlannedTimer[]
}

/** A clock after a pause: due with what was left at its beginning, and the steps of the ladder that have not come yet. */
export function goOn(clock: GoingClock, pause: { from: Instant; to: Instant }, { calendar, ladder }: ClockRules): Replanned {
  if (clock.dueAt === null) return { dueAt: null, newTimers: [] }
  const isOver = clock.overdueAt !== null || pause.from > clock.dueAt
  if (!isOver) {
    const due = dueAfterPause(clock.dueAt, pause, unitOf(clock), calendar)
    return { dueAt: due, newTimers: stepsToCome(clock, due, pause.to, { calendar, ladder }) }
  }
  // Its due time is past and stays; what the ladder had still to do waits for as long as the pause was.
  const late = msOf(pause.to) - msOf(pause.from)
  const pending = timersOf(clock.kind, clock.dueAt, () => clock.startsAt, ladder).filter((timer) => timer.actAt > pause.from)
  return { dueAt: clock.dueAt, newTimers: pending.map((timer) => ({ ...timer, actAt: addMs(timer.actAt, late) })) }
}

/** A clock with one more original limit after its due time. One that another system fixed has no limit to add; neither has one that ran out. */
export function extendedTo(clock: GoingClock, at: Instant, rules: ClockRules): Replanned {
  const limit = limitOf(clock)
  if (clock.dueAt === null || limit === null) throw new Error('a clock without a limit cannot be extended')
  const due = dueAt(clock.dueAt, limit, rules.calendar)
  return { dueAt: due, newTimers: stepsToCome(clock, due, at, rules) }
}

const unitOf = ({ limitUnit }: GoingClock): LimitUnit => (limitUnit ?? 'natural_day') as LimitUnit
const limitOf = ({ limitValue, limitUnit }: GoingClock): Limit | null =>
  limitValue === null || limitUnit === null ? null : { value: Number(limitValue), unit: limitUnit as LimitUnit }

// Shares of the limit are counted back from the due time: three quarters are used up when one quarter is left. What was passed has acted.
function stepsToCome(clock: GoingClock, due: Instant, at: Instant, { calendar, ladder }: ClockRules): PlannedTimer[] {
  const unit = unitOf(clock)
  const limit = limitOf(clock)
  const whole = limit === null ? msOf(due) - msOf(clock.startsAt) : limitMs(limit, calendar)
  const left = elapsed(at, due, unit, calendar)
  const share = (percent: number): Instant => {
    const wait = left - (whole * (100 - percent)) / 100
    return wait <= 0 ? at : addRemaining(at, wait, unit, calendar)
  }
  return timersOf(clock.kind, due, share, ladder).filter((timer) => timer.actAt > at)
}
