import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfFormat, timeReader } from './time.ts'

const newYork = 'America/New_York'

test('times without an offset are read in the zone of the source, summer and winter', () => {
  const read = timeReader('iso', newYork)
  expect(read('2014-01-03T03:30:00')).toBe('2014-01-03T08:30:00.000Z')
  expect(read('2015-06-29 04:30:00')).toBe('2015-06-29T08:30:00.000Z')
  expect(read('2015-06-29')).toBe('2015-06-29T04:00:00.000Z')
  expect(read('2015-06-29T04:30:00+08:00')).toBe('2015-06-28T20:30:00.000Z')
  expect(timeReader('iso', 'Asia/Shanghai')('2026-03-02 09:00')).toBe('2026-03-02T01:00:00.000Z')
})

test('patterns read what other cities write', () => {
  const american = timeReader('MM/dd/yyyy hh:mm:ss a', newYork)
  expect(american('01/02/2019 12:05:00 AM')).toBe('2019-01-02T05:05:00.000Z')
  expect(american('1/2/2019 1:05:00 pm')).toBe('2019-01-02T18:05:00.000Z')
  expect(timeReader('yyyy年MM月dd日 HH:mm', 'Asia/Shanghai')('2026年3月2日 9:05')).toBe('2026-03-02T01:05:00.000Z')
  expect(timeReader('yyyy/MM/dd', 'Asia/Shanghai')('2026/03/02')).toBe('2026-03-01T16:00:00.000Z')
})

test('what is no existing time is not read', () => {
  const iso = timeReader('iso', newYork)
  for (const text of ['', 'yesterday', '2014-02-30T00:00:00', '2014-01-01T24:00:00', '2014-01-01T10:61:00', '14-01-01'])
    expect(iso(text), text).toBeUndefined()
  const american = timeReader('MM/dd/yyyy hh:mm:ss a', newYork)
  for (const text of ['13/01/2019 01:00:00 AM', '01/02/2019 13:00:00 AM', '01/02/2019 00:10:00 PM', '01/02/2019'])
    expect(american(text), text).toBeUndefined()
})

test('order is kept across the hours that the clock repeats and skips', () => {
  const read = timeReader('iso', newYork)
  // Around 8 March and 1 November 2020, when New York's clocks were changed.
  const minute = fc.integer({ min: 0, max: 6 * 60 - 1 })
  const day = fc.constantFrom('2020-03-08', '2020-11-01', '2020-07-04')
  const text = (date: string, m: number): string => `${date}T${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}:00`
  fc.assert(
    fc.property(day, minute, minute, (date, a, b) => {
      const [one = '', two = ''] = [read(text(date, Math.min(a, b))), read(text(date, Math.max(a, b)))]
      expect(one <= two).toBe(true)
    }),
  )
  expect(read('2020-03-08T02:30:00')).toBe('2020-03-08T07:00:00.000Z')
  expect(read('2020-11-01T01:30:00')).toBe('2020-11-01T05:30:00.000Z')
})

test('one letter reads what two do, and a pattern that could read nothing says why', () => {
  expect(timeReader('d.M.yyyy H:mm', 'Europe/Berlin')('1.3.2026 9:05')).toBe('2026-03-01T08:05:00.000Z')
  expect(timeReader('dd.MM.yyyy HH:mm', 'Europe/Berlin')('1.3.2026 9:05')).toBe('2026-03-01T08:05:00.000Z')
  for (const format of ['iso', 'yyyy-MM-ddTHH:mm:ss', 'M/d/yyyy h:mm a', 'yyyy年M月d日', 'yyyyMMddHHmmss'])
    expect(faultOfFormat(format), format).toBeNull()
  for (const format of ['', 'DD/MM/YYYY', 'yyyy-mm-dd', 'yyyy-MM-dd hh:mm', 'yyyy-MM-dd HH:mm XXX', 'yyyy-MM-dd MM:mm'])
    expect(faultOfFormat(format), format).toMatch(/“/)
})
