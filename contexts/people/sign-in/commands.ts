import type { Actor, Post } from '#kernel/actor.ts'
import { addMs, type Instant } from '#kernel/clock.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { hashPassword, newToken, standInHash, tokenHash, verifyPassword } from '#platform/password.ts'
import type { Secrets } from '#platform/secret.ts'
import { peopleEvent } from '../events.ts'
import type { FactorDemand } from '../lifecycle.ts'
import { refuse } from '../refusals.ts'
import { takeCode } from '../second-factor/commands.ts'
import { demandOf } from '../second-factor/demand.ts'
import { findFactor } from '../second-factor/store.ts'
import type { PeopleTables } from '../store.ts'
import { charge, dayOf, homeOfPerson, homeOfPosts } from './charging/commands.ts'
import { passwordFault } from './password-rule.ts'
import { signInSettings } from './settings.ts'
import * as store from './store.ts'

type PeopleTx = Tx<PeopleTables>

/** A sign-in that succeeded. `token` goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly token: string
  readonly expiresAt: Instant
  readonly mustChangePassword: boolean
}

/** What a person types. `code` comes in the second step, where the account has a second factor. */
export interface Credentials {
  readonly login: string
  readonly password: string
  readonly code?: string | undefined
}

/** Opens a session. Every failure gets the same answer after the same work, so that an answer does not tell which logins exist. */
export async function signIn(doing: Doing, secrets: Secrets, { login, password, code }: Credentials): Promise<SignedIn> {
  const name = login.trim().toLowerCase()
  const now = doing.clock.now()
  const account = await charge(doing, { login: name }, now)
  const isRight = await verifyPassword(password, account?.passwordHash ?? standInHash)
  if (!account || !isRight) {
    await recordRefusal(doing, name, account, now)
    throw refuse.signInFailed({ failures: signInSettings.failuresToLock, minutes: signInSettings.lockMs / 60_000 })
  }
  const opened = await inTransaction<PeopleTables, SignedIn | 'codeNeeded' | 'codeWrong'>(doing.database, async (tx) => {
    const factor = await findFactor(tx, account.id)
    if (!factor?.confirmedAt) return openSession(tx, doing, account, now, 'none')
    if (code === undefined) {
      await store.giveAttemptBack(tx, account.id)
      return 'codeNeeded'
    }
    const taken = await takeCode(tx, secrets, factor, code, now)
    return taken ? openSession(tx, doing, account, now, taken) : 'codeWrong'
  })
  if (typeof opened !== 'string') return opened
  // A wrong code stays counted, like a wrong password.
  if (opened === 'codeWrong') await recordRefusal(doing, name, account, now)
  throw refuse[opened]({}, 'code')
}

async function openSession(
  tx: PeopleTx,
  doing: Doing,
  account: store.ChargedAccount,
  now: Instant,
  factor: 'none' | 'app' | 'recovery',
): Promise<SignedIn> {
  const person = await store.findPerson(tx, account.personId)
  if (!person) throw new Error(`account ${account.id} has no person`)
  const posts = await store.postsInForce(tx, person.id, dayOf(now))
  await store.clearFailures(tx, account.id)
  await store.deleteEndedSessions(tx, now, addMs(now, -signInSettings.idleMs))
  const token = newToken()
  const expiresAt = addMs(now, signInSettings.sessionMs)
  await store.insertSession(tx, { tokenHash: tokenHash(token), accountId: account.id, createdAt: now, lastSeenAt: now, expiresAt })
  const actor: Actor = { kind: 'person', personId: person.id, name: person.name, posts }
  const districtCode = await homeOfPosts(tx, posts)
  await emit(tx, { ...doing, actor }, [peopleEvent('people.signed_in', { districtCode, subjectId: account.id, happenedAt: now, data: { factor } })])
  return { token, expiresAt, mustChangePassword: mustChange({ ...account, sample: person.sample }, now) }
}

// An unknown login leaves no event: there is nobody whose record it would be, and anybody could fill the log.
async function recordRefusal(doing: Doing, login: string, charged: store.ChargedAccount | undefined, now: Instant): Promise<void> {
  await inTransaction<PeopleTables, void>(doing.database, async (tx) => {
    const account = charged ?? (await store.findAccountId(tx, login))
    if (!account) return
    const about = { districtCode: await homeOfPerson(tx, account.personId, now), subjectId: account.id, happenedAt: now }
    const refused = peopleEvent('people.sign_in_refused', { ...about, data: { locked: charged === undefined } })
    await emit(tx, doing, charged?.lockedUntil ? [refused, peopleEvent('people.account_locked', about)] : [refused])
  })
}

/** Ends the session of this token; nothing happens when there is none. */
export async function signOut(doing: Doing, token: string): Promise<void> {
  const now = doing.clock.now()
  await inTransaction<PeopleTables, void>(doing.database, async (tx) => {
    const ended = await store.deleteSession(tx, tokenHash(token))
    if (!ended) return
    const districtCode = await homeOfPerson(tx, ended.personId, now)
    await emit(tx, doing, [peopleEvent('people.signed_out', { districtCode, subjectId: ended.accountId, happenedAt: now })])
  })
}

/** Sets the caller's own password and ends the caller's other sessions. A wrong current password counts like a failed sign-in. */
export async function changePassword(
  doing: Doing,
  { currentPassword, newPassword, token }: { currentPassword: string; newPassword: string; token: string },
): Promise<void> {
  const { personId } = doing.actor
  if (personId === null) throw refuse.notSignedIn()
  const now = doing.clock.now()
  const account = await charge(doing, { personId }, now)
  if (!account || !(await verifyPassword(currentPassword, account.passwordHash))) throw refuse.wrongPassword({}, 'currentPassword')
  // The try was good, whatever becomes of the new password.
  await inTransaction<PeopleTables, void>(doing.database, (tx) => store.clearFailures(tx, account.id))
  checkPassword(newPassword, account.login)
  if (newPassword === currentPassword) throw refuse.samePassword({}, 'newPassword')
  const passwordHash = await hashPassword(newPassword)
  await inTransaction<PeopleTables, void>(doing.database, async (tx) => {
    await store.setPassword(tx, account.id, passwordHash, now)
    await store.deleteOtherSessions(tx, account.id, tokenHash(token))
    const districtCode = await homeOfPerson(tx, personId, now)
    await emit(tx, doing, [peopleEvent('people.password_changed', { districtCode, subjectId: account.id, happenedAt: now })])
  })
}

/** Refuses a weak password, naming what it lacks. */
export function checkPassword(password: string, login: string): void {
  const fault = passwordFault(password, login)
  const { passwordMinLength: min, passwordMaxLength: max, passwordKinds: kinds } = signInSettings
  if (fault) throw refuse[fault]({ min, max, kinds }, 'newPassword')
}

/** Who is behind a session's token. */
export interface Session {
  /** Holds no post while the password must be changed or a second factor is missing. */
  readonly actor: Actor
  readonly accountId: string
  readonly mustChangePassword: boolean
  /** An invented person of the demonstration city. */
  readonly sample: boolean
  /** Whether the account has a second factor, and what is asked of the person's posts. */
  readonly factor: { readonly on: boolean; readonly demand: FactorDemand }
}

/** What stands between a session and everything else. */
export function heldFor({ mustChangePassword, factor }: Pick<Session, 'mustChangePassword' | 'factor'>): 'password' | 'factor' | undefined {
  if (mustChangePassword) return 'password'
  return factor.demand === 'require' && !factor.on ? 'factor' : undefined
}

/** The session of a token, or null when it ended or never was. Posts are read each time: one that ended gives no right any more. */
export async function sessionOf({ database, clock }: Pick<Doing, 'database' | 'clock'>, token: string): Promise<Session | null> {
  const now = clock.now()
  const hash = tokenHash(token)
  return inTransaction<PeopleTables, Session | null>(database, async (tx) => {
    const found = await store.findSession(tx, hash, now, addMs(now, -signInSettings.idleMs))
    if (!found) return null
    if (addMs(found.lastSeenAt, signInSettings.touchEveryMs) <= now) await store.touchSession(tx, hash, now)
    const { own, stoodIn } = await store.heldPosts(tx, found.personId, dayOf(now))
    const demandFor = (of: readonly Post[]): FactorDemand =>
      demandOf(
        found.factorRules,
        of.map((post) => post.role),
        { on: dayOf(now), sample: found.sample },
      )
    // Nobody's own work is shut because another hands him a post: without the factor that it asks for he does not have it, and is invited.
    const opened = stoodIn.filter((post) => found.hasFactor || demandFor([post]) !== 'require')
    const asked = demandFor(own)
    const demand = asked === 'none' && opened.length < stoodIn.length ? 'ask' : asked
    const state = { sample: found.sample, mustChangePassword: mustChange(found, now), factor: { on: found.hasFactor, demand } }
    const posts = heldFor(state) === undefined ? [...own, ...opened] : []
    return { actor: { kind: 'person', personId: found.personId, name: found.name, posts }, accountId: found.accountId, ...state }
  })
}

/** The person of a session's token with the posts in force today; null when the session ended or never was. */
export async function actorOfSession(database: Doing['database'], token: string, clock: Doing['clock']): Promise<Actor | null> {
  return (await sessionOf({ database, clock }, token))?.actor ?? null
}

function mustChange(account: { mustChangePassword: boolean; passwordChangedAt: Instant; sample: boolean }, now: Instant): boolean {
  return account.mustChangePassword || (!account.sample && addMs(account.passwordChangedAt, signInSettings.passwordMaxAgeMs) <= now)
}
