import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMs, instantOfMs } from '#kernel/clock.ts'
import { base32, codeOfStep, otpauthAddress, stepAt, stepOfCode } from './totp.ts'

// RFC 6238, appendix B, rows of SHA-1.
const secret = Buffer.from('12345678901234567890')

test.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('%i seconds after 1970 the code is %s (RFC 6238)', (seconds, code) => {
  const now = instantOfMs(seconds * 1000)
  expect(codeOfStep(secret, stepAt(now), 8)).toBe(code)
  expect(stepOfCode(secret, code.slice(2), now)).toBe(Math.floor(seconds / 30))
})

test('a code is good in its own step and in the neighbours, and nowhere else', () => {
  const now = instantOfMs(1_772_413_200_000)
  const code = codeOfStep(secret, stepAt(now))
  const at = (seconds: number) => stepOfCode(secret, code, addMs(now, seconds * 1000))
  expect([-30, 0, 29, 59].map(at)).toEqual(Array.from({ length: 4 }, () => stepAt(now)))
  expect([-31, 60].map(at)).toEqual([undefined, undefined])
})

test('what base 32 writes is read back by five bits a letter', () => {
  expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const bits = [...base32(bytes)].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
      expect(Array.from(bytes, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2))).toEqual([...bytes])
    }),
  )
})

test('the address names issuer and login, whatever signs they hold', () => {
  const address = new URL(otpauthAddress({ issuer: '呼应 Huying', login: 'li.example', secret }))
  expect(address.protocol).toBe('otpauth:')
  expect(address.searchParams.get('secret')).toBe(base32(secret))
  expect(address.searchParams.get('issuer')).toBe('呼应 Huying')
  expect(decodeURIComponent(address.pathname)).toContain('呼应 Huying:li.example')
})
