import fc from 'fast-check'
import { expect, test } from 'vitest'
import { day } from '../testing.ts'
import { planDated, type DatedDraft, type DatedVersion } from './history.ts'

const january = day('2026-01-01')
const may = day('2026-05-01')
const july = day('2026-07-01')
type Thing = string

let made = 0
const newId = (): string => `id-${(made += 1)}`
const draft = (code: string, content: Thing, validTo?: string): DatedDraft<Thing> => ({
  line: 2,
  code,
  content,
  ...(validTo !== undefined && { validTo: day(validTo) }),
})

/** The versions after some files, each with its first day. */
function history(...files: readonly (readonly [ReturnType<typeof day>, readonly DatedDraft<Thing>[]])[]): DatedVersion<Thing>[] {
  let versions: DatedVersion<Thing>[] = []
  for (const [on, drafts] of files) {
    const known = versions.filter(({ validTo }) => validTo === null || validTo > on)
    const plan = planDated(drafts, known, on, newId)
    const ends = new Map(plan.closed.map(({ id, validTo }) => [id, validTo]))
    const put = new Map(plan.corrected.map((version) => [version.id, version]))
    versions = [...versions.map((one) => put.get(one.id) ?? { ...one, validTo: ends.get(one.id) ?? one.validTo }), ...plan.added]
  }
  return versions
}
const told = (versions: readonly DatedVersion<Thing>[]): unknown[] => versions.map(({ content, validFrom, validTo }) => [content, validFrom, validTo])

test('what is new begins on the first day of the file and lasts', () => {
  expect(told(history([january, [draft('1', 'a')]]))).toEqual([['a', january, null]])
})

test('the same file again changes nothing', () => {
  expect(planDated([draft('1', 'a')], history([january, [draft('1', 'a')]]), may, newId)).toMatchObject({
    unchanged: ['1'],
    added: [],
    corrected: [],
    closed: [],
  })
})

test('a change closes what others relied on, and goes on under the same code; of the same first day it is put right', () => {
  expect(told(history([january, [draft('1', 'a')]], [may, [draft('1', 'b')]]))).toEqual([
    ['a', january, may],
    ['b', may, null],
  ])
  expect(told(history([january, [draft('1', 'a')]], [january, [draft('1', 'b')]]))).toEqual([['b', january, null]])
})

test('what is torn down ends, and what is built again there begins anew', () => {
  const gone = history([january, [draft('1', 'a')]], [may, [draft('1', 'a', july)]])
  expect(told(gone)).toEqual([['a', january, july]])
  expect(told(history([january, [draft('1', 'a', may)]], [july, [draft('1', 'c')]]))).toEqual([
    ['a', january, may],
    ['c', july, null],
  ])
})

test('an older file, an end before the file begins and a code twice are refused', () => {
  const known = history([may, [draft('1', 'a')]])
  const plan = planDated([draft('1', 'b'), draft('2', 'b', january), draft('3', 'a'), draft('3', 'b')], known, january, newId)
  expect(plan.rejected.map(({ refusal }) => refusal.code)).toEqual(['territory.knownLater', 'territory.endsBeforeFile', 'territory.codeTwice'])
})

test('whatever files come in the order of their days, one version at most is in force on any day', () => {
  const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'].map(day)
  const file = fc.tuple(fc.constantFrom(...days), fc.constantFrom('a', 'b'), fc.constantFrom(undefined, '2026-03-15', '2026-06-01'))
  fc.assert(
    fc.property(fc.array(file, { maxLength: 6 }), (files) => {
      const inOrder = files.toSorted(([one], [other]) => (one < other ? -1 : 1))
      const versions = history(
        ...inOrder.map(([on, content, end]) => [on, [draft('1', content, end !== undefined && end > on ? end : undefined)]] as const),
      )
      for (const on of [...days, day('2026-05-01'), july])
        expect(versions.filter(({ validFrom, validTo }) => validFrom <= on && (validTo === null || validTo > on)).length).toBeLessThanOrEqual(1)
      for (const { validFrom, validTo } of versions) expect(validTo === null || validTo > validFrom).toBe(true)
    }),
  )
})
