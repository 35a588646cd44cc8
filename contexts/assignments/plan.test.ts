import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LadderStep, WorkingCalendar } from '#contexts/catalogue/index.ts'
import { addMs, HOUR_MS, parseInstant, type LocalDate } from '#kernel/clock.ts'
import { contact, finish, isRunning, milestoneOf, openAssignment, redo, soonAtOf, wasOnTime, type NewAssignment } from './answer.ts'
import { clockLook } from './lifecycle.ts'
import { giveBack } from './pause.ts'
import { planMilestone, planRecorded } from './plan.ts'

const ladder: readonly LadderStep[] = (['respond', 'dispose'] as const).flatMap((milestone): LadderStep[] => [
  { milestone, ordinal: 1, percent: 75, minutesAfterDue: null, act: 'remind', toRole: null },
  { milestone, ordinal: 2, percent: 100, minutesAfterDue: null, act: 'overdue', toRole: null },
  { milestone, ordinal: 3, percent: null, minutesAfterDue: 30, act: 'escalate', toRole: 'supervisor' },
])
const calendar: WorkingCalendar = {
  zone: 'Asia/Shanghai',
  workDayMinutes: 480,
  hours: [
    {
      from: '2000-01-01' as LocalDate,
      periods: [
        { startMinute: 480, endMinute: 720 },
        { startMinute: 840, endMinute: 1080 },
      ],
    },
  ],
  years: [{ year: 2026, source: 'test', off: [], makeup: [] }],
}
const monday = parseInstant('2026-03-02T09:00:00+08:00')

test('a share of a working limit is a share of working time: three quarters of a day pass after six working hours', () => {
  const planned = planMilestone('dispose', monday, { value: 1, unit: 'work_day' }, { calendar, ladder })
  expect(planned.dueAt).toBe(parseInstant('2026-03-03T09:00:00+08:00'))
  expect(planned.timers.map(({ act, actAt }) => [act, actAt])).toEqual([
    ['remind', parseInstant('2026-03-02T17:00:00+08:00')],
    ['overdue', parseInstant('2026-03-03T09:00:00.001+08:00')],
    ['escalate', parseInstant('2026-03-03T09:30:00+08:00')],
  ])
})

test('a clock looks as if it ran out soon when its ladder reminds: not in the middle of a weekend of which nothing counts', () => {
  const friday = parseInstant('2026-03-06T17:00:00+08:00')
  const one = openAssignment({ ...work, milestones: [planMilestone('dispose', friday, { value: 1, unit: 'work_day' }, { calendar, ladder })] })
  const clock = milestoneOf(one, 'dispose')
  if (!clock) throw new Error('no clock')
  expect(clock.dueAt).toBe(parseInstant('2026-03-09T17:00:00+08:00'))
  expect(soonAtOf(clock)).toBe(parseInstant('2026-03-09T15:00:00+08:00'))
  // As it is read again, and where no step of the ladder reminds.
  expect(soonAtOf({ ...clock, newTimers: [], remindAt: soonAtOf(clock) })).toBe(soonAtOf(clock))
  expect(soonAtOf({ ...clock, newTimers: [] })).toBe(addMs(friday, 54 * HOUR_MS))
  const look = (at: string): string => clockLook({ ...clock, soonAt: soonAtOf(clock) }, parseInstant(at))
  expect(look('2026-03-08T23:00:00+08:00')).toBe('running')
  expect(look('2026-03-09T15:00:00+08:00')).toBe('soon')
})

test('each clock takes only its own steps of the ladder', () => {
  const respond = ladder.filter((step) => step.milestone === 'respond')
  expect(planMilestone('dispose', monday, { value: 1, unit: 'urgent_hour' }, { calendar, ladder: respond }).timers).toEqual([])
})

test('an unknown year refuses the plan instead of guessing it', () => {
  expect(() => planMilestone('dispose', parseInstant('2027-01-04T09:00:00+08:00'), { value: 1, unit: 'work_day' }, { calendar, ladder })).toThrow(
    expect.objectContaining({ code: 'catalogue.unknownYear', params: { year: 2027 } }),
  )
})

test('a recorded clock without a promise waits for nothing; one with a promise acts only after it', () => {
  expect(planRecorded('dispose', monday, null, ladder)).toMatchObject({ dueAt: null, timers: [] })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 * 24 }), (hours) => {
      const due = addMs(monday, hours * HOUR_MS)
      const { timers } = planRecorded('dispose', monday, due, ladder)
      for (const { act, actAt } of timers) expect(act === 'remind' ? actAt <= addMs(due, 1) : actAt > due).toBe(true)
    }),
  )
})

const work: NewAssignment = {
  districtCode: '990101' as NewAssignment['districtCode'],
  subjectKind: 'case',
  subjectId: 's',
  purpose: 'handle',
  organisationId: 'o',
  postId: null,
  areaCode: '990101001',
  why: { rule: 'test', text: { zh: '测试' } },
  openedAt: monday,
  milestones: [planRecorded('respond', monday, addMs(monday, HOUR_MS), ladder), planRecorded('dispose', monday, addMs(monday, 4 * HOUR_MS), ladder)],
}

test('rework starts a new dispose clock and leaves the old one as it was; being late once is not forgotten', () => {
  const late = finish(contact(openAssignment(work), monday), addMs(monday, 5 * HOUR_MS))
  expect(wasOnTime(late, 'respond')).toBe(true)
  expect(wasOnTime(late, 'dispose')).toBe(false)
  const again = redo(late, planRecorded('dispose', addMs(monday, 6 * HOUR_MS), addMs(monday, 10 * HOUR_MS), ladder))
  expect(milestoneOf(again, 'dispose')).toMatchObject({ round: 2, metAt: null })
  const done = finish(again, addMs(monday, 7 * HOUR_MS))
  expect(wasOnTime(done, 'dispose')).toBe(false)
  expect(done.milestones.filter((m) => m.kind === 'dispose').map((m) => m.overdueAt !== null)).toEqual([true, false])
})

test('work that is given back pauses its clocks without meeting them', () => {
  const returned = giveBack(openAssignment(work), addMs(monday, HOUR_MS / 2))
  expect(returned.milestones.every((m) => isRunning(m) && m.pausedAt === addMs(monday, HOUR_MS / 2))).toBe(true)
  expect(returned.milestones.every((m) => m.metAt === null && m.overdueAt === null)).toBe(true)
  expect(() => contact(returned, monday)).toThrow(expect.objectContaining({ code: 'assignments.moveNotAllowed' }))
})

test('a clock looks calm, soon, overdue, met or met late', () => {
  const clock = { startsAt: monday, dueAt: addMs(monday, 4 * HOUR_MS), metAt: null, overdueAt: null }
  const at = (hours: number): string => clockLook(clock, addMs(monday, hours * HOUR_MS))
  expect([at(0), at(2.9), at(3), at(4), at(4.1)]).toEqual(['running', 'running', 'soon', 'soon', 'overdue'])
  expect(clockLook({ ...clock, metAt: monday }, monday)).toBe('met')
  expect(clockLook({ ...clock, metAt: monday, overdueAt: monday }, monday)).toBe('met_late')
  expect(clockLook({ ...clock, dueAt: null }, monday)).toBe('none')
})
