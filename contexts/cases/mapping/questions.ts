import { gridIndexOf } from '#contexts/territory/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { codeDigits, type Level } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { distance } from '../merging/likeness.ts'
import { filterOf, viewOf, type Narrowing } from '../questions.ts'
import { subjectOf } from '../record.ts'
import { refuse } from '../refusals.ts'
import { findCase, type CasesTx } from '../store.ts'
import { summaryOf } from '../view.ts'
import { boxAround, readBox } from './filter.ts'
import { binsOf, casesIn, countByArea, countWithoutPoint, openIn, pointsOf, type Bins, type PointRow } from './store.ts'

/** The list of the same filters, counted by area of one level. What only a wider area is known of is `unplaced`, so that the sum is the list. */
export async function countAreas(services: CaseServices, actor: Actor, input: Narrowing & { level: Level }) {
  const rules = services.rules()
  const now = services.clock.now()
  const looks = { overdue: viewOf('overdue', actor, rules, now), soon: viewOf('soon', actor, rules, now) }
  const rows = await inTransaction(services.database, (tx: CasesTx) =>
    countByArea(tx, filterOf(input, actor, rules, now), codeDigits[input.level], looks),
  )
  const [unplaced] = rows.filter((row) => row.areaCode === null)
  return {
    items: rows.flatMap(({ areaCode, ...counts }) => (areaCode === null ? [] : [{ areaCode, ...counts }])),
    unplaced: { count: unplaced?.count ?? 0, overdue: unplaced?.overdue ?? 0, soon: unplaced?.soon ?? 0 },
  }
}

/** Where the cases of the same filters lie, at most `limit` of them, and how many have no coordinate. */
export async function listPoints(
  services: CaseServices,
  actor: Actor,
  input: Narrowing & { limit: number },
): Promise<{ items: PointRow[]; complete: boolean; withoutPoint: number }> {
  const rules = services.rules()
  const now = services.clock.now()
  const filter = filterOf(input, actor, rules, now)
  return inTransaction(services.database, async (tx: CasesTx) => {
    const points = await pointsOf(tx, filter, viewOf('overdue', actor, rules, now), input.limit + 1)
    const withoutPoint = await countWithoutPoint(tx, { ...filter, box: undefined })
    return { items: points.slice(0, input.limit), complete: points.length <= input.limit, withoutPoint }
  })
}

/** As far as somebody who goes to one case would look at the next on the way. */
const AROUND_METRES = 300
const MOST_NEARBY = 5

/** Open cases around a case, the nearest first, of those that the actor may see. */
export async function listNearby(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }) {
  const rules = services.rules()
  const now = services.clock.now()
  return inTransaction(services.database, async (tx: CasesTx) => {
    const record = await findCase(tx, key.districtCode, key.id)
    if (!record || !rules.policy.may(actor, 'case.read', subjectOf(record))) throw refuse.notFound()
    const box = boxAround(record, AROUND_METRES)
    const filter = { mayRead: rules.policy.visible(actor, 'case.read', 'case', 'c'), view: viewOf('open', actor, rules, now) }
    const found = box ? await casesIn(tx, key.districtCode, box, filter) : []
    const near = found
      .flatMap((other) => ({ other, metres: distance(record, other) ?? Infinity }))
      .filter(({ other, metres }) => other.id !== record.id && metres <= AROUND_METRES)
      .toSorted((a, b) => a.metres - b.metres)
    const items = near.slice(0, MOST_NEARBY).map(({ other, metres }) => {
      const { districtCode, id, number, status, text, matter, place, reportedAt } = summaryOf(other, rules, now, false)
      return { districtCode, id, number, status, text, matter, place, reportedAt, metres: Math.round(metres) }
    })
    return { metres: AROUND_METRES, total: near.length, items }
  })
}

/** The list of the same filters in squares of the map. */
export async function countBins(services: CaseServices, actor: Actor, input: Narrowing & { zoom: number }): Promise<Bins & { total: number }> {
  const rules = services.rules()
  const now = services.clock.now()
  // The box divides here and does not leave out: what lies outside is counted too.
  const filter = { ...filterOf(input, actor, rules, now), box: undefined }
  const asked = { zoom: input.zoom, box: readBox(input.box) }
  const bins = await inTransaction(services.database, (tx: CasesTx) => binsOf(tx, filter, viewOf('overdue', actor, rules, now), asked))
  return { ...bins, total: bins.items.reduce((sum, { count }) => sum + count, 0) }
}

/** Open cases that other borders of grids would put elsewhere. Who edits the territory sees no case by that, only numbers. */
export async function previewGrids(
  services: CaseServices,
  actor: Actor,
  grids: readonly { readonly key: string; readonly ring: readonly (readonly number[])[] }[],
): Promise<{ moves: { from: string | null; to: string | null; cases: number }[]; looked: number }> {
  const rules = services.rules()
  const mayEdit = rules.policy.visible(actor, 'territory.edit', 'case', 'c')
  const index = gridIndexOf(grids.map(({ ring }) => ring))
  const filter = { mayRead: mayEdit, view: viewOf('open', actor, rules, services.clock.now()), box: index.box }
  const cases = await inTransaction(services.database, (tx: CasesTx) => openIn(tx, filter))
  const moves = new Map<string, { from: string | null; to: string | null; cases: number }>()
  const keys = new Set(grids.map(({ key }) => key))
  for (const { gridCode, lng, lat } of cases) {
    const to = grids[index.at(lng, lat) ?? -1]?.key ?? null
    // What lies beside this ground and stays there is nobody's move.
    if (to === gridCode || (to === null && !keys.has(gridCode ?? ''))) continue
    const move = moves.get(`${gridCode} ${to}`) ?? { from: gridCode, to, cases: 0 }
    move.cases += 1
    moves.set(`${gridCode} ${to}`, move)
  }
  return { moves: [...moves.values()].toSorted((a, b) => b.cases - a.cases), looked: cases.length }
}
