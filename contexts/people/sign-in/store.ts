import { sql } from 'kysely'
import type { Post } from '#kernel/actor.ts'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import type { Tx } from '#platform/database/database.ts'
import type { FactorRule } from '../second-factor/demand.ts'
import { postsHeldBy, type HeldPosts } from '../stand-in/rules.ts'
import { ownAndStoodIn } from '../stand-in/store.ts'
import type { PeopleTables } from '../store.ts'

export interface ChargedAccount {
  id: string
  personId: string
  login: string
  passwordHash: string
  passwordChangedAt: Instant
  mustChangePassword: boolean
  failedAttempts: number
  lockedUntil: Instant | null
}

/**
 * Counts a try before its password is looked at, so that tries sent side by side cannot pass the limit together; a good password takes
 * the count back. Returns nothing while the account is locked or when no such account exists.
 */
export async function chargeAttempt(
  tx: Tx<PeopleTables>,
  account: { login: string } | { personId: string },
  { now, failuresToLock, lockedUntil }: { now: Instant; failuresToLock: number; lockedUntil: Instant },
): Promise<ChargedAccount | undefined> {
  const whose = 'login' in account ? sql`login = ${account.login}` : sql`person_id = ${account.personId}`
  // A lock that has run out starts a new count.
  const tries = sql`(case when locked_until is null then failed_attempts + 1 else 1 end)`
  const { rows } = await sql<ChargedAccount>`
    update people.account set failed_attempts = ${tries}, locked_until = case when ${tries} >= ${failuresToLock} then ${lockedUntil}::timestamptz end
    where ${whose} and (locked_until is null or locked_until <= ${now})
    returning id, person_id, login, password_hash, password_changed_at, must_change_password, failed_attempts, locked_until`.execute(tx)
  return rows[0]
}

/** Takes one counted try back, whose password was right and whose code is still to come. Other failures stay counted. */
export async function giveAttemptBack(tx: Tx<PeopleTables>, accountId: string): Promise<void> {
  await sql`update people.account set failed_attempts = greatest(failed_attempts - 1, 0), locked_until = null where id = ${accountId}`.execute(tx)
}

export async function findAccountId(tx: Tx<PeopleTables>, login: string): Promise<{ id: string; personId: string } | undefined> {
  return tx.selectFrom('people.account').select(['id', 'personId']).where('login', '=', login).executeTakeFirst()
}

export async function clearFailures(tx: Tx<PeopleTables>, accountId: string): Promise<void> {
  await tx.updateTable('people.account').set({ failedAttempts: 0, lockedUntil: null }).where('id', '=', accountId).execute()
}

export async function setPassword(tx: Tx<PeopleTables>, accountId: string, passwordHash: string, at: Instant): Promise<void> {
  await tx
    .updateTable('people.account')
    .set({ passwordHash, passwordChangedAt: at, mustChangePassword: false, failedAttempts: 0, lockedUntil: null })
    .where('id', '=', accountId)
    .execute()
}

export async function findPerson(tx: Tx<PeopleTables>, id: string): Promise<PeopleTables['people.person'] | undefined> {
  return tx.selectFrom('people.person').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Posts that give rights on a day, the own ones and those stood in for: in force, in organisations that exist. */
export async function heldPosts(tx: Tx<PeopleTables>, personId: string, on: LocalDate): Promise<HeldPosts> {
  return postsHeldBy(personId, await ownAndStoodIn(tx, personId, on))
}

/** The own posts of a person that give rights on a day. */
export async function postsInForce(tx: Tx<PeopleTables>, personId: string, on: LocalDate): Promise<readonly Post[]> {
  return (await heldPosts(tx, personId, on)).own
}

export async function insertSession(tx: Tx<PeopleTables>, session: PeopleTables['people.session']): Promise<void> {
  await tx.insertInto('people.session').values(session).execute()
}

export interface FoundSession {
  accountId: string
  lastSeenAt: Instant
  expiresAt: Instant
  mustChangePassword: boolean
  passwordChangedAt: Instant
  personId: string
  name: string
  sample: boolean
  /** A second factor that was confirmed. */
  hasFactor: boolean
  factorRules: FactorRule[]
}

/** A session that is neither past its end nor unused since `idleSince`. */
export async function findSession(tx: Tx<PeopleTables>, tokenHash: string, now: Instant, idleSince: Instant): Promise<FoundSession | undefined> {
  return (
    tx
      .selectFrom('people.session as session')
      .innerJoin('people.account as account', 'account.id', 'session.accountId')
      .innerJoin('people.person as person', 'person.id', 'account.personId')
      .select(['session.accountId', 'session.lastSeenAt', 'session.expiresAt', 'account.mustChangePassword', 'account.passwordChangedAt'])
      .select(['person.id as personId', 'person.name', 'person.sample'])
      .select(
        sql<boolean>`exists (select from people.second_factor f where f.account_id = session.account_id and f.confirmed_at is not null)`.as(
          'hasFactor',
        ),
      )
      // A handful of rows, read with the session and not beside it: every request asks.
      .select(
        sql<FactorRule[]>`(select coalesce(jsonb_agg(jsonb_build_object('role', role, 'effectiveFrom', effective_from, 'demand', demand)), '[]')
        from people.second_factor_rule)`.as('factorRules'),
      )
      .where('session.tokenHash', '=', tokenHash)
      .where('session.expiresAt', '>', now)
      .where('session.lastSeenAt', '>', idleSince)
      .executeTakeFirst()
  )
}

export async function touchSession(tx: Tx<PeopleTables>, tokenHash: string, now: Instant): Promise<void> {
  await tx.updateTable('people.session').set({ lastSeenAt: now }).where('tokenHash', '=', tokenHash).execute()
}

/** Returns whose session it was. */
export async function deleteSession(tx: Tx<PeopleTables>, tokenHash: string): Promise<{ accountId: string; personId: string } | undefined> {
  return tx
    .deleteFrom('people.session as session')
    .using('people.account as account')
    .whereRef('account.id', '=', 'session.accountId')
    .where('session.tokenHash', '=', tokenHash)
    .returning(['session.accountId', 'account.personId'])
    .executeTakeFirst()
}

export async function deleteOtherSessions(tx: Tx<PeopleTables>, accountId: string, tokenHash: string): Promise<void> {
  await tx.deleteFrom('people.session').where('accountId', '=', accountId).where('tokenHash', '!=', tokenHash).execute()
}

export async function deleteEndedSessions(tx: Tx<PeopleTables>, now: Instant, idleSince: Instant): Promise<void> {
  await tx
    .deleteFrom('people.session')
    .where((e) => e.or([e('expiresAt', '<=', now), e('lastSeenAt', '<=', idleSince)]))
    .execute()
}
