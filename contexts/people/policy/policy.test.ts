import fc from 'fast-check'
import { expect, test } from 'vitest'
import { publicActor, systemActor } from '#kernel/actor.ts'
import { aPerson, aPost } from '../testing.ts'
import { columnsOf, registerResource } from './policy.ts'
import { policyOf } from './store.ts'

const policy = policyOf([
  { role: 'worker', permission: 'case.read', scope: 'area' },
  { role: 'worker', permission: 'case.handle', scope: 'organisation' },
  { role: 'desk', permission: 'case.read', scope: 'district' },
  { role: 'chief', permission: 'case.read', scope: 'city' },
])

test('a grant of area scope reaches what lies below the area of the post', () => {
  const worker = aPerson(aPost({ role: 'worker', areaCode: '990101001001' }))
  expect(policy.may(worker, 'case.read', { areaCode: '990101001001003' })).toBe(true)
  expect(policy.may(worker, 'case.read', { areaCode: '990101001001' })).toBe(true)
  expect(policy.may(worker, 'case.read', { areaCode: '990101001' })).toBe(false)
  expect(policy.may(worker, 'case.read', { areaCode: '990101001002001' })).toBe(false)
})

test('a grant of district scope reaches the whole district of the post and no other', () => {
  const desk = aPerson(aPost({ role: 'desk', areaCode: '990101001' }))
  expect(policy.may(desk, 'case.read', { districtCode: '990101', areaCode: '990101002001001' })).toBe(true)
  expect(policy.may(desk, 'case.read', { districtCode: '990102' })).toBe(false)
  expect(policy.may(desk, 'case.read', { areaCode: '990101009' })).toBe(true)
})

test('a post of a whole city reaches all its districts, a post without an area reaches everything', () => {
  const city = aPerson(aPost({ role: 'desk', areaCode: '9901' }))
  expect(policy.may(city, 'case.read', { districtCode: '990102' })).toBe(true)
  expect(policy.may(city, 'case.read', { districtCode: '880102' })).toBe(false)
  expect(policy.may(aPerson(aPost({ role: 'desk', areaCode: '' })), 'case.read', {})).toBe(true)
})

test('a grant of organisation scope reaches what the organisation of the post holds', () => {
  const post = aPost({ role: 'worker' })
  expect(policy.may(aPerson(post), 'case.handle', { organisationIds: ['other', post.organisationId] })).toBe(true)
  expect(policy.may(aPerson(post), 'case.handle', { organisationIds: ['other'] })).toBe(false)
  expect(policy.may(aPerson(post), 'case.handle', { areaCode: '990101' })).toBe(false)
})

test('without a subject the question is whether the right exists at all', () => {
  expect(policy.may(aPerson(aPost({ role: 'worker' })), 'case.handle')).toBe(true)
  expect(policy.may(aPerson(aPost({ role: 'desk' })), 'case.handle')).toBe(false)
})

test('rights come from posts: none for the public or for a person without a post, all for the rules of the platform', () => {
  expect(policy.may(publicActor, 'case.read')).toBe(false)
  expect(policy.may(aPerson(), 'case.read')).toBe(false)
  expect(policy.may(systemActor('sweep'), 'case.read', {})).toBe(true)
})

test('another post never takes a right away', () => {
  const post = fc
    .record({ role: fc.constantFrom('worker', 'desk', 'chief', 'guest'), areaCode: fc.constantFrom('', '9901', '990101', '990101001', '990102') })
    .map(aPost)
  const subject = fc.record({ areaCode: fc.constantFrom('990101', '990101001001', '990102001', '880101') })
  fc.assert(
    fc.property(fc.array(post, { maxLength: 3 }), post, subject, (posts, more, about) => {
      if (policy.may(aPerson(...posts), 'case.read', about)) expect(policy.may(aPerson(...posts, more), 'case.read', about)).toBe(true)
    }),
  )
})

test('screens are told every right with its reach, once', () => {
  const post = aPost({ role: 'worker', areaCode: '990101001001001', organisationId: 'o' })
  expect(policy.rights(aPerson(post, { ...post, id: 'again' }))).toEqual([
    { permission: 'case.read', scope: 'area', areaCode: '990101001001001', organisationId: 'o' },
    { permission: 'case.handle', scope: 'organisation', areaCode: '990101001001001', organisationId: 'o' },
  ])
})

test('a resource is registered once, and an unknown one is a bug', () => {
  registerResource('policy-test', { districtCode: 'district_code' })
  registerResource('policy-test', { districtCode: 'district_code' })
  expect(columnsOf('policy-test', 't')).toEqual({ districtCode: 't.district_code' })
  expect(() => registerResource('policy-test', { areaCode: 'area_code' })).toThrow('registered twice')
  expect(() => columnsOf('nothing')).toThrow('not registered')
})
