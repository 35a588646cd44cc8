import type { Actor } from '#kernel/actor.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { actorKey } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { maskedCaller, organisationName, placeName } from '../view.ts'
import type { CallBackView, DrawView } from './contract.ts'
import { sampleOf } from './draw.ts'
import { findDraw, newestDraws, sampleRows, type CallBackTx, type DrawCounts, type DrawRow, type SampleRow } from './store.ts'

export interface DrawKey {
  readonly districtCode: string
  readonly id: string
}
type DrawDetail = DrawView & { items: CallBackView[] }

const place = (draw: Pick<DrawRow, 'districtCode' | 'areaCode'>) => ({
  districtCode: draw.districtCode,
  areaCode: draw.areaCode,
  organisationIds: [],
})
const columns = { districtCode: 'd.district_code', areaCode: 'd.area_code' }

/** A draw that the actor may see; anything else does not exist for him. */
export async function visibleDraw(tx: CallBackTx, actor: Actor, rules: Rules, key: DrawKey, lock = false): Promise<DrawRow> {
  const draw = await findDraw(tx, key.districtCode, key.id, lock)
  if (!draw || !rules.policy.may(actor, 'case.call_back', place(draw))) throw refuse.drawNotFound()
  return draw
}

/** True when the actor may publish and draw for this area. */
export const mayDraw = (actor: Actor, rules: Rules, of: Pick<DrawRow, 'districtCode' | 'areaCode'>): boolean =>
  rules.policy.may(actor, 'case.draw_sample', place(of))

export async function listDraws({ database, rules }: CaseServices, actor: Actor, limit: number): Promise<{ items: DrawView[] }> {
  const held = rules()
  const mayRead = held.policy.visible(actor, 'case.call_back', columns)
  const rows = await inTransaction(database, (tx: CallBackTx) => newestDraws(tx, mayRead, limit))
  return { items: rows.map((row) => drawView(row, row, actor, held)) }
}

/** One draw with its sample. */
export function drawDetail(services: CaseServices, actor: Actor, key: DrawKey): Promise<DrawDetail> {
  const rules = services.rules()
  return inTransaction(services.database, async (tx: CallBackTx) => {
    const draw = await visibleDraw(tx, actor, rules, key)
    const rows = await sampleRows(tx, key.districtCode, key.id)
    const counts = { size: draw.population.length, sampled: rows.length, answered: rows.filter(({ outcome }) => outcome !== null).length }
    return { ...drawView(draw, counts, actor, rules), items: rows.map((row) => callBackView(row, actor, rules, services)) }
  })
}

function drawView(draw: Omit<DrawRow, 'population'>, { size, sampled, answered }: DrawCounts, actor: Actor, rules: Rules): DrawView {
  const { districtCode, id, areaCode, fromDay, toDay, percent, minimumPerStreet, seed, publishedAt, drawnAt } = draw
  return {
    districtCode,
    id,
    area: placeName(areaCode, rules),
    from: fromDay,
    to: toDay,
    percent,
    minimumPerStreet,
    seed,
    publishedAt,
    drawnAt,
    population: size,
    sampled,
    answered,
    mayDraw: drawnAt === null && mayDraw(actor, rules, draw),
  }
}

function callBackView(row: SampleRow, actor: Actor, rules: Rules, { secrets }: CaseServices): CallBackView {
  const open = (box: string | null): string | null => (box ? secrets.decrypt(box) : null)
  return {
    caseId: row.id,
    number: row.number,
    status: row.status,
    matter: row.matterName,
    place: placeName(row.areaCode, rules),
    holder: organisationName(row.organisationId, rules),
    result: row.result,
    caller: maskedCaller({ name: open(row.nameBox), phone: open(row.phoneBox) }),
    outcome: row.outcome,
    recordedAt: row.recordedAt,
    mayRecord: row.outcome === null && !hasWorkedOn(row, actor),
  }
}

/** True for whoever handled or checked a sampled case: he does not ask how well it was done. */
export function hasWorkedOn({ workers, handledBy }: Pick<SampleRow, 'workers' | 'handledBy'>, actor: Actor): boolean {
  return [...workers, ...handledBy].includes(actorKey(actor))
}

/** Draws again by the same seed from the same cases. */
export async function repeatDraw(services: CaseServices, actor: Actor, key: DrawKey) {
  return inTransaction(services.database, async (tx: CallBackTx) => {
    const { seed, population, drawnAt, ...size } = await visibleDraw(tx, actor, services.rules(), key)
    if (drawnAt === null) throw refuse.notDrawn()
    const drawn = (await sampleRows(tx, key.districtCode, key.id)).map(({ streetCode, number }) => `${streetCode}/${number}`)
    const sample = sampleOf(population, seed, size)
    return { seed, population: [...population], sample, isSame: drawn.toSorted().join() === sample.toSorted().join() }
  })
}
