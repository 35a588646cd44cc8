import { expect, test } from 'vitest'
import { amountWords, isReached } from './amounts.ts'

test('an amount reads as people say it: cases grouped, shares in percent, hours up to two days and then days', () => {
  expect([
    amountWords(1204, 'cases', 'zh'),
    amountWords(0.927, 'share', 'zh'),
    amountWords(5.34, 'hours', 'zh'),
    amountWords(60, 'hours', 'zh'),
  ]).toEqual(['1,204 件', '92.7%', '5.3 小时', '2.5 天'])
  expect([amountWords(1, 'cases', 'en'), amountWords(72, 'hours', 'en')]).toEqual(['1 case', '3.0 days'])
})

test('a target is reached on its better side', () => {
  expect([isReached(0.95, 0.95, 'high'), isReached(0.94, 0.95, 'high'), isReached(3, 0, 'low'), isReached(0, 0, 'low')]).toEqual([
    true,
    false,
    false,
    true,
  ])
})
