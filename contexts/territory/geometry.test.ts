import { expect, test } from 'vitest'
import { boxOf, readGeometry, surfaceOf, type Geometry } from './geometry.ts'
import { rectangle } from './testing.ts'

const read = (type: string, coordinates: unknown): unknown => readGeometry({ type, coordinates }, 'WGS84')

test('a border is read with its heights dropped', () => {
  expect(
    read('Polygon', [
      [
        [0, 0, 5],
        [1, 0, 5],
        [1, 1, 5],
        [0, 0, 5],
      ],
    ]),
  ).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ],
  })
})

test('a border of another datum is stored in CGCS2000', () => {
  const border = readGeometry({ type: 'Polygon', coordinates: rectangle(113.26971458288735, 23.126435336538538, 113.4, 23.2) }, 'GCJ02') as Geometry
  expect(boxOf(border).west).toBeCloseTo(113.264385, 4)
  expect(Math.abs(boxOf(border).south - 23.129112)).toBeLessThan(0.001)
})

test.each([
  ['Point', [1, 1], 'notAPolygon'],
  ['Polygon', 'text', 'notAPolygon'],
  ['Polygon', [], 'notAPolygon'],
  ['MultiPolygon', [[]], 'notAPolygon'],
  [
    'Polygon',
    [
      [
        [0, 0],
        [1, 1],
        [0, 0],
      ],
    ],
    'ringShort',
  ],
  [
    'Polygon',
    [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
    ],
    'ringOpen',
  ],
  [
    'Polygon',
    [
      [
        [0, 0],
        [1, 0],
        [1, 91],
        [0, 0],
      ],
    ],
    'notCoordinates',
  ],
  [
    'Polygon',
    [
      [
        [0, 0],
        ['1', 0],
        [1, 1],
        [0, 0],
      ],
    ],
    'notCoordinates',
  ],
  [
    'Polygon',
    [
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [0, 0],
      ],
    ],
    'noSurface',
  ],
])('%s %j is refused with %s', (type, coordinates, fault) => {
  expect(read(type, coordinates)).toBe(fault)
})

test('surface is in square metres with holes taken off', () => {
  const square: Geometry = { type: 'Polygon', coordinates: rectangle(114, 30, 114.01, 30.01) }
  expect(surfaceOf(square) / 1e6).toBeCloseTo(1.07, 2)
  const ring: Geometry = { type: 'MultiPolygon', coordinates: [[...rectangle(114, 30, 114.01, 30.01), ...rectangle(114, 30, 114.005, 30.01)]] }
  expect(surfaceOf(ring) / surfaceOf(square)).toBeCloseTo(0.5, 6)
})
