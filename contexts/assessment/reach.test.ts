import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Policy } from '#contexts/people/index.ts'
import { aPerson, aPost } from '#contexts/people/testing.ts'
import { districtsIn, wholeDistricts } from './reach.ts'

const districts = ['990101', '990102', '880101'] as never

test('an area names the districts that it lies in or holds', () => {
  expect(districtsIn(districts, undefined)).toEqual(districts)
  expect(districtsIn(districts, '9901')).toEqual(['990101', '990102'])
  expect(districtsIn(districts, '990102001')).toEqual(['990102'])
})

/** A policy that gives these rights; which predicate it makes is not looked at here. */
const giving = (...rights: readonly { scope: string; areaCode: string }[]): Policy =>
  ({
    rights: () => rights.map((right) => ({ ...right, permission: 'figures.read', organisationId: '' })),
    visible: () => sql<boolean>`true`,
  }) as unknown as Policy

test('only rights over whole districts, asked about no smaller area, go by the district alone', () => {
  const actor = aPerson(aPost({ role: 'leader', areaCode: '990101' }))
  const goes = (policy: Policy, areaCode?: string): boolean =>
    wholeDistricts(policy, actor, { permissions: ['figures.read'], areaCode, column: 'p.district_code' }) !== undefined
  expect(goes(giving({ scope: 'district', areaCode: '990101001' }))).toBe(true)
  expect(goes(giving({ scope: 'area', areaCode: '9901' }), '990101')).toBe(true)
  expect(goes(giving({ scope: 'district', areaCode: '990101' }), '990101001')).toBe(false)
  expect(goes(giving({ scope: 'area', areaCode: '990101001' }))).toBe(false)
  expect(goes(giving({ scope: 'district', areaCode: '990101' }, { scope: 'organisation', areaCode: '990101' }))).toBe(false)
})
