import { expect, test } from 'vitest'
import { movableClock } from '#kernel/clock.ts'
import { homeDistrict } from '../home-district.ts'
import { attemptLimit } from './attempts.ts'
import { passwordFault } from './password-rule.ts'

test.each([
  ['Short-1', 'tooShort'],
  ['only-small-letters', 'tooFewKinds'],
  ['Zhang.San-2026', 'containsLogin'],
  [`Aa1${'x'.repeat(126)}`, 'tooLong'],
  ['Bridge-2026-river', undefined],
  ['桥Bri-2026', 'tooShort'],
  ['大桥小河Bridge2026', undefined],
])('the new password %s is judged %s', (password, fault) => {
  expect(passwordFault(password, 'zhang.san')).toBe(fault)
})

test('tries are counted per key in windows of time', () => {
  const clock = movableClock('2026-03-02T01:00:00Z')
  const limit = attemptLimit({ max: 2, windowMs: 60_000 })
  const take = (key: string): boolean => limit.take(key, clock.now())
  expect([take('a'), take('a'), take('a'), take('b')]).toEqual([true, true, false, true])
  clock.advance({ seconds: 59 })
  expect(take('a')).toBe(false)
  clock.advance({ seconds: 1 })
  expect(take('a')).toBe(true)
})

test('what happens to an account is kept in the log of a district that exists', () => {
  expect(homeDistrict('990102001', ['990101'])).toBe('990102')
  expect(homeDistrict('9901', ['880101', '990102', '990101'])).toBe('990101')
  expect(homeDistrict('', ['990102', '990101'])).toBe('990101')
  expect(homeDistrict('7701', ['990101'])).toBe('990101')
  expect(homeDistrict('', [])).toBe('000000')
})
