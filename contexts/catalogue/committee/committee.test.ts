import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { entryMoves, entryStatuses, mayDecide } from '../lifecycle.ts'
import { decidingRow, entryOf, entryRefusal, listAt, type CommitteeDuty, type EntryFacts, type EntryRequest } from './committee.ts'

const today = '2026-03-02' as LocalDate
const day = (text: string): LocalDate => text as LocalDate
const community = '990101001001'
const row = (change: Partial<CommitteeDuty> = {}): CommitteeDuty => ({
  id: 'r1',
  list: 'assist',
  matterId: 'm1',
  areaCode: '990101',
  listed: true,
  validFrom: day('2026-01-01'),
  validTo: null,
  requestId: null,
  reason: null,
  endReason: null,
  ...change,
})

describe('what stands on the lists of a community', () => {
  test('a matter that nobody listed stands on neither', () => {
    expect(listAt([], 'm1', community, today)).toBeNull()
    expect(listAt([row({ matterId: 'm2' }), row({ areaCode: '990102' })], 'm1', community, today)).toBeNull()
  })

  test('a row for all holds everywhere below, an exception for one community holds against it', () => {
    const rows = [row({ areaCode: '' }), row({ id: 'r2', areaCode: community, listed: false })]
    expect(listAt(rows, 'm1', community, today)).toBeNull()
    expect(listAt(rows, 'm1', '990101001002', today)).toBe('assist')
    const taken = row({ id: 'r3', areaCode: community, list: 'own', validFrom: day('2026-02-01') })
    expect(listAt([...rows, taken], 'm1', community, today)).toBe('own')
  })

  test('a row holds from its first day until the day before its end', () => {
    const rows = [row({ validFrom: day('2026-02-01'), validTo: day('2026-03-01') })]
    const on = (text: string) => listAt(rows, 'm1', community, day(text))
    expect([on('2026-01-31'), on('2026-02-01'), on('2026-02-28'), on('2026-03-01')]).toEqual([null, 'assist', 'assist', null])
  })

  test('the order of rows decides nothing: the most specific one does, and of equals the latest', () => {
    const areas = fc.constantFrom('', '9901', '990101', '990101001', community, '990102')
    const rows = fc.array(fc.record({ areaCode: areas, from: fc.integer({ min: -9, max: 9 }), listed: fc.boolean() }), { maxLength: 6 })
    fc.assert(
      fc.property(rows, fc.integer(), (given, seed) => {
        const all = given.map(({ areaCode, from, listed }, at) => row({ id: `r${at}`, areaCode, listed, validFrom: addDays(today, from) }))
        const found = decidingRow(all, 'm1', community, today)
        const mixed = all.toSorted((a, b) => (a.id + seed < b.id + seed ? 1 : -1))
        expect(decidingRow(mixed, 'm1', community, today)).toEqual(found)
        const holding = all.filter((one) => community.startsWith(one.areaCode) && one.validFrom <= today)
        expect(found === undefined).toBe(holding.length === 0)
        for (const one of holding) expect(one.areaCode.length <= (found?.areaCode.length ?? 0)).toBe(true)
      }),
    )
  })
})

describe('what may be asked for', () => {
  const asked = (change: Partial<EntryRequest> = {}): EntryRequest => ({
    id: 'q1',
    status: 'asked',
    matterId: 'm1',
    organisationId: 'urban',
    areaCode: '990101',
    reason: '加强巡查',
    legalBasis: '示例条例第三条',
    authority: null,
    people: '每社区一名协管员',
    money: null,
    validFrom: day('2026-04-01'),
    validTo: day('2027-04-01'),
    askedAt: '2026-03-02T01:00:00.000Z',
    askedBy: null,
    decidedAt: null,
    decidedBy: null,
    decisionReason: null,
    ...change,
  })
  const facts: EntryFacts = {
    today,
    matter: { title: '06036 乱堆杂物', duty: 'basic' },
    department: { isLine: true, areaCode: '990101' },
    isArea: (code) => code.startsWith('990101'),
    requests: [],
    duties: [],
  }
  const code = (change: Partial<EntryRequest> = {}, known: Partial<EntryFacts> = {}) => entryRefusal(asked(change), { ...facts, ...known })?.code

  test('new work with its means and a term may', () => expect(code()).toBeUndefined())

  test.each<[string, Partial<EntryRequest>, Partial<EntryFacts>, string]>([
    ['work that comes with nothing', { people: null }, {}, 'entryMeansMissing'],
    ['a matter that does not exist', {}, { matter: undefined }, 'matterNotFound'],
    ['what was taken back', {}, { matter: { title: 'M', duty: 'withdrawn' } }, 'withdrawnNotDelegated'],
    ['a unit that is no department', {}, { department: { isLine: false, areaCode: '990101' } }, 'notDepartment'],
    ['an end before the beginning', { validTo: day('2026-04-01') }, {}, 'termReversed'],
    ['a term that is over', { validFrom: day('2026-01-01'), validTo: day('2026-03-02') }, {}, 'termOver'],
    ['another district', { areaCode: '990102' }, {}, 'notBelowDepartment'],
    ['a grid, which has no committee', { areaCode: '990101001001001' }, {}, 'notBelowDepartment'],
    ['what is asked for already', {}, { requests: [asked({ id: 'q0' })] }, 'askedAlready'],
    ['what is listed already', {}, { duties: [row()] }, 'listedAlready'],
  ])('%s may not', (_what, change, known, refused) => expect(code(change, known)).toBe(`catalogue.${refused}`))

  test('for the time after a term that runs out it may be asked again', () => {
    expect(code({}, { duties: [row({ validTo: day('2026-06-01') })] })).toBeUndefined()
    expect(code({}, { duties: [row({ validTo: day('2027-04-01') })] })).toBe('catalogue.listedAlready')
  })

  test('an approved request lists its matter for the term asked, never from before the approval, and is decided once', () => {
    expect(entryOf(asked(), 'r9', today)).toMatchObject({ list: 'assist', validFrom: '2026-04-01', validTo: '2027-04-01', requestId: 'q1' })
    expect(entryOf(asked({ validFrom: day('2026-01-01') }), 'r9', today).validFrom).toBe(today)
    for (const move of ['approve', 'refuse'] as const) {
      expect(entryStatuses.filter((status) => mayDecide(move, status))).toEqual(['asked'])
      expect(mayDecide(move, entryMoves[move].to)).toBe(false)
    }
  })
})
