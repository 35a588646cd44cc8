import type { Actor } from '#kernel/actor.ts'
import { codeDigits, type Level } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { filterOf, viewOf, type Narrowing } from '../questions.ts'
import type { CasesTx } from '../store.ts'
import { readBox } from './filter.ts'
import { binsOf, countByArea, countWithoutPoint, pointsOf, type Bins, type PointRow } from './store.ts'

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
