import { systemActor } from '#kernel/actor.ts'
import { addDays, instantAt, localDate, type LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { answerOnce } from '#platform/receipt.ts'
import { emit, type Doing } from '#platform/event.ts'
import type { CaseServices } from '../commands.ts'
import { moveCasesIn } from '../moving/commands.ts'
import { actorKey } from '../record.ts'
import { refuse } from '../refusals.ts'
import { sampleOf } from './draw.ts'
import type { CallBackOutcome } from './lifecycle.ts'
import { hasWorkedOn, mayDraw, visibleDraw, type DrawKey } from './questions.ts'
import { closedCases, insertDraw, insertSample, sampleRows, saveOutcome, setDrawn, type CallBackTx } from './store.ts'

/** Publishes seed, period and size of a sample. Size comes from the city's settings; the seed is new and cannot be chosen. */
export async function publishDraw(
  doing: Doing,
  services: CaseServices,
  asked: { readonly areaCode: string; readonly from: LocalDate; readonly to: LocalDate },
): Promise<DrawKey> {
  const rules = services.rules()
  const { zone } = rules.catalogue.calendar
  const districtCode = asked.areaCode.slice(0, 6) as DistrictCode
  if (!rules.territory.area(asked.areaCode)) throw refuse.areaUnknown({ code: asked.areaCode }, 'areaCode')
  if (!mayDraw(doing.actor, rules, { districtCode, areaCode: asked.areaCode })) throw refuse.notYours({ move: '回访抽样' })
  if (asked.from > asked.to) throw refuse.periodBackwards({ from: asked.from, to: asked.to }, 'from')
  if (asked.to > localDate(doing.clock.now(), zone)) throw refuse.periodAhead({ to: asked.to }, 'to')
  const { percent, minimumPerStreet } = rules.catalogue.callBack
  return answerOnce(doing, districtCode, 'publishDraw', async (tx: CallBackTx) => {
    const id = newId()
    const seed = newId()
    const now = doing.clock.now()
    const { areaCode, from: fromDay, to: toDay } = asked
    const publishedBy = doing.actor.personId
    await insertDraw(tx, { districtCode, id, areaCode, fromDay, toDay, percent, minimumPerStreet, seed, publishedAt: now, publishedBy })
    const data = { areaCode, from: fromDay, to: toDay, percent, minimumPerStreet, seed }
    await emit(tx, doing, [{ ...about(districtCode, id), type: 'case.sample_published', subjectVersion: 1, happenedAt: now, data }])
    return { districtCode, id }
  })
}

/** Draws the sample from the cases that are closed now. Once: a sample that nobody likes stays the sample. */
export async function drawSample(doing: Doing, services: CaseServices, key: DrawKey): Promise<DrawKey> {
  const rules = services.rules()
  const districtCode = key.districtCode as DistrictCode
  return answerOnce(doing, districtCode, 'drawSample', async (tx: CallBackTx) => {
    const draw = await visibleDraw(tx, doing.actor, rules, key, true)
    if (!mayDraw(doing.actor, rules, draw)) throw refuse.notYours({ move: '回访抽样' })
    if (draw.drawnAt !== null) throw refuse.alreadyDrawn()
    const { zone } = rules.catalogue.calendar
    const { areaCode, fromDay, toDay } = draw
    const cases = await closedCases(tx, {
      districtCode,
      areaCode,
      since: instantAt(fromDay, 0, zone),
      until: instantAt(addDays(toDay, 1), 0, zone),
    })
    const byEntry = new Map(cases.map((one) => [`${one.street}/${one.number}`, one]))
    const population = [...byEntry.keys()]
    const drawn = sampleOf(population, draw.seed, draw).flatMap((entry) => byEntry.get(entry) ?? [])
    const now = doing.clock.now()
    await setDrawn(tx, draw, now, population)
    await insertSample(
      tx,
      drawn.map(({ id, street, organisationId }) => ({
        districtCode,
        id: newId(),
        drawId: draw.id,
        caseId: id,
        streetCode: street,
        organisationId,
      })),
    )
    const data = { population: population.length, sampled: drawn.length }
    await emit(tx, doing, [{ ...about(districtCode, draw.id), type: 'case.sample_drawn', subjectVersion: 2, happenedAt: now, data }])
    return { districtCode, id: draw.id }
  })
}

/** Records what a caller said. Refused for whoever handled or checked the case. “Not solved” reopens it to the supervisor in the same transaction. */
export async function recordCallBack(
  doing: Doing,
  services: CaseServices,
  key: DrawKey,
  said: { readonly caseId: string; readonly outcome: CallBackOutcome; readonly note?: string | undefined },
): Promise<DrawKey> {
  const districtCode = key.districtCode as DistrictCode
  return answerOnce(doing, districtCode, 'recordCallBack', async (tx: CallBackTx) => {
    const draw = await visibleDraw(tx, doing.actor, services.rules(), key, true)
    const row = (await sampleRows(tx, districtCode, draw.id)).find(({ id }) => id === said.caseId)
    if (!row) throw refuse.notSampled({}, 'caseId')
    if (row.outcome !== null) throw refuse.alreadyCalledBack()
    if (hasWorkedOn(row, doing.actor)) throw refuse.ownCallBack()
    const now = doing.clock.now()
    const { outcome, note } = said
    const by = { actorKey: actorKey(doing.actor), postId: doing.actor.posts[0]?.id ?? null }
    await saveOutcome(tx, { districtCode, callBackId: row.callBackId }, { outcome, at: now, note: note?.trim() || null, ...by })
    await emit(tx, doing, [
      {
        ...about(districtCode, row.id),
        subjectKind: 'case',
        type: 'case.called_back',
        subjectVersion: 1,
        happenedAt: now,
        reasonCode: outcome,
        data: { drawId: draw.id, organisationId: row.organisationId, areaCode: row.areaCode },
      },
    ])
    if (outcome === 'not_solved' && row.status === 'closed') await reopen(tx, services, districtCode, row.id, doing.requestId)
    return { districtCode, id: draw.id }
  })
}

async function reopen(tx: CallBackTx, services: CaseServices, districtCode: DistrictCode, id: string, requestId: string): Promise<void> {
  const by = { actor: systemActor('call_back'), requestId }
  const [outcome] = await moveCasesIn(tx, services, districtCode, [{ id, move: 'reopen', reasonCode: 'call_back', commandId: newId(), by }])
  if (outcome && !outcome.ok) throw outcome.refusal
}

const about = (districtCode: DistrictCode, subjectId: string) => ({ districtCode, subjectKind: 'call_back_draw', subjectId, version: 1 })
