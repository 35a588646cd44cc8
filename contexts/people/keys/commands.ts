import type { Actor } from '#kernel/actor.ts'
import { addMs, type LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { newToken, tokenHash } from '#platform/password.ts'
import { answerOnce } from '#platform/receipt.ts'
import type { Secrets } from '#platform/secret.ts'
import { peopleEvent } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import { keyRole } from '../lifecycle.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { dayOf } from '../sign-in/charging/commands.ts'
import { signInSettings } from '../sign-in/settings.ts'
import { findOrganisation } from '../staffing/store.ts'
import { insertStaff, openDistricts, setPostEnd, type PeopleTables } from '../store.ts'
import * as store from './store.ts'

type PeopleTx = Tx<PeopleTables>

/** Begins every key, so that one that leaked into a file is found by a search. */
const KEY_START = 'hyk_'
const SHOWN_LETTERS = 12

export interface NewKey {
  /** Name of the system, such as 排水监测平台. */
  readonly name: string
  readonly organisationId: string
  readonly validTo: LocalDate
  readonly callsPerMinute: number
}

/** Makes a key for the system of an organisation, from today on. The secret is told here once and kept as a hash only. */
export async function createKey(
  doing: Doing,
  { policy, secrets }: { policy: Policy; secrets: Secrets },
  asked: NewKey,
): Promise<{ key: store.ListedKey; secret: string }> {
  const { personId: createdByPersonId } = doing.actor
  if (createdByPersonId === null) throw refuse.notSignedIn()
  const now = doing.clock.now()
  const today = dayOf(now)
  if (asked.validTo <= today) throw refuse.endBeforeStart({}, 'validTo')
  const secret = `${KEY_START}${newToken()}`
  const begin = async (tx: PeopleTx): Promise<DistrictCode> => homeDistrict('', await openDistricts(tx))
  const made = await answerOnce<PeopleTables, { id: string; secretBox: string }>(doing, begin, 'createKey', async (tx) => {
    const organisation = await findOrganisation(tx, asked.organisationId)
    if (!organisation) throw refuse.noSuchOrganisation({}, 'organisationId')
    if (organisation.validFrom > today || (organisation.validTo !== null && organisation.validTo <= today))
      throw refuse.organisationNotThen({ on: today }, 'organisationId')
    const { areaCode } = organisation
    if (!policy.may(doing.actor, 'people.keys', { areaCode, organisationIds: [organisation.id] }))
      throw refuse.notYours({ permission: 'people.keys' })
    const [id, prefix] = [newId(), secret.slice(0, SHOWN_LETTERS)]
    const person = { id: newId(), code: `system-${prefix}`, name: asked.name, sample: false }
    const period = { validFrom: today, validTo: asked.validTo }
    const post = { id: newId(), personId: person.id, organisationId: organisation.id, role: keyRole, areaCode, ...period }
    await insertStaff(tx, { organisations: [], persons: [person], accounts: [], posts: [post] })
    const { callsPerMinute } = asked
    await store.insertKey(tx, { id, postId: post.id, prefix, keyHash: tokenHash(secret), callsPerMinute, createdAt: now, createdByPersonId })
    await say(tx, doing, 'people.key_made', { id, areaCode }, { organisationId: organisation.id, validTo: asked.validTo })
    return { id, secretBox: secrets.encrypt(secret) }
  })
  const key = await inTransaction<PeopleTables, store.ListedKey>(doing.database, (tx) => keyOf(tx, made.id))
  return { key, secret: secrets.decrypt(made.secretBox) }
}

/** Takes a key back: it opens nothing from the next request on. Doing it again changes nothing. */
export async function revokeKey(doing: Doing, policy: Policy, id: string): Promise<store.ListedKey> {
  const now = doing.clock.now()
  return inTransaction<PeopleTables, store.ListedKey>(doing.database, async (tx) => {
    const key = await store.lockKey(tx, id)
    if (!key || !policy.may(doing.actor, 'people.keys', { areaCode: key.areaCode, organisationIds: [key.organisationId] })) throw refuse.noSuchKey()
    if (key.revokedAt !== null) return key
    await store.revoke(tx, id, now)
    const today = dayOf(now)
    if (key.validTo === null || key.validTo > today) await setPostEnd(tx, key.postId, today)
    await say(tx, doing, 'people.key_revoked', key, {})
    return keyOf(tx, id)
  })
}

/** Who calls with a key, and how often it may; null when it opens nothing. Read each time, like a session. */
export async function actorOfKey(
  { database, clock }: Pick<Doing, 'database' | 'clock'>,
  secret: string,
): Promise<{ actor: Actor; keyId: string; callsPerMinute: number } | null> {
  const now = clock.now()
  return inTransaction(database, async (tx: PeopleTx) => {
    const found = await store.findKey(tx, tokenHash(secret), dayOf(now))
    if (!found) return null
    const { keyId, callsPerMinute, lastUsedAt, personId, name, ...post } = found
    if (lastUsedAt === null || addMs(lastUsedAt, signInSettings.touchEveryMs) <= now) await store.touchKey(tx, keyId, now)
    return { actor: { kind: 'person', personId, name, posts: [post], keyId }, keyId, callsPerMinute }
  })
}

async function keyOf(tx: PeopleTx, id: string): Promise<store.ListedKey> {
  const key = await store.lockKey(tx, id)
  if (!key) throw new Error(`key ${id} was written and is not there`)
  return key
}

async function say(
  tx: PeopleTx,
  doing: Doing,
  type: 'people.key_made' | 'people.key_revoked',
  { id, areaCode }: { id: string; areaCode: string },
  data: Readonly<Record<string, string>>,
): Promise<void> {
  const districtCode = homeDistrict(areaCode, await openDistricts(tx))
  await emit(tx, doing, [peopleEvent(type, { districtCode, subjectId: id, happenedAt: doing.clock.now(), data })])
}
