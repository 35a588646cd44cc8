import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { MatterEntry, type MatterEntryInput } from './catalogue-file.ts'
import type { IsDelegated } from './delegating/delegation.ts'
import type { MatterText } from './matter.ts'
import { placeVersion, publishingRefusals, type Period } from './publishing.ts'

type ConditionInput = NonNullable<MatterEntryInput['conditions']>[number]

const condition = (change: Partial<ConditionInput> = {}): ConditionInput => ({
  code: '1',
  description: { zh: '路面有暴露垃圾' },
  respond: { value: 1, unit: 'work_hour' },
  dispose: { value: 4, unit: 'work_hour' },
  tier: 'B',
  lead: { level: 'street' },
  ...change,
})
const matter = (change: Partial<MatterEntryInput> = {}, ...conditions: ConditionInput[]): MatterText =>
  MatterEntry.parse({
    standard: 'GB/T 47678.5-2026',
    kind: 'event',
    code: '06010',
    name: { zh: '暴露垃圾' },
    duty: 'basic',
    conditions: conditions.length > 0 ? conditions : [condition()],
    ...change,
  })
const nothingDelegated: IsDelegated = () => false
const codes = (text: MatterText, isDelegated = nothingDelegated): string[] => publishingRefusals(text, isDelegated).map((refusal) => refusal.code)

describe('what a matter must say before it is published', () => {
  test('a whole matter may be published', () => {
    expect(codes(matter())).toEqual([])
  })

  test('a condition without a limit is refused, naming matter, condition and field', () => {
    const [refusal, ...more] = publishingRefusals(
      matter({}, condition(), condition({ code: '2', description: { zh: '大量堆积' }, dispose: null })),
      nothingDelegated,
    )
    expect(more).toEqual([])
    expect(refusal).toMatchObject({
      code: 'catalogue.noLimit',
      field: 'conditions.1.dispose',
      params: { matter: '06010 暴露垃圾', condition: '2 大量堆积', field: 'conditions.1.dispose' },
    })
    expect(refusal?.text('zh')).toContain('没有时限')
  })

  test('so are a missing respond limit, lead, tier or condition, and a condition told twice', () => {
    expect(codes(matter({}, condition({ respond: null })))).toEqual(['catalogue.noLimit'])
    expect(codes(matter({}, condition({ lead: null })))).toEqual(['catalogue.noLead'])
    expect(codes(matter({}, condition({ tier: null })))).toEqual(['catalogue.noTier'])
    expect(codes(matter({ conditions: [] }))).toEqual(['catalogue.noCondition'])
    expect(codes(matter({}, condition(), condition()))).toEqual(['catalogue.sameConditionTwice'])
  })

  test('the 403 classes of the directory stay drafts: every gap is listed at once', () => {
    expect(codes(matter({}, { code: '1', description: { zh: '待定' } }))).toEqual([
      'catalogue.noLimit',
      'catalogue.noLimit',
      'catalogue.noTier',
      'catalogue.noLead',
    ])
  })
})

describe('who may lead', () => {
  const levels = ['grid', 'community', 'street', 'district'] as const
  const functions = [null, 'urban_management'] as const
  const duties = [null, 'basic', 'assist', 'withdrawn'] as const

  for (const level of levels.slice(0, 3)) {
    test(`work taken back never goes to the ${level}, neither as lead nor as helper`, () => {
      expect(codes(matter({ duty: 'withdrawn' }, condition({ lead: { level } })))).toEqual(['catalogue.withdrawnToGrassroots'])
      const helped = condition({ lead: { level: 'district', function: 'urban_management' }, helpers: [{ level: 'district' }, { level }] })
      const [refusal] = publishingRefusals(matter({ duty: 'withdrawn' }, helped), nothingDelegated)
      expect(refusal).toMatchObject({ code: 'catalogue.withdrawnToGrassroots', field: 'conditions.0.helpers.1' })
    })

    test(`a department's function is not led by the ${level}`, () => {
      expect(codes(matter({}, condition({ lead: { level, function: 'water' } })))).toEqual(['catalogue.departmentWorkToGrassroots'])
    })

    test(`what the grassroots only help with may name the ${level} as helper but not as lead`, () => {
      expect(codes(matter({ duty: 'assist' }, condition({ lead: { level } })))).toEqual(['catalogue.assistAsLead'])
      expect(codes(matter({ duty: 'assist' }, condition({ lead: { level: 'district', function: 'water' }, helpers: [{ level }] })))).toEqual([])
    })
  }

  test('a delegation lets the grassroots lead a department’s work, but never what was taken back or what they only help with', () => {
    const lead = { level: 'street', function: 'water' } as const
    const asked: string[] = []
    const isDelegated: IsDelegated = (code, party) => {
      asked.push(`${code} ${party.level} ${party.function}`)
      return true
    }
    expect(codes(matter({}, condition({ lead })), isDelegated)).toEqual([])
    expect(asked).toEqual(['1 street water'])
    expect(codes(matter({ duty: 'withdrawn' }, condition({ lead })), isDelegated)).toEqual(['catalogue.withdrawnToGrassroots'])
    expect(codes(matter({ duty: 'assist' }, condition({ lead })), isDelegated)).toEqual(['catalogue.assistAsLead'])
  })

  test('whoever may lead at the grassroots leads own work without a department function', () => {
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.constantFrom(...functions), fc.constantFrom(...duties), (level, fn, duty) => {
        const allowed = level === 'district' || (fn === null && (duty === 'basic' || duty === null))
        expect(codes(matter({ duty }, condition({ lead: { level, function: fn } }))).length === 0).toBe(allowed)
      }),
    )
  })
})

describe('where a version stands', () => {
  const day = (n: number): LocalDate => addDays('2026-01-01' as LocalDate, n)
  const period = (from: number, to: number | null = null): Period => ({ from: day(from), to: to === null ? null : day(to) })

  test('the former version ends on the day the new one begins', () => {
    const former = period(0)
    expect(placeVersion('M', period(40), [former], day(30))).toEqual({ to: null, ended: [{ version: former, retired: false }] })
  })

  test('a version replaced on its own first day is retired', () => {
    const former = period(40)
    expect(placeVersion('M', period(40), [former], day(30)).ended).toEqual([{ version: former, retired: true }])
  })

  test('a version set before a coming one ends where that begins', () => {
    expect(placeVersion('M', period(40), [period(60)], day(30))).toEqual({ to: day(60), ended: [] })
  })

  test('the past may be filled but not rewritten', () => {
    expect(placeVersion('M', period(0), [], day(30))).toEqual({ to: null, ended: [] })
    expect(placeVersion('M', period(0), [period(10)], day(30))).toEqual({ to: day(10), ended: [] })
    expect(() => placeVersion('M', period(20), [period(10)], day(30))).toThrow('catalogue.pastTaken')
    expect(() => placeVersion('M', period(20, 20), [], day(30))).toThrow('catalogue.datesReversed')
  })

  test('whatever is published, never two versions hold on one day, and passed days keep their version', () => {
    const wishes = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.option(fc.integer({ min: 1, max: 40 }))), { maxLength: 12 })
    fc.assert(
      fc.property(wishes, (list) => {
        let published: Period[] = []
        const on = (n: number): Period[] => published.filter((v) => v.from <= day(n) && (v.to === null || v.to > day(n)))
        for (const [from, length] of list) {
          const before = Array.from({ length: 30 }, (_, n) => on(n)[0]?.from)
          const wanted = period(from, length === null ? null : from + length)
          try {
            const { to, ended } = placeVersion('M', wanted, published, day(30))
            const gone = new Map(ended.map((one) => [one.version, one.retired]))
            published = published.flatMap((v) => (gone.get(v) === true ? [] : gone.has(v) ? [{ from: v.from, to: wanted.from }] : [v]))
            published.push({ from: wanted.from, to })
          } catch (error) {
            expect(error).toMatchObject({ code: 'catalogue.pastTaken' })
          }
          for (let n = 0; n < 110; n += 1) expect(on(n).length).toBeLessThanOrEqual(1)
          before.forEach((v, n) => v === undefined || expect(on(n)[0]?.from).toBe(v))
        }
      }),
    )
  })
})
