import type { Actor } from '#kernel/actor.ts'
import { addMs, type Clock, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import type { Change } from '#platform/feed.ts'
import type { CaseServices } from '../commands.ts'
import { colleaguesSince, onlookersSince, type Onlooker, type OnlookerTx } from './store.ts'

/** What a screen says is believed so long: three beats, so that one lost on the way makes nobody disappear. */
const BELIEVED_MS = 30_000
export const believedSince = (now: Instant): Instant => addMs(now, -BELIEVED_MS)

/** Colleagues and the cases that they have open; a person with several screens on a case is one, and writing counts more than looking. */
export async function colleaguesOf(services: CaseServices, actor: Actor) {
  const mayRead = services.rules().policy.visible(actor, 'case.read', 'case', 'c')
  const rows = await inTransaction(services.database, (tx: OnlookerTx) =>
    colleaguesSince(tx, believedSince(services.clock.now()), actor.personId ?? '00000000-0000-0000-0000-000000000000', mayRead),
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
    const rows = await inTransaction(database, (tx: OnlookerTx) => onlookersSince(tx, believedSince(clock.now())))
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
