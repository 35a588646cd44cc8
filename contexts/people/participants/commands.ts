import type { Actor } from '#kernel/actor.ts'
import { addDays, addMs, instantAt, localDate, type Instant, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { newToken, tokenHash } from '#platform/password.ts'
import type { Secrets } from '#platform/secret.ts'
import { peopleEvent, type PeopleEventType } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import { screenRole } from '../lifecycle.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { signInSettings } from '../sign-in/settings.ts'
import { appointIn, type NewPost, type Staffing } from '../staffing/commands.ts'
import * as people from '../store.ts'
import { inTurn, onceInTurn } from '../taking-turns/commands.ts'
import { isOpen, linkRefusal, participantRole } from './link.ts'
import type { PostLink } from './link-row.ts'
import * as store from './store.ts'

type PeopleTx = Tx<people.PeopleTables>

/** A new link. `token` is told here once and never again; whoever has it may act for the post. */
export interface MadeLink {
  readonly linkId: string
  readonly token: string
  readonly validUntil: LocalDate
}

export interface OpenedSession {
  readonly token: string
  readonly expiresAt: Instant
  readonly isScreen: boolean
}

/** Begins the tokens of sessions that a link opened, so that the cookie says where to look. */
const linkMark = 'link.'

/** Takes somebody on who takes part without an account: a person, a post of the role participant, and a link to it. */
export async function createParticipant(
  doing: Doing,
  ground: Staffing,
  asked: Omit<NewPost, 'personId' | 'role'> & { readonly code: string; readonly name: string; readonly linkUntil: LocalDate },
): Promise<{ postId: string } & MadeLink> {
  const { code, name, linkUntil, ...seat } = asked
  const { tokenBox, ...made } = await onceInTurn(doing, 'createParticipant', async (tx) => {
    const { persons } = await people.readStaffKeys(tx)
    if (persons.has(code)) throw refuse.staffNumberTaken({ code }, 'code')
    const person = { id: newId(), code, name, sample: false }
    await people.insertStaff(tx, { organisations: [], persons: [person], accounts: [], posts: [] })
    const post = await appointIn(tx, doing, ground, { ...seat, personId: person.id, role: participantRole })
    return { postId: post.id, ...(await makeLink(tx, doing, ground.secrets, post, linkUntil)) }
  })
  return { ...made, token: ground.secrets.decrypt(tokenBox) }
}

/** Another link to a participant's post, for a new telephone or after the former one ran out. The former ones stay until they end or are revoked. */
export async function createLink(
  doing: Doing,
  { policy, secrets }: Pick<Staffing, 'policy' | 'secrets'>,
  postId: string,
  validUntil: LocalDate,
): Promise<MadeLink> {
  const { tokenBox, ...made } = await onceInTurn(doing, 'createLink', async (tx) =>
    makeLink(tx, doing, secrets, await mayTend(tx, doing, policy, postId), validUntil),
  )
  return { ...made, token: secrets.decrypt(tokenBox) }
}

/** Closes a link: it opens nothing any more, and what it opened is shut. Doing it again changes nothing. */
export async function revokeLink(doing: Doing, policy: Policy, linkId: string): Promise<{ id: string }> {
  return inTurn(doing, async (tx) => {
    const link = await store.lockLink(tx, linkId)
    if (!link) throw refuse.noSuchLink()
    const post = await mayTend(tx, doing, policy, link.postId)
    if (link.revokedAt !== null) return { id: link.id }
    await store.revoke(tx, link.id, doing.clock.now())
    await say(tx, doing, 'people.link_revoked', link.id, post.areaCode)
    return { id: link.id }
  })
}

/** Links of a post as lists show them: never the token. */
export async function listLinks(doing: Doing, policy: Policy, postId: string): Promise<(PostLink & { open: boolean })[]> {
  return inTransaction<people.PeopleTables, (PostLink & { open: boolean })[]>(doing.database, async (tx) => {
    const post = await mayTend(tx, doing, policy, postId)
    const isOver = post.validTo !== null && post.validTo <= today(doing.clock.now())
    return (await store.linksOf(tx, post.id)).map((link) => ({ ...link, open: !isOver && isOpen(link, today(doing.clock.now())) }))
  })
}

/** Opens a session for the post of a link, that of a wall until the link ends. From every browser a session of its own; every opening is an event. One answer for every link that opens nothing. */
export async function openLink(doing: Doing, token: string): Promise<OpenedSession> {
  const now = doing.clock.now()
  return inTransaction<people.PeopleTables, OpenedSession>(doing.database, async (tx) => {
    const link = await store.findByToken(tx, tokenHash(token), today(now))
    if (!link || !isOpen(link, today(now))) throw refuse.linkOpensNothing()
    await store.deleteEndedLinkSessions(tx, now, addMs(now, -signInSettings.idleMs))
    const session = `${linkMark}${newToken()}`
    const isScreen = link.role === screenRole
    const expiresAt = isScreen ? instantAt(addDays(link.validUntil, 1), 0, signInSettings.timeZone) : addMs(now, signInSettings.sessionMs)
    // A wall is switched off at night and nobody is there to open it again, so it counts as seen until its end.
    const lastSeenAt = isScreen ? expiresAt : now
    await store.insertLinkSession(tx, { tokenHash: tokenHash(session), linkId: link.linkId, createdAt: now, lastSeenAt, expiresAt })
    await say(tx, { ...doing, actor: actorOf(link) }, 'people.link_opened', link.linkId, link.areaCode)
    return { token: session, expiresAt, isScreen }
  })
}

/** Who is behind the session of a link: the person with that one post. Null when the session, the link, the post or the organisation ended. */
export async function linkActor({ database, clock }: Pick<Doing, 'database' | 'clock'>, token: string): Promise<Actor | null> {
  if (!token.startsWith(linkMark)) return null
  const now = clock.now()
  const hash = tokenHash(token)
  return inTransaction<people.PeopleTables, Actor | null>(database, async (tx) => {
    const on = today(now)
    const found = await store.findLinkSession(tx, hash, { on, now, idleSince: addMs(now, -signInSettings.idleMs) })
    if (!found || !isOpen(found, on)) return null
    if (addMs(found.lastSeenAt, signInSettings.touchEveryMs) <= now) await store.touchLinkSession(tx, hash, now)
    return actorOf(found)
  })
}

/** Ends the session of a link; nothing happens when there is none. */
export async function closeLinkSession(doing: Doing, token: string): Promise<void> {
  if (!token.startsWith(linkMark)) return
  await inTransaction<people.PeopleTables, void>(doing.database, async (tx) => {
    const ended = await store.deleteLinkSession(tx, tokenHash(token))
    if (ended) await say(tx, doing, 'people.link_closed', ended.linkId, doing.actor.posts[0]?.areaCode ?? '')
  })
}

// The receipt of the command keeps the token encrypted.
async function makeLink(
  tx: PeopleTx,
  doing: Doing,
  secrets: Secrets,
  post: people.ListedPost,
  validUntil: LocalDate,
): Promise<Omit<MadeLink, 'token'> & { readonly tokenBox: string }> {
  const now = doing.clock.now()
  const refusal = linkRefusal(post, validUntil, today(now))
  if (refusal) throw refusal
  const token = newToken()
  const made = { createdAt: now, createdBy: doing.actor.personId, lastOpenedAt: null, revokedAt: null }
  const link: PostLink = { id: newId(), postId: post.id, tokenHash: tokenHash(token), validUntil, ...made }
  await store.insertLink(tx, link)
  await say(tx, doing, 'people.link_made', link.id, post.areaCode)
  return { linkId: link.id, tokenBox: secrets.encrypt(token), validUntil }
}

async function mayTend(tx: PeopleTx, doing: Doing, policy: Policy, postId: string): Promise<people.ListedPost> {
  const post = await people.lockPost(tx, postId)
  const subject = { areaCode: post?.areaCode, organisationIds: post ? [post.organisationId] : [] }
  if (!post || !policy.may(doing.actor, 'people.read', subject)) throw refuse.noSuchPost()
  if (!policy.may(doing.actor, 'people.edit', subject)) throw refuse.notYours({ permission: 'people.edit' })
  return post
}

function actorOf({ id, organisationId, role, areaCode, validFrom, validTo, personId, personName }: store.OpenedLink): Actor {
  return { kind: 'person', personId, name: personName, posts: [{ id, organisationId, role, areaCode, validFrom, validTo }] }
}

async function say(tx: PeopleTx, doing: Doing, type: PeopleEventType, linkId: string, areaCode: string): Promise<void> {
  const districtCode = homeDistrict(areaCode, await people.openDistricts(tx))
  await emit(tx, doing, [peopleEvent(type, { districtCode, subjectId: linkId, happenedAt: doing.clock.now() })])
}

// Posts and links begin and end at the city's midnight.
function today(now: Instant): LocalDate {
  return localDate(now, signInSettings.timeZone)
}
