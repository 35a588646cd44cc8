import { expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { findAdministratorClash, type HeldPost } from './administrators.ts'

const held = (personId: string, role: string, validFrom = '2026-01-01', validTo: string | null = null): HeldPost => ({
  personId,
  role,
  validFrom: validFrom as LocalDate,
  validTo: validTo as LocalDate | null,
})

test('one person holds at most one of the three administrator roles', () => {
  expect(findAdministratorClash([held('a', 'system_admin'), held('a', 'audit_admin')])).toEqual({
    personId: 'a',
    roles: ['system_admin', 'audit_admin'],
  })
  expect(findAdministratorClash([held('a', 'security_admin', '2026-06-01'), held('a', 'audit_admin', '2026-01-01', '2026-06-02')])).toBeDefined()
})

test('three persons, other roles and two posts of the same role are fine', () => {
  expect(findAdministratorClash([held('a', 'system_admin'), held('b', 'security_admin'), held('c', 'audit_admin')])).toBeUndefined()
  expect(findAdministratorClash([held('a', 'system_admin'), held('a', 'system_admin'), held('a', 'handler')])).toBeUndefined()
})

test('one after the other is no clash: the end day is already free', () => {
  expect(findAdministratorClash([held('a', 'system_admin', '2026-01-01', '2026-06-01'), held('a', 'audit_admin', '2026-06-01')])).toBeUndefined()
  expect(findAdministratorClash([held('a', 'system_admin', '2026-06-01', '2026-06-01'), held('a', 'audit_admin')])).toBeUndefined()
})

test('a clash is found behind a harmless post of the same role', () => {
  const posts = [held('a', 'system_admin', '2020-01-01', '2021-01-01'), held('a', 'system_admin'), held('a', 'audit_admin')]
  expect(findAdministratorClash(posts)?.personId).toBe('a')
})
