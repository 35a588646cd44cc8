import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextLocalCode } from './local-code.ts'

test('a city’s own classes are numbered downwards from 999 within their large class', () => {
  expect(nextLocalCode('06', ['06001', '06052'])).toBe('06999')
  expect(nextLocalCode('06', ['06999', '06998', '06052', '01997'])).toBe('06997')
})

test('a full large class is refused by name', () => {
  const all = Array.from({ length: 999 }, (_, index) => `10${String(index + 1).padStart(3, '0')}`)
  expect(() => nextLocalCode('10', all)).toThrow('10')
})

test('no number is given twice, and none that is free is passed over', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 200 }), (numbers) => {
      const taken = numbers.map((number) => `02${String(number).padStart(3, '0')}`)
      const code = nextLocalCode('02', taken)
      expect(taken).not.toContain(code)
      for (let above = Number(code.slice(2)) + 1; above <= 999; above += 1) expect(taken).toContain(`02${String(above).padStart(3, '0')}`)
    }),
  )
})
