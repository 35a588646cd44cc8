import type { Post } from '#kernel/actor.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { insertRows, type Tx } from '#platform/database/database.ts'
import type { PeopleTables } from '../store.ts'
import type { LinkTables, PostLink } from './link-row.ts'

type LinkTx = Tx<PeopleTables>

export async function insertLink(tx: LinkTx, link: PostLink): Promise<void> {
  await insertRows(tx, 'people.post_link', [link])
}

/** Links of a post, the newest first. */
export async function linksOf(tx: LinkTx, postId: string): Promise<PostLink[]> {
  return tx.selectFrom('people.postLink').selectAll().where('postId', '=', postId).orderBy('id', 'desc').execute()
}

export async function lockLink(tx: LinkTx, id: string): Promise<PostLink | undefined> {
  return tx.selectFrom('people.postLink').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** A link with the post that it opens, where post and organisation are in force on the day. */
export interface OpenedLink extends Post {
  linkId: string
  validUntil: LocalDate
  revokedAt: Instant | null
  personId: string
  personName: string
}

function links(tx: LinkTx, on: LocalDate) {
  return tx
    .selectFrom('people.postLink as link')
    .innerJoin('people.post as post', 'post.id', 'link.postId')
    .innerJoin('people.organisation as organisation', 'organisation.id', 'post.organisationId')
    .innerJoin('people.person as person', 'person.id', 'post.personId')
    .select(['post.id', 'post.organisationId', 'post.role', 'post.areaCode', 'post.validFrom', 'post.validTo'])
    .select(['link.id as linkId', 'link.validUntil', 'link.revokedAt', 'person.id as personId', 'person.name as personName'])
    .where('post.validFrom', '<=', on)
    .where('organisation.validFrom', '<=', on)
    .where((e) => e.or([e('post.validTo', 'is', null), e('post.validTo', '>', on)]))
    .where((e) => e.or([e('organisation.validTo', 'is', null), e('organisation.validTo', '>', on)]))
}

export async function findByToken(tx: LinkTx, tokenHash: string, on: LocalDate): Promise<OpenedLink | undefined> {
  return links(tx, on).where('link.tokenHash', '=', tokenHash).executeTakeFirst()
}

export interface FoundLinkSession extends OpenedLink {
  lastSeenAt: Instant
}

/** A session of a link that is neither past its end nor unused since `idleSince`. */
export async function findLinkSession(
  tx: LinkTx,
  tokenHash: string,
  { on, now, idleSince }: { on: LocalDate; now: Instant; idleSince: Instant },
): Promise<FoundLinkSession | undefined> {
  return links(tx, on)
    .innerJoin('people.linkSession as session', 'session.linkId', 'link.id')
    .select('session.lastSeenAt')
    .where('session.tokenHash', '=', tokenHash)
    .where('session.expiresAt', '>', now)
    .where('session.lastSeenAt', '>', idleSince)
    .executeTakeFirst()
}

export async function insertLinkSession(tx: LinkTx, session: LinkTables['people.linkSession']): Promise<void> {
  await tx.insertInto('people.linkSession').values(session).execute()
  await tx.updateTable('people.postLink').set({ lastOpenedAt: session.createdAt }).where('id', '=', session.linkId).execute()
}

export async function touchLinkSession(tx: LinkTx, tokenHash: string, now: Instant): Promise<void> {
  await tx.updateTable('people.linkSession').set({ lastSeenAt: now }).where('tokenHash', '=', tokenHash).execute()
}

/** Returns the link whose session it was. */
export async function deleteLinkSession(tx: LinkTx, tokenHash: string): Promise<{ linkId: string } | undefined> {
  return tx.deleteFrom('people.linkSession').where('tokenHash', '=', tokenHash).returning('linkId').executeTakeFirst()
}

export async function deleteEndedLinkSessions(tx: LinkTx, now: Instant, idleSince: Instant): Promise<void> {
  await tx
    .deleteFrom('people.linkSession')
    .where((e) => e.or([e('expiresAt', '<=', now), e('lastSeenAt', '<=', idleSince)]))
    .execute()
}

/** Closes a link and every session that it opened. */
export async function revoke(tx: LinkTx, id: string, at: Instant): Promise<void> {
  await tx.updateTable('people.postLink').set({ revokedAt: at }).where('id', '=', id).execute()
  await tx.deleteFrom('people.linkSession').where('linkId', '=', id).execute()
}

export async function deleteSessionsOfPost(tx: LinkTx, postId: string): Promise<void> {
  const own = tx.selectFrom('people.postLink').select('id').where('postId', '=', postId)
  await tx.deleteFrom('people.linkSession').where('linkId', 'in', own).execute()
}
