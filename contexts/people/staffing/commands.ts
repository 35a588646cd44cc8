import { randomInt } from 'node:crypto'
import { localDate, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { hashPassword } from '#platform/password.ts'
import type { Secrets } from '#platform/secret.ts'
import { findAdministratorClash, isAdministratorRole } from '../administrators.ts'
import { peopleEvent, type PeopleEventType } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import { isCreditCode } from '../identity-codes.ts'
import { rolesOfThings, type OrganisationKind } from '../lifecycle.ts'
import { foundingRefusal } from '../organising/structure.ts'
import { participantRefusal } from '../participants/link.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { signInSettings } from '../sign-in/settings.ts'
import { clearFailures } from '../sign-in/store.ts'
import * as people from '../store.ts'
import { onceInTurn } from '../taking-turns/commands.ts'
import { firstPassword } from './first-password.ts'
import * as store from './store.ts'

type PeopleTx = Tx<people.PeopleTables>

/** What the commands ask of the rest of the product. */
export interface Staffing {
  readonly policy: Policy
  /** Keeps a first password unreadable in the receipt of its command. */
  readonly secrets: Secrets
  /** Is this the code of an area today? */
  readonly isArea: (code: string) => boolean
}

export interface NewOrganisation {
  readonly code: string
  readonly name: Wording
  readonly kind: OrganisationKind
  readonly lineOrBlock: 'line' | 'block'
  readonly functionCode: string | null
  readonly creditCode: string | null
  readonly areaCode: string
  readonly parentId: string | null
}

/** Founds an organisation that exists from today on. */
export async function createOrganisation(
  doing: Doing,
  { policy, isArea }: Pick<Staffing, 'policy' | 'isArea'>,
  asked: NewOrganisation,
): Promise<people.ListedOrganisation> {
  if (asked.lineOrBlock === 'line' && asked.functionCode === null) throw refuse.lineNeedsFunction({}, 'functionCode')
  if (asked.creditCode !== null && !isCreditCode(asked.creditCode)) throw refuse.creditCode({ value: asked.creditCode }, 'creditCode')
  mustBeArea(isArea, asked.areaCode)
  if (!policy.may(doing.actor, 'people.edit', { areaCode: asked.areaCode })) throw refuse.notYours({ permission: 'people.edit' })
  const made = { id: newId(), ...asked, validFrom: today(doing), validTo: null }
  const { id } = await onceInTurn(doing, 'createOrganisation', async (tx) => {
    const { organisations } = await people.readStaffKeys(tx)
    if (organisations.has(asked.code)) throw refuse.organisationCodeTaken({ code: asked.code }, 'code')
    const parent = asked.parentId === null ? null : await organisationOn(tx, asked.parentId, made.validFrom, 'parentId')
    const refusal = foundingRefusal(asked, parent)
    if (refusal) throw refusal
    await people.insertStaff(tx, { organisations: [made], persons: [], accounts: [], posts: [] })
    await say(tx, doing, {
      type: 'people.organisation_founded',
      subjectId: made.id,
      areaCode: asked.areaCode,
      data: { kind: asked.kind, areaCode: asked.areaCode },
    })
    return { id: made.id }
  })
  return reread(doing, (tx) => store.findOrganisation(tx, id))
}

/** Takes a person on, with an account. The password is told here once, and must be changed at the first sign-in. */
export async function createPerson(
  doing: Doing,
  { policy, secrets }: Pick<Staffing, 'policy' | 'secrets'>,
  asked: { code: string; name: string; login: string },
): Promise<{ person: store.ListedPerson; initialPassword: string }> {
  // Nobody's area yet: only who may edit everywhere.
  if (!policy.may(doing.actor, 'people.edit', { areaCode: '' })) throw refuse.notYours({ permission: 'people.edit' })
  const fresh = firstPassword(asked.login, randomInt)
  // Hashing is slow on purpose, so it happens before the transaction.
  const passwordHash = await hashPassword(fresh)
  const { personId, passwordBox } = await onceInTurn(doing, 'createPerson', async (tx, now) => {
    const { persons, logins } = await people.readStaffKeys(tx)
    if (persons.has(asked.code)) throw refuse.staffNumberTaken({ code: asked.code }, 'code')
    if (logins.has(asked.login)) throw refuse.loginInUse({ login: asked.login }, 'login')
    const person = { id: newId(), code: asked.code, name: asked.name, sample: false }
    const account = { id: newId(), personId: person.id, login: asked.login, mustChangePassword: true }
    await people.insertStaff(tx, {
      organisations: [],
      persons: [person],
      accounts: [{ ...account, passwordHash, passwordChangedAt: now }],
      posts: [],
    })
    await say(tx, doing, { type: 'people.account_opened', subjectId: account.id, areaCode: '' })
    return { personId: person.id, passwordBox: secrets.encrypt(fresh) }
  })
  const person = await reread(doing, (tx) => store.lockPerson(tx, personId))
  return { person, initialPassword: secrets.decrypt(passwordBox) }
}

export interface NewPost {
  readonly personId: string
  readonly organisationId: string
  readonly role: string
  readonly areaCode: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
}

/** Appoints a person. Nobody appoints himself, and who held what on a past day cannot be changed. */
export async function createPost(doing: Doing, ground: Pick<Staffing, 'policy' | 'isArea'>, asked: NewPost): Promise<people.ListedPost> {
  const { id } = await onceInTurn(doing, 'createPost', async (tx) => ({ id: (await appointIn(tx, doing, ground, asked)).id }))
  return reread(doing, async (tx) => (await people.postsByIds(tx, [id]))[0])
}

/** The same inside the transaction of whoever asks, which must hold the turn. */
export async function appointIn(tx: PeopleTx, doing: Doing, ground: Pick<Staffing, 'policy' | 'isArea'>, asked: NewPost): Promise<people.ListedPost> {
  mayAppoint(doing, ground, asked)
  const person = await store.lockPerson(tx, asked.personId)
  if (!person) throw refuse.noSuchPerson({}, 'personId')
  const organisation = await organisationOn(tx, asked.organisationId, asked.validFrom, 'organisationId')
  if (rolesOfThings.includes(asked.role) || !(await people.readStaffKeys(tx)).roles.has(asked.role))
    throw refuse.noSuchRole({ role: asked.role }, 'role')
  const refusal = participantRefusal(asked.role, organisation, asked.areaCode)
  if (refusal) throw refusal
  const held = await people.postsOfPersons(tx, [asked.personId])
  if (held.some((post) => isSamePost(post, asked))) throw refuse.postHeld({}, 'role')
  if (findAdministratorClash([...held, asked])) throw refuse.twoAdministratorRoles({ person: person.code }, 'role')
  const made = { id: newId(), ...asked }
  await people.insertStaff(tx, { organisations: [], persons: [], accounts: [], posts: [made] })
  await say(tx, doing, {
    type: 'people.post_begun',
    subjectId: made.id,
    areaCode: asked.areaCode,
    data: { role: asked.role, areaCode: asked.areaCode },
  })
  const [listed] = await people.postsByIds(tx, [made.id])
  if (!listed) throw new Error(`post ${made.id} was written and is not there`)
  return listed
}

function mayAppoint(doing: Doing, { policy, isArea }: Pick<Staffing, 'policy' | 'isArea'>, asked: NewPost): void {
  if (asked.personId === doing.actor.personId) throw refuse.notForYourself({}, 'personId')
  if (asked.validFrom < today(doing)) throw refuse.startsInPast({}, 'validFrom')
  if (asked.validTo !== null && asked.validTo <= asked.validFrom) throw refuse.endBeforeStart({}, 'validTo')
  // Only the administrators' posts may cover everything: an area left out by mistake would open the whole city.
  if (asked.areaCode !== '' || !isAdministratorRole(asked.role)) mustBeArea(isArea, asked.areaCode)
  const subject = { areaCode: asked.areaCode, organisationIds: [asked.organisationId] }
  if (!policy.may(doing.actor, 'people.edit', subject)) throw refuse.notYours({ permission: 'people.edit' })
}

// The same seat at the same time. One that ended may be taken up again.
function isSamePost(post: NewPost, asked: NewPost): boolean {
  const isSameSeat = post.organisationId === asked.organisationId && post.role === asked.role && post.areaCode === asked.areaCode
  return isSameSeat && (post.validTo === null || post.validTo > asked.validFrom) && (asked.validTo === null || post.validFrom < asked.validTo)
}

/**
 * Gives a person a new first password, told here once; all sessions end and a lock is gone. One's own is changed, not reset, and that of an
 * administrator is the security administrator's business: otherwise who opens accounts could open the other two administrators' doors.
 */
export async function resetPassword(
  doing: Doing,
  { policy, secrets }: Pick<Staffing, 'policy' | 'secrets'>,
  personId: string,
): Promise<{ initialPassword: string }> {
  if (personId === doing.actor.personId) throw refuse.ownPassword()
  const mayReset = async (tx: PeopleTx): Promise<Holder> => {
    const holder = await mayTend(tx, doing, policy, personId)
    if (holder.isAdministrator && !policy.may(doing.actor, 'people.secure', { areaCode: '' })) throw refuse.administratorsPassword()
    return holder
  }
  const { login } = await inTransaction<people.PeopleTables, Holder>(doing.database, mayReset)
  const fresh = firstPassword(login, randomInt)
  const passwordHash = await hashPassword(fresh)
  const { passwordBox } = await onceInTurn(doing, 'resetPassword', async (tx, now) => {
    const { accountId, areaCode } = await mayReset(tx)
    await store.replacePassword(tx, accountId, passwordHash, now)
    await say(tx, doing, { type: 'people.password_reset', subjectId: accountId, areaCode })
    return { passwordBox: secrets.encrypt(fresh) }
  })
  return { initialPassword: secrets.decrypt(passwordBox) }
}

/** Takes the lock of too many failures away before it runs out. Nothing happens where there is none. */
export async function unlockAccount(doing: Doing, policy: Policy, personId: string): Promise<store.ListedPerson> {
  await onceInTurn(doing, 'unlockAccount', async (tx, now) => {
    const { person, accountId, areaCode } = await mayTend(tx, doing, policy, personId)
    if (person.lockedUntil !== null && person.lockedUntil > now) {
      await clearFailures(tx, accountId)
      await say(tx, doing, { type: 'people.account_unlocked', subjectId: accountId, areaCode })
    }
    return { personId }
  })
  return reread(doing, async (tx) => (await mayTend(tx, doing, policy, personId)).person)
}

interface Holder {
  readonly person: store.ListedPerson
  readonly accountId: string
  readonly login: string
  /** Of the first post that is not over; `''` without one. */
  readonly areaCode: string
  readonly isAdministrator: boolean
}

// An account opens all of its person's posts, so the right must cover every one that is not over.
async function mayTend(tx: PeopleTx, doing: Doing, policy: Policy, personId: string): Promise<Holder> {
  const person = await store.lockPerson(tx, personId)
  const held = await people.postsOfPersons(tx, [personId])
  const current = held.filter((post) => post.validTo === null || post.validTo > today(doing))
  const subjects = current.length > 0 ? current : [{ areaCode: '', organisationId: '' }]
  const covered = subjects.map(({ areaCode, organisationId }) =>
    policy.may(doing.actor, 'people.edit', { areaCode, organisationIds: [organisationId] }),
  )
  if (!person || !covered.includes(true)) throw refuse.noSuchPerson()
  if (covered.includes(false)) throw refuse.notYours({ permission: 'people.edit' })
  if (person.accountId === null || person.login === null) throw refuse.noAccount({ code: person.code })
  const isAdministrator = current.some((post) => isAdministratorRole(post.role))
  return { person, accountId: person.accountId, login: person.login, areaCode: current[0]?.areaCode ?? '', isAdministrator }
}

async function reread<T>(doing: Doing, read: (tx: PeopleTx) => Promise<T | undefined>): Promise<T> {
  const found = await inTransaction<people.PeopleTables, T | undefined>(doing.database, read)
  if (found === undefined) throw new Error('what a command wrote is not there')
  return found
}

async function organisationOn(tx: PeopleTx, id: string, on: LocalDate, field: string): Promise<people.ListedOrganisation> {
  const found = await store.findOrganisation(tx, id)
  if (!found) throw refuse.noSuchOrganisation({}, field)
  if (found.validFrom > on || (found.validTo !== null && found.validTo <= on)) throw refuse.organisationNotThen({ on }, field)
  return found
}

function mustBeArea(isArea: Staffing['isArea'], code: string): void {
  if (code === '') throw refuse.areaMissing({}, 'areaCode')
  if (!isArea(code)) throw refuse.noSuchArea({ code }, 'areaCode')
}

interface Said {
  readonly type: PeopleEventType
  readonly subjectId: string
  readonly areaCode: string
  readonly data?: Readonly<Record<string, string>>
}

async function say(tx: PeopleTx, doing: Doing, { type, subjectId, areaCode, data = {} }: Said): Promise<void> {
  const districtCode = homeDistrict(areaCode, await people.openDistricts(tx))
  await emit(tx, doing, [peopleEvent(type, { districtCode, subjectId, happenedAt: doing.clock.now(), data })])
}

function today({ clock }: Doing): LocalDate {
  return localDate(clock.now(), signInSettings.timeZone)
}
