import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DuplicateRules } from '#contexts/catalogue/index.ts'
import { addMs, DAY_MS, parseInstant } from '#kernel/clock.ts'
import { compareCalls, distance, type Comparable } from './likeness.ts'
import { likeness, marksOf, openingOf, pairsOf } from './words.ts'

const start = parseInstant('2026-03-02T09:00:00+08:00')
const rules: DuplicateRules = { metres: 200, days: { patrol: 7, emergency: 3, daily: 30 }, closedDays: 7, floor: 0.6, copyFloor: 0.6 }
const rubbish = '小区门口的垃圾没人清理，一地都是'

/** Metres to the east of a point in degrees. */
const east = (metres: number): number => 121.49 + metres / (111_195 * Math.cos((31.23 * Math.PI) / 180))

function call(text: string, parts: Partial<Comparable> & { days?: number } = {}): Comparable {
  const { days = 0, ...rest } = parts
  return {
    lng: 121.49,
    lat: 31.23,
    areaCode: '990101001001001',
    conditionId: 'c1',
    matterId: 'm1',
    reportedAt: addMs(start, days * DAY_MS),
    phoneHash: null,
    pairs: pairsOf(text),
    opening: openingOf(text),
    ...rest,
  }
}
const compare = (a: Comparable, b: Comparable) => compareCalls(a, b, 30, rules)
const told = (a: Comparable, b: Comparable): string | undefined =>
  compare(a, b)
    ?.reasons.map(({ zh }) => zh)
    .join('；')

test('the same place and matter are likely one, whatever the words, and the reasons say so', () => {
  const found = compare(call(rubbish), call('垃圾堆成山了', { lng: east(40), days: 2 }))
  expect(found?.metres).toBeCloseTo(40, 0)
  expect(found?.reasons.map(({ zh }) => zh)).toEqual(['相距 40 米', '同一事项和立案条件', '相隔 2 天'])
})

test('too far apart, or another matter with other words, is not proposed', () => {
  expect(compare(call(rubbish), call('垃圾堆成山了', { lng: east(400) }))).toBeNull()
  expect(compare(call(rubbish), call('路灯不亮', { matterId: 'm2', conditionId: 'c2' }))).toBeNull()
})

test('outside the window nothing is proposed; inside it, older is less likely', () => {
  expect(compare(call(rubbish), call(rubbish, { days: 31 }))).toBeNull()
  const [fresh, old] = [compare(call(rubbish), call(rubbish)), compare(call(rubbish), call(rubbish, { days: 25 }))]
  expect(old?.score).toBeLessThan(fresh?.score ?? 0)
})

test('without coordinates the same grid or community counts instead', () => {
  const nowhere = { lng: null, lat: null }
  expect(told(call(rubbish, nowhere), call(rubbish))).toContain('同一网格')
  expect(told(call(rubbish, { ...nowhere, areaCode: '990101001001' }), call(rubbish))).toContain('同一社区')
  expect(compare(call(rubbish, { ...nowhere, areaCode: '990101' }), call('门口很脏', { ...nowhere, areaCode: '990101' }))).toBeNull()
})

test('words that repeat another call are enough wherever the two say they are', () => {
  const far = call(`${rubbish}，请处理`, { lng: east(3000), matterId: null, conditionId: null })
  expect(told(call(rubbish), far)).toMatch(/^相距 3000 米；文字相近 \d+%；一天之内$/)
})

test('a repeated demand of one telephone is proposed without a place', () => {
  const unplaced = { lng: null, lat: null, areaCode: '990101', phoneHash: 'x' }
  expect(told(call(rubbish, unplaced), call('又是垃圾', unplaced))).toMatch(/^同一反映人；同一事项/)
  expect(compare(call(rubbish, unplaced), call('又是垃圾', { ...unplaced, phoneHash: 'y' }))).toBeNull()
})

test('likeness is symmetric, between nought and one, and the thresholds are data', () => {
  const text = fc.constantFrom(rubbish, '路灯不亮', '小区门口一地垃圾没人清理', '施工扰民，半夜还在打桩', '')
  const one = fc
    .record({ text, metres: fc.integer({ min: 0, max: 400 }), days: fc.integer({ min: 0, max: 40 }), matterId: fc.constantFrom('m1', 'm2', null) })
    .map(({ text: said, metres, days, matterId }) => call(said, { lng: east(metres), days, matterId, conditionId: matterId && `${matterId}c` }))
  fc.assert(
    fc.property(one, one, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, floor) => {
      const there = compareCalls(a, b, 30, { ...rules, floor })
      const back = compareCalls(b, a, 30, { ...rules, floor })
      expect(there?.score).toBe(back?.score)
      if (there) expect(there.score >= floor && there.score <= 1).toBe(true)
      expect(compareCalls(a, b, 30, { ...rules, metres: 0, copyFloor: 1.1 }) === null || distance(a, b) === 0).toBe(true)
    }),
  )
})

test('courtesies make no two letters alike', () => {
  const polite = (text: string): string => `尊敬的领导您好，我要投诉${text}，希望有关部门处理，谢谢`
  expect(likeness(pairsOf(polite('路灯不亮')), pairsOf(polite('垃圾成堆')))).toBeLessThan(0.3)
  expect(likeness(pairsOf(''), pairsOf('路灯'))).toBe(0)
})

test('near-copies share a mark, unlike texts seldom do, and the same text has the same marks everywhere', () => {
  expect(marksOf(pairsOf('')).length).toBe(0)
  const shares = (a: string, b: string): boolean => {
    const marks = new Set(marksOf(pairsOf(a)))
    return marksOf(pairsOf(b)).some((mark) => marks.has(mark))
  }
  const letter = '牛浦河污染严重，排水口成排污口，未经处理直排，导致河水乌黑恶臭'
  expect(shares(letter, `${letter}，监管人员不作为`)).toBe(true)
  // Marks lie in the database: another way of making them would find no older case.
  expect(marksOf(pairsOf(letter)).slice(0, 2)).toEqual([1775477716, 1875175203])
  const texts = Array.from({ length: 60 }, (_, index) =>
    Array.from({ length: 40 }, (__, at) => String.fromCharCode(0x4e00 + ((index * 977 + at * 131) % 3000))).join(''),
  )
  const pairs = texts.flatMap((a, index) => texts.slice(index + 1).map((b) => [a, b] as const))
  expect(pairs.filter(([a, b]) => shares(a, b)).length / pairs.length).toBeLessThan(0.02)
})

test('who writes again begins alike and then tells it otherwise: that is a copy, and stays one until the window ends', () => {
  const nowhere = { lng: null, lat: null, areaCode: '990101', matterId: null, conditionId: null }
  const first = '白鹭渡小学南门的工地半夜施工，我家住在白鹭渡小学南门对面的望江新苑，白鹭渡小学南门的工地半夜两点打桩，孩子睡不着'
  const again = '白鹭渡小学南门的工地半夜施工，上周打过电话，白鹭渡小学南门的工地半夜两点打桩机又响起来，老人血压升高，请派人到望江新苑看看'
  const other = '芦荻路菜市场门口的工地半夜施工，上周打过电话，芦荻路菜市场门口的卡车又响起来，老人血压升高，请派人到芦荻路看看'
  expect(likeness(pairsOf(first), pairsOf(again))).toBeLessThan(rules.copyFloor)
  expect(compare(call(first, nowhere), call(again, nowhere))).not.toBeNull()
  expect(compare(call(first, nowhere), call(again, { ...nowhere, days: 29 }))?.score).toBe(rules.floor)
  expect(compare(call(first, nowhere), call(other, nowhere))).toBeNull()
  // Of a few words half are shared by chance.
  expect(compare(call('门口的路灯不亮', nowhere), call('楼下路灯不亮', nowhere))).toBeNull()
})
