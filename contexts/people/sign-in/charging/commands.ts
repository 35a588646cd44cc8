import type { Post } from '#kernel/actor.ts'
import { addMs, localDate, type Instant, type LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { homeDistrict } from '../../home-district.ts'
import { openDistricts, type PeopleTables } from '../../store.ts'
import { signInSettings } from '../settings.ts'
import { chargeAttempt, postsInForce, type ChargedAccount } from '../store.ts'

type PeopleTx = Tx<PeopleTables>

/** Counts one try at a password or a code, before it is looked at. Nothing comes back while the account is locked, or without an account. */
export function charge(doing: Doing, whose: { login: string } | { personId: string }, now: Instant): Promise<ChargedAccount | undefined> {
  const { failuresToLock, lockMs } = signInSettings
  return inTransaction<PeopleTables, ChargedAccount | undefined>(doing.database, (tx) =>
    chargeAttempt(tx, whose, { now, failuresToLock, lockedUntil: addMs(now, lockMs) }),
  )
}

/** The day by which posts begin and end: the city's. */
export function dayOf(now: Instant): LocalDate {
  return localDate(now, signInSettings.timeZone)
}

/** The district whose log keeps what happens to a person's account. */
export async function homeOfPerson(tx: PeopleTx, personId: string, now: Instant): Promise<DistrictCode> {
  return homeOfPosts(tx, await postsInForce(tx, personId, dayOf(now)))
}

export async function homeOfPosts(tx: PeopleTx, posts: readonly Post[]): Promise<DistrictCode> {
  return homeDistrict(posts[0]?.areaCode ?? '', await openDistricts(tx))
}
