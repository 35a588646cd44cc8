import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inWorkOrder, metresBetween, urgency } from './order.ts'

const now = '2026-03-02T01:00:00.000Z'
const at = (clockDueAt: string | null, id = 'x') => ({ id, clockDueAt })

test('what is overdue comes first, then what is due within hours, whatever the way', () => {
  const items = [
    at('2026-03-05T01:00:00.000Z', 'later'),
    at('2026-03-02T03:00:00.000Z', 'soon'),
    at('2026-03-01T01:00:00.000Z', 'over'),
    at(null, 'none'),
  ]
  const near: Record<string, number> = { later: 5, none: 1, soon: 900, over: 5000 }
  expect(inWorkOrder(items, now, (id) => near[id]).map(({ id }) => id)).toEqual(['over', 'soon', 'none', 'later'])
})

test('among what is due alike the nearest comes first, and what is nowhere last', () => {
  const items = ['a', 'b', 'c'].map((id) => at('2026-03-02T03:00:00.000Z', id))
  const near: Record<string, number> = { b: 40, c: 900 }
  expect(inWorkOrder(items, now, (id) => near[id]).map(({ id }) => id)).toEqual(['b', 'c', 'a'])
})

test('without a position the earlier deadline comes first, and nothing is lost or doubled', () => {
  const due = fc.option(fc.integer({ min: -200, max: 200 }).map((hours) => `2026-03-${String(10 + (hours % 9)).padStart(2, '0')}T01:00:00.000Z`))
  fc.assert(
    fc.property(fc.array(due), (dues) => {
      const items = dues.map((one, index) => at(one, String(index)))
      const ordered = inWorkOrder(items, now, () => undefined)
      expect(ordered.map(({ id }) => id).toSorted()).toEqual(items.map(({ id }) => id).toSorted())
      const classes = ordered.map((one) => urgency(one, now))
      expect(classes).toEqual(classes.toSorted((one, other) => one - other))
    }),
  )
})

test('a hundredth of a degree north is 1,113 metres', () => {
  expect(Math.round(metresBetween({ lng: 121.49, lat: 31.23 }, { lng: 121.49, lat: 31.24 }))).toBe(1113)
})
