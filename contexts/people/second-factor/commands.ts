import { randomBytes } from 'node:crypto'
import type { Instant, LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { verifyPassword } from '#platform/password.ts'
import { normaliseCode, type Secrets } from '#platform/secret.ts'
import { peopleEvent, type PeopleEventType } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import type { FactorDemand } from '../lifecycle.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { charge, dayOf, homeOfPerson } from '../sign-in/charging/commands.ts'
import { clearFailures, type ChargedAccount } from '../sign-in/store.ts'
import { deleteSessions, lockPerson } from '../staffing/store.ts'
import { openDistricts, readStaffKeys, type PeopleTables } from '../store.ts'
import { newRecoveryCode, RECOVERY_CODES } from './recovery.ts'
import * as store from './store.ts'
import { base32, otpauthAddress, stepOfCode } from './totp.ts'

type PeopleTx = Tx<PeopleTables>

const SECRET_BYTES = 20
const ISSUER = '呼应 Huying'

const recoveryHash = (secrets: Secrets, accountId: string, code: string): string => secrets.hash(`recovery ${accountId} ${normaliseCode(code)}`)

/** Takes a code of the app or a recovery code, each once. Undefined when it is neither. */
export async function takeCode(
  tx: PeopleTx,
  secrets: Secrets,
  factor: store.FactorRow,
  code: string,
  now: Instant,
): Promise<'app' | 'recovery' | undefined> {
  const typed = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(typed))
    return (await store.takeRecoveryCode(tx, factor.accountId, recoveryHash(secrets, factor.accountId, typed), now)) ? 'recovery' : undefined
  const step = stepOfCode(secretOf(secrets, factor), typed, now)
  return step !== undefined && (await store.takeStep(tx, factor.accountId, step)) ? 'app' : undefined
}

function secretOf(secrets: Secrets, { secretBox }: store.FactorRow): Buffer {
  return Buffer.from(secrets.decrypt(secretBox), 'base64url')
}

/** Makes a secret for the caller's own app. It counts from `confirmFactor` on. Asks for the password, so that a session left open is not enough. */
export async function startFactor(doing: Doing, secrets: Secrets, currentPassword: string): Promise<{ secret: string; address: string }> {
  const now = doing.clock.now()
  const account = await charge(doing, { personId: ownId(doing) }, now)
  if (!account || !(await verifyPassword(currentPassword, account.passwordHash))) throw refuse.wrongPassword({}, 'currentPassword')
  const secret = randomBytes(SECRET_BYTES)
  const started = await inTransaction<PeopleTables, boolean>(doing.database, async (tx) => {
    await clearFailures(tx, account.id)
    return store.startFactor(tx, { accountId: account.id, secretBox: secrets.encrypt(secret.toString('base64url')), startedAt: now })
  })
  if (!started) throw refuse.factorOn()
  return { secret: base32(secret), address: otpauthAddress({ issuer: ISSUER, login: account.login, secret }) }
}

/** Makes the caller's secret count, by a first code from the app. The recovery codes are told here once. */
export async function confirmFactor(doing: Doing, secrets: Secrets, code: string): Promise<{ recoveryCodes: string[] }> {
  const now = doing.clock.now()
  const account = await charge(doing, { personId: ownId(doing) }, now)
  const recoveryCodes = Array.from({ length: RECOVERY_CODES }, () => newRecoveryCode(randomBytes(10)))
  const confirmed = await inTransaction<PeopleTables, boolean>(doing.database, async (tx) => {
    const factor = account && (await store.findFactor(tx, account.id))
    if (!account || !factor || factor.confirmedAt !== null) return false
    const step = stepOfCode(secretOf(secrets, factor), code.replace(/\s/g, ''), now)
    if (step === undefined || !(await store.confirmFactor(tx, account.id, step, now))) return false
    await store.insertRecoveryCodes(
      tx,
      account.id,
      recoveryCodes.map((one) => recoveryHash(secrets, account.id, one)),
    )
    await clearFailures(tx, account.id)
    await say(tx, doing, 'people.second_factor_on', account, now)
    return true
  })
  if (!confirmed) throw refuse.codeWrong({}, 'code')
  return { recoveryCodes }
}

/** Switches the caller's own second factor off, by a code of the app or a recovery code. */
export async function switchFactorOff(doing: Doing, secrets: Secrets, code: string): Promise<void> {
  const now = doing.clock.now()
  const account = await charge(doing, { personId: ownId(doing) }, now)
  const off = await inTransaction<PeopleTables, boolean>(doing.database, async (tx) => {
    const factor = account && (await store.findFactor(tx, account.id))
    if (!account || !factor || factor.confirmedAt === null || !(await takeCode(tx, secrets, factor, code, now))) return false
    await store.deleteFactor(tx, account.id)
    await clearFailures(tx, account.id)
    await say(tx, doing, 'people.second_factor_off', account, now)
    return true
  })
  if (!off) throw refuse.codeWrong({}, 'code')
}

/** Takes away the second factor of somebody who lost phone and recovery codes; all sessions of the account end. Nobody does it for himself. */
export async function removeFactor(doing: Doing, policy: Policy, personId: string): Promise<void> {
  if (!policy.may(doing.actor, 'people.secure', { areaCode: '' })) throw refuse.notYours({ permission: 'people.secure' })
  if (personId === doing.actor.personId) throw refuse.ownFactor()
  const now = doing.clock.now()
  await inTransaction<PeopleTables, void>(doing.database, async (tx) => {
    const person = await lockPerson(tx, personId)
    if (!person) throw refuse.noSuchPerson()
    const { accountId } = person
    if (accountId === null || !(await store.deleteFactor(tx, accountId))) throw refuse.factorNotOn({ code: person.code })
    await deleteSessions(tx, accountId)
    await say(tx, doing, 'people.second_factor_removed', { id: accountId, personId }, now)
  })
}

/** Says what is asked of a role from a day on, today or later. */
export async function setFactorRule(
  doing: Doing,
  policy: Policy,
  rule: { role: string; demand: FactorDemand; effectiveFrom: LocalDate },
): Promise<void> {
  if (!policy.may(doing.actor, 'people.secure', { areaCode: '' })) throw refuse.notYours({ permission: 'people.secure' })
  const now = doing.clock.now()
  if (rule.effectiveFrom < dayOf(now)) throw refuse.ruleInPast({}, 'effectiveFrom')
  await inTransaction<PeopleTables, void>(doing.database, async (tx) => {
    if (!(await readStaffKeys(tx)).roles.has(rule.role)) throw refuse.noSuchRole({ role: rule.role }, 'role')
    await store.saveFactorRule(tx, rule)
    const about = { districtCode: homeDistrict('', await openDistricts(tx)), subjectId: newId(), happenedAt: now }
    await emit(tx, doing, [peopleEvent('people.second_factor_ruled', { ...about, data: { ...rule } })])
  })
}

function ownId({ actor }: Doing): string {
  if (actor.personId === null) throw refuse.notSignedIn()
  return actor.personId
}

async function say(tx: PeopleTx, doing: Doing, type: PeopleEventType, account: Pick<ChargedAccount, 'id' | 'personId'>, now: Instant): Promise<void> {
  const districtCode = await homeOfPerson(tx, account.personId, now)
  await emit(tx, doing, [peopleEvent(type, { districtCode, subjectId: account.id, happenedAt: now })])
}
