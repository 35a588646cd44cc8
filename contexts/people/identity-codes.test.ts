import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCreditCode, isIdentityNumber } from './identity-codes.ts'

const identityNumber = '11010519491231002X'
const creditCode = '91350100M000100Y43'

describe('居民身份证号码 (GB 11643)', () => {
  test('the standard’s own sample is valid, with a small x as well', () => {
    expect(isIdentityNumber(identityNumber)).toBe(true)
    expect(isIdentityNumber('11010519491231002x')).toBe(true)
  })

  test.each([
    ['another check character', '110105194912310021'],
    ['a thirteenth month', '11010519491331002X'],
    ['a thirty-first of April', '11010519490431002X'],
    ['a birthday in 1849', '11010518491231002X'],
    ['fifteen digits of the old form', '110105491231002'],
    ['a letter in the middle', '1101051949A231002X'],
    ['nothing', ''],
  ])('with %s it is not', (_what, text) => {
    expect(isIdentityNumber(text)).toBe(false)
  })

  test('one wrong digit is always found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digit = (Number(identityNumber[at]) + by) % 10
        expect(isIdentityNumber(`${identityNumber.slice(0, at)}${digit}${identityNumber.slice(at + 1)}`)).toBe(false)
      }),
    )
  })
})

describe('统一社会信用代码 (GB 32100)', () => {
  test('the sample is valid', () => {
    expect(isCreditCode(creditCode)).toBe(true)
  })

  test.each([
    ['another check character', '91350100M000100Y44'],
    ['a letter that the alphabet leaves out', '91350100I000100Y43'],
    ['small letters', '91350100m000100y43'],
    ['seventeen characters', '91350100M000100Y4'],
    ['nothing', ''],
  ])('with %s it is not', (_what, text) => {
    expect(isCreditCode(text)).toBe(false)
  })

  test('one wrong character is always found', () => {
    const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...letters), (at, letter) => {
        const changed = `${creditCode.slice(0, at)}${letter}${creditCode.slice(at + 1)}`
        expect(isCreditCode(changed)).toBe(changed === creditCode)
      }),
    )
  })
})
