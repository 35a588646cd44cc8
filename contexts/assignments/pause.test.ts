import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitUnits } from '#contexts/catalogue/lifecycle.ts'
import { dueAfterPause, dueAt, type LadderStep, type Limit } from '#contexts/catalogue/index.ts'
import { chinaCalendar } from '#contexts/catalogue/testing.ts'
import { addMs, HOUR_MS, MINUTE_MS, msOf, parseInstant, type Instant } from '#kernel/clock.ts'
import { contact, finish, isRunning, milestoneOf, openAssignment, wasOnTime, type Assignment } from './answer.ts'
import { clockLook } from './lifecycle.ts'
import { extend, giveBack, resume, suspend, takeUp } from './pause.ts'
import { planMilestone } from './plan.ts'

const ladder: readonly LadderStep[] = [
  { milestone: 'dispose', ordinal: 1, percent: 75, minutesAfterDue: null, act: 'remind', toRole: null },
  { milestone: 'dispose', ordinal: 2, percent: 100, minutesAfterDue: null, act: 'overdue', toRole: null },
  { milestone: 'dispose', ordinal: 3, percent: null, minutesAfterDue: 30, act: 'escalate', toRole: 'supervisor' },
]
const rules = { calendar: chinaCalendar, ladder }
const local = (text: string): Instant => parseInstant(`${text.replace(' ', 'T')}:00+08:00`)

function working(start: Instant, limit: Limit): Assignment {
  const milestones = (['respond', 'dispose'] as const).map((kind) => planMilestone(kind, start, limit, rules))
  const why = { rule: 'test', text: { zh: '测试' } }
  const subject = { districtCode: '990101' as Assignment['districtCode'], subjectKind: 'case', subjectId: 's', areaCode: '990101001' }
  return openAssignment({ ...subject, purpose: 'handle', organisationId: 'o', postId: null, why, openedAt: start, milestones })
}
const dispose = (assignment: Assignment) => {
  const clock = milestoneOf(assignment, 'dispose')
  if (!clock) throw new Error('no clock')
  return clock
}

// The golden starts and limits of china.md 1.7, each paused for a while.
test.each([
  ['2026-03-02 13:00', 2, 'work_hour', '2026-03-02 15:00', '2026-03-02 15:30', '2026-03-02 16:30'],
  ['2026-03-06 17:30', 1, 'work_hour', '2026-03-06 17:45', '2026-03-09 08:00', '2026-03-09 08:45'],
  ['2026-03-02 08:00', 1, 'work_day', '2026-03-02 12:00', '2026-03-02 14:00', '2026-03-02 18:00'],
  ['2026-02-13 17:00', 1, 'work_day', '2026-02-13 18:00', '2026-02-24 08:00', '2026-02-24 17:00'],
  ['2026-09-30 16:00', 2, 'work_day', '2026-10-08 09:00', '2026-10-08 11:00', '2026-10-09 18:00'],
  ['2026-02-13 17:00', 4, 'urgent_hour', '2026-02-13 18:00', '2026-02-14 18:00', '2026-02-14 21:00'],
  ['2026-02-13 17:00', 1, 'natural_day', '2026-02-13 20:00', '2026-02-15 20:00', '2026-02-16 17:00'],
] as const)('%s with %d %s, standing still from %s to %s, is due %s', (start, value, unit, from, to, due) => {
  const began = working(local(start), { value, unit })
  const resumed = resume(suspend(began, local(from)), local(to), rules)
  expect(dispose(resumed)).toMatchObject({ dueAt: local(due), pausedAt: null, pauses: [{ reason: 'suspended', from: local(from), to: local(to) }] })
})

const limit = fc.record({ value: fc.integer({ min: 1, max: 12 }), unit: fc.constantFrom(...limitUnits) })
const start = fc.integer({ min: 0, max: 200 * 24 * 60 }).map((minutes) => addMs(local('2026-01-01 00:00'), minutes * MINUTE_MS))
const span = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minutes) => minutes * MINUTE_MS)

test('a pause of no time changes nothing, whenever it is made', () => {
  fc.assert(
    fc.property(start, limit, span, (at, of, ms) => {
      const due = dueAt(at, of, chinaCalendar)
      const moment = addMs(at, ms)
      expect(dueAfterPause(due, { from: moment, to: moment }, of.unit, chinaCalendar)).toBe(due)
    }),
  )
})

test('a longer pause never makes a limit run out earlier', () => {
  fc.assert(
    fc.property(start, limit, span, span, span, (at, of, before, one, more) => {
      const due = dueAt(at, of, chinaCalendar)
      const from = addMs(at, before)
      const after = (ms: number): Instant => dueAfterPause(due, { from, to: addMs(from, ms) }, of.unit, chinaCalendar)
      expect(after(one) >= due).toBe(true)
      expect(after(one + more) >= after(one)).toBe(true)
    }),
  )
})

test('for working units a pause over a weekend costs nothing, for the others all of it', () => {
  const weekend = { from: local('2026-03-06 18:00'), to: local('2026-03-09 08:00') }
  const began = local('2026-03-06 17:00')
  for (const unit of limitUnits) {
    const due = dueAt(began, { value: 3, unit }, chinaCalendar)
    const moved = dueAfterPause(due, weekend, unit, chinaCalendar)
    expect(msOf(moved) - msOf(due), unit).toBe(unit === 'work_hour' || unit === 'work_day' ? 0 : 62 * HOUR_MS)
  }
})

test('what the ladder had still to do is planned anew after a pause, and what it did is not repeated', () => {
  const began = working(local('2026-03-02 08:00'), { value: 4, unit: 'urgent_hour' })
  const acts = (from: string, to: string) =>
    dispose(resume(suspend(began, local(from)), local(to), rules)).newTimers.map(({ act, actAt }) => [act, actAt])
  expect(acts('2026-03-02 09:00', '2026-03-02 19:00')).toEqual([
    ['remind', local('2026-03-02 21:00')],
    ['overdue', addMs(local('2026-03-02 22:00'), 1)],
    ['escalate', local('2026-03-02 22:30')],
  ])
  expect(acts('2026-03-02 11:30', '2026-03-02 19:00').map(([act]) => act)).toEqual(['overdue', 'escalate'])
})

test('a clock that had run out before the pause stays overdue, and its escalation waits as long as the pause was', () => {
  const began = working(local('2026-03-02 08:00'), { value: 1, unit: 'urgent_hour' })
  const resumed = resume(suspend(began, local('2026-03-02 09:10')), local('2026-03-03 09:10'), rules)
  expect(dispose(resumed)).toMatchObject({ dueAt: local('2026-03-02 09:00'), newTimers: [{ act: 'escalate', actAt: local('2026-03-03 09:30') }] })
  expect(wasOnTime(finish(contact(resumed, local('2026-03-03 09:20')), local('2026-03-03 09:20')), 'dispose')).toBe(false)
})

test('what is given back stands still and looks so; the same unit takes it up with what was left', () => {
  const began = working(local('2026-03-02 08:00'), { value: 4, unit: 'urgent_hour' })
  const returned = giveBack(began, local('2026-03-02 09:00'))
  expect(returned).toMatchObject({ state: 'returned', endedAt: local('2026-03-02 09:00') })
  expect(clockLook(dispose(returned), local('2026-03-05 08:00'))).toBe('paused')
  const again = takeUp(returned, local('2026-03-02 09:15'), rules)
  expect(again).toMatchObject({ state: 'open', endedAt: null })
  expect(again.milestones.filter(isRunning).map(({ dueAt: due }) => due)).toEqual([local('2026-03-02 12:15'), local('2026-03-02 12:15')])
})

test('each extension adds one original limit in its own time, and the reminder comes before the new due time', () => {
  const began = contact(working(local('2026-03-02 09:00'), { value: 4, unit: 'work_hour' }), local('2026-03-02 09:10'))
  const once = extend(began, local('2026-03-02 10:00'), rules)
  expect(dispose(once)).toMatchObject({ dueAt: local('2026-03-03 09:00'), extensions: 1, limitValue: 4 })
  expect(dispose(once).newTimers[0]).toMatchObject({ act: 'remind', actAt: local('2026-03-02 18:00') })
  expect(dispose(extend(once, local('2026-03-02 11:00'), rules))).toMatchObject({ dueAt: local('2026-03-03 15:00'), extensions: 2 })
  expect(milestoneOf(once, 'respond')).toEqual(milestoneOf(began, 'respond'))
})
