import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsToDraw, scrollTo, sightOf } from './fixed-rows.ts'

const places = fc.record({
  count: fc.integer({ min: 1, max: 10_000 }),
  height: fc.integer({ min: 100, max: 2000 }),
  rowHeight: fc.integer({ min: 40, max: 160 }),
  at: fc.nat(9999),
})

test('every row in sight is drawn, with the one that has the keyboard, and never more than a screen and its margins', () => {
  fc.assert(
    fc.property(places, fc.nat(2_000_000), ({ count, height, rowHeight, at }, scrolled) => {
      const scrollTop = Math.min(scrolled, Math.max(0, count * rowHeight - height))
      const sight = sightOf(scrollTop, height, rowHeight, count)
      const drawn = rowsToDraw(sight, count, at)
      expect(new Set(drawn).size).toBe(drawn.length)
      expect(drawn.length).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 27)
      for (let row = sight.from; row <= sight.to; row += 1) expect(drawn).toContain(row)
      if (at < count) expect(drawn).toContain(at)
      expect(drawn).toEqual(drawn.toSorted((a, b) => a - b))
    }),
  )
})

test('a row is scrolled into sight whole, and what is in sight already does not jump', () => {
  fc.assert(
    fc.property(places, ({ count, height, rowHeight, at }) => {
      fc.pre(height >= rowHeight && at < count)
      const top = scrollTo(at, 0, height, rowHeight)
      expect(at * rowHeight).toBeGreaterThanOrEqual(top)
      expect((at + 1) * rowHeight).toBeLessThanOrEqual(top + height)
      expect(scrollTo(at, top, height, rowHeight)).toBe(top)
    }),
  )
})
