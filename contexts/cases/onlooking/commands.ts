import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { visibleCase } from '../questions.ts'
import type { CasesTables } from '../store.ts'
import { believedSince } from './questions.ts'
import { dropOnlooker, onlookersSince, putOnlooker, type Onlooker, type OnlookerTables } from './store.ts'

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
    if (doing === 'gone') await dropOnlooker(tx, screenId, personId, record.id, believedSince(now))
    else {
      const { districtCode, id: caseId, areaCode, organisationIds } = record
      const who = { screenId, personId, name: actor.name, postId: actor.posts[0]?.id ?? null }
      await putOnlooker(tx, { ...who, districtCode, caseId, areaCode, organisationIds, doing, seenAt: now })
    }
    const others = await onlookersSince(tx, believedSince(now))
    return new Set(others.filter((one) => one.caseId === record.id && one.personId !== personId).map((one) => one.personId)).size
  })
}
