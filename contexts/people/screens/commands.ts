/** Walls without an account: a link opens the board of one area. As with keys and participants, what it may do is a post. */
import { addDays, localDate, type Instant, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { newToken, tokenHash } from '#platform/password.ts'
import { peopleEvent, type PeopleEventType } from '../events.ts'
import { homeDistrict } from '../home-district.ts'
import { screenRole } from '../lifecycle.ts'
import { insertLink, revoke } from '../participants/store.ts'
import { isOpen, untilRefusal } from '../participants/link.ts'
import type { Policy } from '../policy/store.ts'
import { refuse } from '../refusals.ts'
import { signInSettings } from '../sign-in/settings.ts'
import type { Staffing } from '../staffing/commands.ts'
import { insertStaff, openDistricts, setPostEnd, type PeopleTables } from '../store.ts'
import { onceInTurn } from '../taking-turns/commands.ts'
import * as store from './store.ts'

type PeopleTx = Tx<PeopleTables>
const SHARE = 'screen.share'

export type Screen = Omit<store.ScreenRow, 'postId' | 'validTo'> & { readonly open: boolean }

/** Makes the link of a wall for an area that the actor answers for. The token is told here once and kept as a hash only. */
export async function createScreen(
  doing: Doing,
  { policy, secrets, isArea }: Pick<Staffing, 'policy' | 'secrets' | 'isArea'>,
  asked: { readonly name: string; readonly areaCode: string; readonly validUntil: LocalDate },
): Promise<{ screen: Screen; token: string }> {
  const { name, areaCode, validUntil } = asked
  if (!isArea(areaCode)) throw refuse.noSuchArea({ code: areaCode }, 'areaCode')
  if (!policy.may(doing.actor, SHARE, { areaCode })) throw refuse.notYours({ permission: SHARE })
  const today = dayOf(doing.clock.now())
  const refusal = untilRefusal(validUntil, today)
  if (refusal) throw refusal
  const shares = policy.rights(doing.actor).filter(({ permission }) => permission === SHARE)
  // The screen belongs to the organisation whose post gives the right there.
  const organisationId = (shares.find((right) => areaCode.startsWith(right.areaCode)) ?? shares[0])?.organisationId ?? ''
  const made = await onceInTurn(doing, 'createScreen', async (tx, now) => {
    const id = newId()
    const token = newToken()
    const person = { id: newId(), code: `screen-${id}`, name, sample: false }
    const period = { validFrom: today, validTo: addDays(validUntil, 1) }
    const post = { id: newId(), personId: person.id, organisationId, role: screenRole, areaCode, ...period }
    await insertStaff(tx, { organisations: [], persons: [person], accounts: [], posts: [post] })
    const told = { createdAt: now, createdBy: doing.actor.personId, lastOpenedAt: null, revokedAt: null }
    await insertLink(tx, { id, postId: post.id, tokenHash: tokenHash(token), validUntil, ...told })
    await say(tx, doing, 'people.link_made', { id, areaCode })
    return { id, tokenBox: secrets.encrypt(token) }
  })
  const screen = await inTransaction<PeopleTables, Screen>(doing.database, async (tx) => viewOf(await screenOf(tx, made.id), today))
  return { screen, token: secrets.decrypt(made.tokenBox) }
}

/** Links of walls in the actor's areas. */
export async function listScreens(doing: Doing, policy: Policy): Promise<Screen[]> {
  const visible = policy.visible(doing.actor, SHARE, { areaCode: 'post.area_code' })
  const rows = await inTransaction<PeopleTables, store.ScreenRow[]>(doing.database, (tx) => store.listScreens(tx, visible))
  return rows.map((row) => viewOf(row, dayOf(doing.clock.now())))
}

/** Closes a wall's link and what it opened. Doing it again changes nothing. */
export async function revokeScreen(doing: Doing, policy: Policy, id: string): Promise<Screen> {
  const now = doing.clock.now()
  return inTransaction<PeopleTables, Screen>(doing.database, async (tx) => {
    const screen = await store.lockScreen(tx, id)
    if (!screen || !policy.may(doing.actor, SHARE, { areaCode: screen.areaCode })) throw refuse.noSuchLink()
    if (screen.revokedAt !== null) return viewOf(screen, dayOf(now))
    await revoke(tx, id, now)
    if (screen.validTo === null || screen.validTo > dayOf(now)) await setPostEnd(tx, screen.postId, dayOf(now))
    await say(tx, doing, 'people.link_revoked', screen)
    return viewOf(await screenOf(tx, id), dayOf(now))
  })
}

async function screenOf(tx: PeopleTx, id: string): Promise<store.ScreenRow> {
  const found = await store.lockScreen(tx, id)
  if (!found) throw new Error(`screen ${id} was written and is not there`)
  return found
}

function viewOf({ postId: _postId, validTo: _validTo, ...row }: store.ScreenRow, today: LocalDate): Screen {
  return { ...row, open: isOpen(row, today) }
}

async function say(tx: PeopleTx, doing: Doing, type: PeopleEventType, { id, areaCode }: { id: string; areaCode: string }): Promise<void> {
  const districtCode = homeDistrict(areaCode, await openDistricts(tx))
  const data = { role: screenRole, areaCode }
  await emit(tx, doing, [peopleEvent(type, { districtCode, subjectId: id, happenedAt: doing.clock.now(), data })])
}

const dayOf = (now: Instant): LocalDate => localDate(now, signInSettings.timeZone)
