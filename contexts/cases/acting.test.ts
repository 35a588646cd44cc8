import { expect, test } from 'vitest'
import { aPerson, aPost } from '#contexts/people/testing.ts'
import type { Policy } from '#contexts/people/index.ts'
import { newId } from '#kernel/id.ts'
import { actingOn } from './acting.ts'
import type { CaseRecord } from './record.ts'

const lead = newId()
const own = aPost({ role: 'dispatcher' })
const stoodIn = aPost({ role: 'grid_worker', organisationId: lead })
const twin = aPost({ role: 'grid_worker', organisationId: lead })
const aCase = (parts: Partial<CaseRecord> = {}): CaseRecord =>
  ({ districtCode: '990101', areaCode: '990101001', leadOrganisationId: lead, leadPostId: null, organisationIds: [lead], ...parts }) as CaseRecord
/** Grid workers handle, dispatchers dispatch, both read. */
const policy = {
  may: ({ posts }: Parameters<Policy['may']>[0], permission: string) =>
    posts.some(({ role }) => permission === 'case.read' || permission === (role === 'dispatcher' ? 'case.dispatch' : 'case.handle')),
} as unknown as Policy
const firstBy = (permission: string, record = aCase()) => actingOn(aPerson(own, stoodIn, twin), record, policy, permission).posts[0]

test('of several posts the one that permits the act stands first, and of those the one that the case is given to', () => {
  expect(firstBy('case.dispatch')).toBe(own)
  expect(firstBy('case.handle')).toBe(stoodIn)
  expect(firstBy('case.handle', aCase({ leadPostId: twin.id }))).toBe(twin)
  expect(firstBy('case.read')).toBe(stoodIn)
  expect(firstBy('case.read', aCase({ leadOrganisationId: null, organisationIds: [] }))).toBe(own)
})

test('nobody loses a post by it, and who has one post is left alone', () => {
  const actor = aPerson(own, stoodIn, twin)
  expect(new Set(actingOn(actor, aCase(), policy, 'case.handle').posts)).toEqual(new Set(actor.posts))
  expect(actingOn(actor, aCase(), policy, 'people.edit')).toBe(actor)
  const single = aPerson(own)
  expect(actingOn(single, aCase(), policy, 'case.handle')).toBe(single)
})
