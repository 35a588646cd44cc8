import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { addMs, type Clock, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import type { Change } from '#platform/feed.ts'
import type { CaseServices } from '../commands.ts'
import { visibleCase } from '../questions.ts'
import type { CasesTables } from '../store.ts'
import { colleaguesSince, dropOnlooker, onlookersSince, putOnlooker, type Onlooker, type OnlookerTables, type OnlookerTx } from './store.ts'

/** What a screen says is believed so long: three beats, so that one lost on the way makes nobody disappear. */
const BELIEVED_MS = 30_000
const since = (now: Instant): Instant => addMs(now, -BELIEVED_MS)

/** Notes that a screen of the actor shows a case, or no longer does. */
export async function lookOn(
  services: CaseServices,
  actor: Actor,
  key: { districtCode: string; id: string },
  { screenId, doing }: { screenId: string; doing: Onlooker['doing'] | 'gone' },
): Promise<number> {
  const { personId } = actor
  return inTransaction(services.database, async (tx: Tx<OnlookerTables & CasesTables & AssignmentsTables>) => {
    const record = await visibleCase(tx, actor, services.rules(), key)
    const now = services.clock.now()
    if (personId === null) return 0
    if (doing === 'gone') await dropOnlooker(tx, screenId, personId, record.id, since(now))
    else {
      const { districtCode, id: caseId, areaCode, organisationIds } = record
      const who = { screenId, personId, name: actor.name, postId: actor.posts[0]?.id ?? null }
      await putOnlooker(tx, { ...who, districtCode, caseId, areaCode, organisationIds, doing, seenAt: now })
    }
    const others = await onlookersSince(tx, since(now))
    return new Set(others.filter((one) => one.caseId === record.id && one.personId !== personId).map((one) => one.personId)).size
  })
}

/** Colleagues and the cases that they have open; a person with several screens on a case is one, and writing counts more than looking. */
export async function colleaguesOf(services: CaseServices, actor: Actor) {
  const mayRead = services.rules().policy.visible(actor, 'case.read', 'case', 'c')
  const rows = await inTransaction(services.database, (tx: OnlookerTx) =>
    colleaguesSince(tx, since(services.clock.now()), actor.personId ?? '00000000-0000-0000-0000-000000000000', mayRead),
  )
  const each = Map.groupBy(rows, ({ caseId, personId }) => `${caseId} ${personId}`)
  return [...each.values()].flatMap((some) => {
    const one = some.find(({ doing }) => doing === 'writing') ?? some[0]
    return one ? [{ districtCode: one.districtCode, caseId: one.caseId, name: one.name, doing: one.doing }] : []
  })
}

/**
 * What the stream tells of onlookers: cases that somebody began or ceased to look at since the last look, on whichever process. Nothing is
 * written down, so it has no number in the log.
 */
export function passingOnlookers({ database, clock }: { database: Database; clock: Clock }): () => Promise<Change[]> {
  // Who was there before anybody listened is no news.
  let before: Map<string, Onlooker> | undefined
  return async () => {
    const rows = await inTransaction(database, (tx: OnlookerTx) => onlookersSince(tx, since(clock.now())))
    const now = new Map(rows.map((row) => [`${row.screenId} ${row.caseId} ${row.doing}`, row]))
    const known = before ?? now
    const changed = [...[...now].filter(([key]) => !known.has(key)), ...[...known].filter(([key]) => !now.has(key))].map(([, row]) => row)
    before = now
    return [...new Map(changed.map((row) => [row.caseId, row])).values()].map(({ districtCode, caseId, areaCode, organisationIds }) => ({
      district: districtCode as DistrictCode,
      number: 0,
      type: 'case.onlookers',
      subjectId: caseId,
      areaCode,
      organisationIds,
    }))
  }
}
