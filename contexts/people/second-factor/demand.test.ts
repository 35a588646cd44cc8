import { expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { demandOf, ruleOn, type FactorRule } from './demand.ts'

const day = (text: string): LocalDate => text as LocalDate
const rules: FactorRule[] = [
  { role: 'system_admin', effectiveFrom: day('2000-01-01'), demand: 'ask' },
  { role: 'system_admin', effectiveFrom: day('2026-04-01'), demand: 'require' },
  { role: 'dispatcher', effectiveFrom: day('2026-03-02'), demand: 'require' },
]
const on = (date: string, roles: string[], sample = false) => demandOf(rules, roles, { on: day(date), sample })

test('the latest row that has begun holds', () => {
  expect(on('2026-03-31', ['system_admin'])).toBe('ask')
  expect(on('2026-04-01', ['system_admin'])).toBe('require')
  expect(ruleOn(rules, 'dispatcher', day('2026-03-01'))).toBeUndefined()
})

test('of several roles the strongest demand holds, and a role without a rule asks nothing', () => {
  expect(on('2026-03-02', ['system_admin', 'dispatcher'])).toBe('require')
  expect(on('2026-03-02', ['handler'])).toBe('none')
  expect(on('2026-03-02', [])).toBe('none')
})

test('an invented person is invited, never forced', () => expect(on('2026-04-01', ['system_admin'], true)).toBe('ask'))
