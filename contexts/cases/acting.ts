import type { Policy } from '#contexts/people/index.ts'
import type { Actor, Post } from '#kernel/actor.ts'
import { subjectOf, type CaseRecord } from './record.ts'

/**
 * The actor with the post first by which he acts on this case: events and steps name the first one. Of the posts that permit it, the one that the
 * case is given to; then one of the unit that leads it or has a part in it. Whoever stands in acts by the post stood in for where the own ones do not do.
 */
export function actingOn(actor: Actor, record: CaseRecord, policy: Policy, permission: string): Actor {
  if (actor.posts.length < 2) return actor
  const able = actor.posts.filter((post) => policy.may({ ...actor, posts: [post] }, permission, subjectOf(record)))
  const isOf = (post: Post): boolean => record.organisationIds.includes(post.organisationId)
  const first =
    able.find(({ id }) => id === record.leadPostId) ??
    able.find(({ organisationId }) => organisationId === record.leadOrganisationId) ??
    able.find(isOf) ??
    able[0]
  return first === undefined ? actor : { ...actor, posts: [first, ...actor.posts.filter((post) => post !== first)] }
}
