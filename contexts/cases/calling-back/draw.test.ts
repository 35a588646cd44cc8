import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleOf, ticketOf } from './draw.ts'

const entry = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 400 }))
  .map(([street, n]) => `99010100${street}/990101-20260302-${n}`)
const population = fc.uniqueArray(entry, { maxLength: 200 })
const size = fc.record({ percent: fc.integer({ min: 1, max: 100 }), minimumPerStreet: fc.integer({ min: 0, max: 10 }) })
const streetOf = (one: string): string => one.slice(0, 9)

test('the same seed draws the same list, in whatever order the cases come', () => {
  fc.assert(
    fc.property(population, fc.string(), size, (all, seed, much) => {
      expect(sampleOf(all.toReversed(), seed, much)).toEqual(sampleOf(all, seed, much))
    }),
  )
})

test('each street gives its share, rounded up, its minimum, or all that it has', () => {
  fc.assert(
    fc.property(population, fc.string(), size, (all, seed, much) => {
      const drawn = sampleOf(all, seed, much)
      for (const [street, some] of Map.groupBy(all, streetOf)) {
        const wanted = Math.min(some.length, Math.max(much.minimumPerStreet, Math.ceil((some.length * much.percent) / 100)))
        expect(drawn.filter((one) => streetOf(one) === street)).toHaveLength(wanted)
      }
      expect(new Set(drawn).size).toBe(drawn.length)
      expect(drawn.every((one) => all.includes(one))).toBe(true)
    }),
  )
})

test('a larger sample holds the smaller one, so a raised share asks nobody twice', () => {
  fc.assert(
    fc.property(population, fc.string(), fc.integer({ min: 1, max: 50 }), (all, seed, percent) => {
      const more = new Set(sampleOf(all, seed, { percent: percent * 2, minimumPerStreet: 1 }))
      expect(sampleOf(all, seed, { percent, minimumPerStreet: 1 }).filter((one) => !more.has(one))).toEqual([])
    }),
  )
})

test('every case comes up about as often as its share says', () => {
  const all = Array.from({ length: 40 }, (_, n) => `990101001/990101-20260302-${n}`)
  const times = new Map<string, number>()
  for (let seed = 0; seed < 1000; seed += 1)
    for (const one of sampleOf(all, `seed ${seed}`, { percent: 10, minimumPerStreet: 0 })) times.set(one, (times.get(one) ?? 0) + 1)
  expect(times.size).toBe(40)
  for (const [one, count] of times) expect(Math.abs(count - 100), one).toBeLessThan(50)
})

test('a ticket is the plain SHA-256 of seed and number', () => {
  expect(ticketOf('a seed', '990101-20260302-00001')).toBe(createHash('sha256').update('a seed/990101-20260302-00001').digest('hex'))
})
