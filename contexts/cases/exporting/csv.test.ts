import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('whatever callers write comes back from the file as they wrote it', () => {
  const harmless = fc.string({ unit: 'binary' }).filter((text) => !/^[=+\-@\t\r]/.test(text) && text.isWellFormed())
  fc.assert(
    fc.property(fc.array(harmless, { minLength: 2, maxLength: 6 }), (cells) => {
      expect(parse(csvLine(cells), { record_delimiter: '\r\n' })).toEqual([cells])
    }),
  )
})

test('a text that a spreadsheet would run as a formula stays a text', () => {
  for (const text of ['=1+1', '+86', '-1', '@name', '\tx']) expect(csvLine([text]).startsWith(`'${text}`)).toBe(true)
  expect(csvLine([-1, null, '路灯'])).toBe('-1,,路灯\r\n')
})
