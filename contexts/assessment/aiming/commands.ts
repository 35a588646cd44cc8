import { localDate, type LocalDate } from '#kernel/clock.ts'
import { liesWithin } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Actor } from '#kernel/actor.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { againAfterTwin, findReceipts, saveReceipts } from '#platform/receipt.ts'
import { measures } from '../cockpit/measures.ts'
import type { FigureServices } from '../questions.ts'
import { refuse } from '../refusals.ts'
import { areaOf } from '../sight.ts'
import { readTargets, writeTarget, type Target, type TargetTx } from './store.ts'

/** Sets the target of a measure for an area, from today or a later day. Refuses areas outside the actor's posts; the districts concerned remember it. */
export async function saveTarget(services: FigureServices, doing: Doing, target: Target): Promise<Target> {
  const { policy, districts } = services.rules()
  const today = localDate(doing.clock.now(), services.zone)
  if (!policy.may(doing.actor, 'target.edit', { districtCode: target.areaCode.slice(0, 6), areaCode: target.areaCode, organisationIds: [] }))
    throw refuse.notYours({ area: target.areaCode })
  if (target.effectiveFrom < today) throw refuse.dayPassed({ today }, 'effectiveFrom')
  if (measures[target.measure].unit === 'share' && target.value !== null && target.value > 1) throw refuse.shareAboveOne({}, 'value')
  const concerned = districts.filter((code) => liesWithin(code, target.areaCode) || liesWithin(target.areaCode, code))
  const [home] = concerned
  if (home === undefined) throw refuse.notYours({ area: target.areaCode })
  return againAfterTwin(() =>
    inTransaction(doing.database, async (tx: TargetTx) => {
      const done = (await findReceipts(tx, home, [doing.commandId])).get(doing.commandId)
      if (done !== undefined) return done as Target
      await writeTarget(tx, target)
      const result = { ...target }
      await saveReceipts(tx, [
        { districtCode: home, commandId: doing.commandId, command: 'saveTarget', actorPersonId: doing.actor.personId ?? null, result },
      ])
      await emit(
        tx,
        doing,
        concerned.map((districtCode) => ({
          type: 'assessment.target_set',
          version: 1,
          districtCode,
          subjectKind: 'target',
          subjectId: newId(),
          subjectVersion: 1,
          happenedAt: doing.clock.now(),
          data: { ...target },
        })),
      )
      return result
    }),
  )
}

/** Targets that concern the reader: of areas above and below his posts, and the installation's own. */
export async function targetsFor(services: FigureServices, actor: Actor): Promise<{ today: LocalDate; items: Target[] }> {
  const root = areaOf(actor, undefined)
  const rows = await inTransaction(services.database, (tx: TargetTx) => readTargets(tx))
  const items = rows.filter(({ areaCode }) => liesWithin(areaCode, root) || liesWithin(root, areaCode))
  return { today: localDate(services.clock.now(), services.zone), items }
}
