import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { delegationLevels } from '../lifecycle.ts'
import { delegatedOn, delegationRefusal, endOf, leadNow, stateOn, type Delegation, type DelegationFacts } from './delegation.ts'

const today = '2026-03-02' as LocalDate
const day = (text: string): LocalDate => text as LocalDate
const delegation = (change: Partial<Delegation> = {}): Delegation => ({
  id: 'd1',
  matterId: 'm1',
  conditionCode: null,
  organisationId: 'urban',
  functionCode: 'urban_management',
  level: 'street',
  areaCode: '990101001',
  authority: { zh: '委托执法' },
  people: { zh: '下沉执法队员 4 人' },
  goods: null,
  money: null,
  legalBasis: { zh: '行政处罚法第二十四条' },
  validFrom: day('2026-01-01'),
  validTo: day('2026-07-01'),
  signedBy: '示例区人民政府',
  endedOn: null,
  endReason: null,
  ...change,
})
const street = { level: 'street', function: 'urban_management' } as const
const condition = { matterId: 'm1', code: '1', lead: street }

describe('who leads', () => {
  test('a department’s work that went down is led there while the delegation is in force, and by the department from its end on', () => {
    const given = [delegation()]
    const at = (on: string) => leadNow(condition, '990101001001', given, day(on))
    expect(at('2026-06-30')).toMatchObject({ by: 'delegation', lead: street, delegation: { id: 'd1' } })
    expect(at('2026-07-01')).toMatchObject({ by: 'return', lead: { level: 'district', function: 'urban_management' }, delegation: { id: 'd1' } })
    expect(at('2025-12-31')).toMatchObject({ by: 'return', delegation: null })
  })

  test('an early end returns the lead on its day', () => {
    const given = [delegation({ endedOn: day('2026-03-10'), endReason: '人员未到位' })]
    expect(leadNow(condition, '990101001', given, day('2026-03-09')).by).toBe('delegation')
    expect(leadNow(condition, '990101001', given, day('2026-03-10'))).toMatchObject({ by: 'return', lead: { level: 'district' } })
  })

  test('another street, condition, level or function is not meant', () => {
    const elsewhere = leadNow(condition, '990101002001', [delegation()], today)
    expect(elsewhere).toEqual({ by: 'return', lead: { level: 'district', function: 'urban_management' }, delegation: null })
    for (const change of [{ conditionCode: '2' }, { level: 'community' }, { functionCode: 'water' }, { matterId: 'm2' }] as const)
      expect(leadNow(condition, '990101001001', [delegation(change)], today).by).toBe('return')
  })

  test('the grassroots’ own work and a department’s own lead need no delegation', () => {
    for (const lead of [
      { level: 'street', function: null },
      { level: 'district', function: 'water' },
    ] as const)
      expect(leadNow({ ...condition, lead }, '990101001', [], today)).toEqual({ by: 'condition', lead, delegation: null })
  })

  test('whatever the days, publishing and dispatch agree on what is in force, and the list has it in one state', () => {
    const offset = fc.integer({ min: -60, max: 60 })
    const term = fc.record({ from: offset, length: fc.integer({ min: 1, max: 60 }), early: fc.option(fc.integer({ min: 0, max: 80 })) })
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), (terms) => {
        const given = terms.map(({ from, length, early }, at) => {
          const validFrom = addDays(today, from)
          const endedOn = early === null ? null : addDays(validFrom, early)
          return delegation({ id: String(at), validFrom, validTo: addDays(validFrom, length), endedOn, endReason: endedOn && '示例' })
        })
        const running = given.filter((one) => ['in_force', 'ending'].includes(stateOn(one, today, 30)))
        expect(delegatedOn(given, 'm1', today)('1', street)).toBe(running.length > 0)
        const now = leadNow(condition, '990101001001', given, today)
        expect(now.by).toBe(running.length > 0 ? 'delegation' : 'return')
        if (now.by === 'return') expect(given.every((one) => one.validFrom > today || endOf(one) <= today)).toBe(true)
      }),
    )
  })

  test('the list names those that end within the days of notice', () => {
    const one = delegation({ validTo: day('2026-04-02') })
    expect(stateOn(one, day('2026-03-02'), 30)).toBe('in_force')
    expect(stateOn(one, day('2026-03-03'), 30)).toBe('ending')
    expect(stateOn(one, day('2026-04-02'), 30)).toBe('ended')
    expect(stateOn(one, day('2025-12-31'), 30)).toBe('planned')
  })
})

describe('what may be delegated', () => {
  const facts: DelegationFacts = {
    today,
    matter: { title: '06029 露天烧烤', duty: 'basic', conditionCodes: ['1'] },
    department: { isLine: true, areaCode: '990101' },
    isArea: (code) => code.startsWith('9901010') || code === '990101',
    others: [],
  }
  const code = (change: Partial<Delegation> = {}, known: Partial<DelegationFacts> = {}) =>
    delegationRefusal(delegation(change), { ...facts, ...known })?.code

  test('a whole one may, to a street, to a community and to all of a district', () => {
    expect(code()).toBeUndefined()
    expect(code({ areaCode: '990101' })).toBeUndefined()
    expect(code({ level: 'community', areaCode: '990101001001' })).toBeUndefined()
    expect(delegationLevels).toEqual(['street', 'community'])
  })

  test.each<[string, Partial<Delegation>, Partial<DelegationFacts>, string]>([
    ['work without people, goods or money', { people: null }, {}, 'meansMissing'],
    ['what was taken back', {}, { matter: { title: 'M', duty: 'withdrawn', conditionCodes: [] } }, 'withdrawnNotDelegated'],
    ['a matter that does not exist', {}, { matter: undefined }, 'matterNotFound'],
    ['a condition that the matter never had', { conditionCode: '9' }, {}, 'conditionNotFound'],
    ['the work of a block', {}, { department: { isLine: false, areaCode: '990101' } }, 'notDepartment'],
    ['an end before the beginning', { validTo: day('2025-12-31') }, {}, 'termReversed'],
    ['a term that is over', { validTo: day('2026-03-02') }, {}, 'termOver'],
    ['a place outside the department’s territory', { areaCode: '990102001' }, {}, 'notBelowDepartment'],
    ['a place below the level that takes it', { areaCode: '990101001001' }, {}, 'notBelowDepartment'],
    ['the same work twice', { conditionCode: '1' }, { others: [delegation({ areaCode: '990101' })] }, 'delegatedAlready'],
  ])('%s may not', (_what, change, known, refused) => expect(code(change, known)).toBe(`catalogue.${refused}`))

  test('what has ended stands in nobody’s way', () => {
    expect(code({}, { others: [delegation({ endedOn: day('2026-01-01'), endReason: '示例' })] })).toBeUndefined()
    expect(code({ validFrom: day('2026-07-01'), validTo: day('2027-01-01') }, { others: [delegation()] })).toBeUndefined()
  })
})
