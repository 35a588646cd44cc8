import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planRecorded } from '#contexts/assignments/index.ts'
import { parseInstant, addMs, HOUR_MS, MINUTE_MS, type Instant, type LocalDate } from '#kernel/clock.ts'
import { Refusal } from '#kernel/refusal.ts'
import { factsFor, heldBy, startOfTest } from '../testing-record.ts'
import { askWhistle, decideWhistle, rateAnswer, whistleMovesOpenTo, type WhistleFacts, type WhistleWork } from './decide.ts'
import { kindsOn, planSummons, type WhistleKind } from './kinds.ts'
import { reword, whistleMoveNames, whistleMoves, whistleStateNames, whistleStates, type WhistleMoveName } from './lifecycle.ts'
import { rateOf } from './whistle.ts'

const ordinary: WhistleKind = {
  kind: 'ordinary',
  effectiveFrom: '2000-01-01' as LocalDate,
  ordinal: 1,
  name: { zh: '普通哨' },
  limits: { sign: { value: 1, unit: 'work_hour' }, respond: { value: 24, unit: 'urgent_hour' }, arrive: { value: 3, unit: 'work_day' } },
  needsApproval: false,
  offered: true,
}
const hard: WhistleKind = { ...ordinary, kind: 'hard', needsApproval: true, limits: { ...ordinary.limits, dispose: { value: 5, unit: 'work_day' } } }
const words = { word: { zh: '吹哨', en: 'Whistle' }, answer: { zh: '报到', en: 'Answer' } }

function facts(kind: WhistleKind, unit: string, at: Instant = startOfTest, mayApprove = false): WhistleFacts {
  return {
    ...factsFor(unit, at, [unit]),
    kind,
    words,
    mayApprove,
    nameOf: (id) => ({ zh: id }),
    plan: (_kind, moment) => [planRecorded('sign', moment, addMs(moment, HOUR_MS), [])],
  }
}
const grounds = {
  id: 'whistle',
  callerOrganisationId: 'street',
  streetOrganisationId: 'street',
  tried: '劝导三次',
  missing: '没有执法权',
  units: [{ organisationId: 'roads', basis: '负责路面' }],
  maySummon: () => true,
}
const ask = (kind: WhistleKind, change: Partial<typeof grounds> = {}): WhistleWork =>
  askWhistle(heldBy(change.callerOrganisationId ?? 'street'), { ...grounds, ...change }, facts(kind, change.callerOrganisationId ?? 'street'))

test('every state of a whistle can be reached, every open one can be left, every ended one stays', () => {
  const reached = new Set<string>(['proposed'])
  for (const state of reached)
    for (const { from, to } of Object.values(whistleMoves)) if ((from as readonly string[]).includes(state)) reached.add(to)
  expect([...reached].toSorted()).toEqual([...whistleStates].toSorted())
  for (const state of whistleStates) {
    const leads = Object.values(whistleMoves).some(({ from }) => (from as readonly string[]).includes(state))
    expect(leads, state).toBe(whistleStateNames[state].open)
  }
})

test('a street’s own ordinary whistle sounds at once, a hard one waits for the district, a community’s for its street', () => {
  expect(ask(ordinary).whistle.state).toBe('sounded')
  expect(ask(hard).whistle.state).toBe('waiting')
  const asked = ask(ordinary, { callerOrganisationId: 'community' })
  expect(asked.whistle.state).toBe('proposed')
  // The street takes part from then on, though it does not hold the case.
  expect(asked.record.organisationIds).toEqual(['community', 'street'])
  const proposed = ask(hard, { callerOrganisationId: 'community' })
  expect(whistleMovesOpenTo(proposed.whistle, facts(hard, 'street'))).toEqual(['submit', 'decline', 'callOff'])
  expect(whistleMovesOpenTo(proposed.whistle, facts(hard, 'community'))).toEqual([])
})

test('nobody is awaited before the whistle sounds, and each summoned unit is from then on', () => {
  const waiting = ask(hard)
  expect(waiting.record.awaitedOrganisationIds).toEqual(['street'])
  const sounded = decideWhistle(waiting, { move: 'approve' }, facts(hard, 'leader', startOfTest, true))
  expect(sounded.record.awaitedOrganisationIds).toEqual(['street', 'roads'])
})

const attempt = fc.record({
  move: fc.constantFrom<WhistleMoveName | 'rate'>(...whistleMoveNames, 'rate'),
  unit: fc.constantFrom('street', 'roads', 'leader'),
  minutes: fc.nat(90),
})

test('whatever is tried on a whistle: what the table opens is done and what it does not is refused, and an ended one never changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(ordinary, hard),
      fc.constantFrom('street', 'community'),
      fc.array(attempt, { maxLength: 8 }),
      (kind, caller, attempts) => {
        let work = ask(kind, { callerOrganisationId: caller })
        let at = startOfTest
        for (const { move, unit, minutes } of attempts) {
          at = addMs(at, minutes * MINUTE_MS)
          const of = facts(kind, unit, at, unit === 'leader')
          const open = move === 'rate' || whistleMovesOpenTo(work.whistle, of).includes(move)
          const ended = !whistleStateNames[work.whistle.state].open
          try {
            const next =
              move === 'rate'
                ? rateAnswer(work, { organisationId: 'roads', score: 3, note: '一般' }, of)
                : decideWhistle(work, { move, note: '示例' }, of)
            expect(ended).toBe(false)
            expect(open).toBe(true)
            work = next
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            expect(move === 'rate' || !open || error.code === 'whistle.unrated').toBe(true)
          }
          const awaited = work.assignments.filter((one) => one.endedAt === null && one.purpose !== 'handle')
          if (!whistleStateNames[work.whistle.state].open) expect(awaited).toEqual([])
        }
      },
    ),
  )
})

test('an answer is rated once it came, or while it keeps the street waiting; the rating may be corrected until the end', () => {
  const work = ask(ordinary)
  const rating = { organisationId: 'roads', score: 2, note: '迟迟未到' }
  expect(() => rateAnswer(work, rating, facts(ordinary, 'street', addMs(startOfTest, MINUTE_MS)))).toThrow(
    expect.objectContaining({ code: 'whistle.notAnswered' }),
  )
  const rated = rateAnswer(work, rating, facts(ordinary, 'street', addMs(startOfTest, 2 * HOUR_MS)))
  const corrected = rateAnswer(rated, { ...rating, score: 3 }, facts(ordinary, 'street', addMs(startOfTest, 3 * HOUR_MS)))
  expect([rated, corrected].map(({ whistle }) => whistle.units[0]?.score)).toEqual([2, 3])
})

const calendar = {
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

test('golden limits: half an hour day and night; a working hour, a day and three working days; five working days', () => {
  const dues = (kind: WhistleKind, from: string): string[] =>
    planSummons(kind, parseInstant(from), { calendar, ladder: [] }).map(({ kind: clock, dueAt }) => `${clock} ${dueAt}`)
  const emergency = { ...ordinary, limits: { arrive: { value: 0.5, unit: 'urgent_hour' } } } as const
  expect(dues(emergency, '2026-03-07T23:50:00+08:00')).toEqual([`arrive ${parseInstant('2026-03-08T00:20:00+08:00')}`])
  expect(dues(hard, '2026-03-06T17:30:00+08:00')).toEqual([
    `sign ${parseInstant('2026-03-09T08:30:00+08:00')}`,
    `respond ${parseInstant('2026-03-07T17:30:00+08:00')}`,
    `arrive ${parseInstant('2026-03-11T17:30:00+08:00')}`,
    `dispose ${parseInstant('2026-03-13T17:30:00+08:00')}`,
  ])
})

test('of each kind the latest row in force counts, and one that is not offered any more is not chosen', () => {
  const on = (day: string): string[] =>
    kindsOn(
      [
        ordinary,
        { ...ordinary, effectiveFrom: '2026-04-01' as LocalDate, name: { zh: '日常哨' } },
        hard,
        { ...hard, effectiveFrom: '2026-05-01' as LocalDate, offered: false },
      ],
      day as LocalDate,
    ).map(({ name, kind }) => `${kind} ${name.zh}`)
  expect(on('2026-03-02')).toEqual(['ordinary 普通哨', 'hard 普通哨'])
  expect(on('2026-05-01')).toEqual(['ordinary 日常哨'])
})

test('a rate says nothing about few cases; both ends of the band ask a question', () => {
  const band = { least: 30, low: 0.01, high: 0.1 }
  expect(rateOf({ whistles: 5, cases: 29 }, band)).toEqual({ rate: null, band: 'none' })
  expect([0, 1, 10, 11].map((whistles) => rateOf({ whistles, cases: 100 }, band).band)).toEqual(['low', 'healthy', 'healthy', 'high'])
})

test('a city’s own words stand wherever Beijing’s do', () => {
  const own = { word: { zh: '呼叫', en: 'Call' }, answer: { zh: '响应', en: 'Response' } }
  expect(reword({ zh: '街道吹哨，部门报到', en: 'The street whistles; a whistle' }, own)).toEqual({
    zh: '街道呼叫，部门响应',
    en: 'The street calls; a call',
  })
})
