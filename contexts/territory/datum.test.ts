import fc from 'fast-check'
import { expect, test } from 'vitest'
import { convertPoint, toCgcs2000, type Datum } from './datum.ts'

// china.md 6.1.
const golden: readonly [Datum, number, number, Datum, number, number][] = [
  ['WGS84', 116.403988, 39.914266, 'BD09', 116.41661560068297, 39.92196580126834],
  ['GCJ02', 123, 45, 'WGS84', 122.99395597229677, 44.99804071696977],
  ['WGS84', 113.264385, 23.129112, 'GCJ02', 113.26971458288735, 23.126435336538538],
  ['WGS84', 139.69, 35.68, 'GCJ02', 139.69, 35.68],
]

test.each(golden)('%s %f,%f is in %s what the published vectors say', (...[from, lng, lat, to, lngOut, latOut]) => {
  const out = convertPoint({ lng, lat }, from, to)
  expect(Math.abs(out.lng - lngOut)).toBeLessThan(1e-6)
  expect(Math.abs(out.lat - latOut)).toBeLessThan(1e-6)
})

test('the same vectors hold forwards to the last printed digit but one', () => {
  for (const [from, lng, lat, to, lngOut, latOut] of golden.filter(([from]) => from === 'WGS84')) {
    const out = convertPoint({ lng, lat }, from, to)
    expect(Math.abs(out.lng - lngOut) + Math.abs(out.lat - latOut)).toBeLessThan(1e-12)
  }
})

const inChina = fc.record({ lng: fc.double({ min: 74, max: 135, noNaN: true }), lat: fc.double({ min: 3, max: 53, noNaN: true }) })

test('every conversion undoes itself within a millimetre anywhere in China', () => {
  fc.assert(
    fc.property(inChina, fc.constantFrom<Datum>('GCJ02', 'BD09'), (point, datum) => {
      const back = convertPoint(convertPoint(point, 'CGCS2000', datum), datum, 'CGCS2000')
      expect(Math.abs(back.lng - point.lng) + Math.abs(back.lat - point.lat)).toBeLessThan(1e-8)
    }),
    { numRuns: 2000 },
  )
})

test('the shift stays below a kilometre, so a wrong datum is never taken for a wrong city', () => {
  fc.assert(
    fc.property(inChina, (point) => {
      const out = convertPoint(point, 'WGS84', 'GCJ02')
      expect(Math.max(Math.abs(out.lng - point.lng), Math.abs(out.lat - point.lat))).toBeLessThan(0.015)
    }),
  )
})

test('a stored point of CGCS2000 or WGS84 is what was given', () => {
  const point = { lng: 114.123456789012, lat: 30.5 }
  expect(toCgcs2000(point, 'WGS84')).toEqual(point)
  expect(toCgcs2000(point, 'CGCS2000')).toEqual(point)
  expect(toCgcs2000(convertPoint(point, 'WGS84', 'GCJ02'), 'GCJ02')).toEqual({ lng: 114.12345679, lat: 30.5 })
})
