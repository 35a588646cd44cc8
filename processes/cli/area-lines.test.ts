import { expect, test } from 'vitest'
import { areaLines } from './area-lines.ts'

const nothing = { orphans: [], overlaps: [], gaps: [], administered: [] }

test('a file without faults says nothing', () => {
  expect(areaLines(nothing)).toEqual([])
})

test('a hole is told with its square metres, its share and where to look; who is governed from elsewhere stands apart', () => {
  const gaps = [{ parentCode: '990101', squareMetres: 26420, share: 0.012, at: { lng: 121.49, lat: 31.23 } }]
  const administered = [{ code: '990101001', parentCode: '990101', administeringParentCode: '990102' }]
  expect(areaLines({ ...nothing, gaps, administered })).toEqual([
    '未覆盖 Not covered by the areas below: 1',
    '  990101  26420 m²  1.2 %  121.49,31.23',
    '代管 Governed by another area than the one above: 1',
    '  990101001  990101 → 990102',
  ])
})

test('of many faults twenty are listed, and how many there are', () => {
  const overlaps = Array.from({ length: 30 }, (_, i) => ({ codes: [`${i}`, 'x'] as const, share: 0.5 }))
  const lines = areaLines({ ...nothing, overlaps })
  expect(lines).toHaveLength(22)
  expect(lines.at(-1)).toContain('30')
})
