import type { LocalDate } from '#kernel/clock.ts'
import { codeDigits, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { listDistricts } from '#platform/district.ts'
import { emit, type Doing } from '#platform/event.ts'
import { rowsOfCsv } from '../load.ts'
import { territoryImported } from '../events.ts'
import type { ImportReport } from '../import-report.ts'
import { refuse } from '../refusals.ts'
import { versionsOfCodes, type TerritoryTables } from '../store.ts'
import { placeAbove, type Building, type Household } from './building.ts'
import { planDated, type DatedDraft, type DatedPlan } from './history.ts'
import { readBuilding, readHousehold, type BuildingColumns, type HouseholdColumns, type Read } from './list.ts'
import * as store from './store.ts'

type PlaceTx = Tx<TerritoryTables & store.BuildingTables>
interface Options<Columns> {
  /** First day on which the file holds. */
  readonly validFrom: LocalDate
  readonly columns: Columns
}

/** Imports a list of buildings, CSV text. Whole file or nothing; the same file again changes nothing; buildings that it does not name stay. */
export async function importBuildings(doing: Doing, text: string, { validFrom, columns }: Options<BuildingColumns>): Promise<ImportReport> {
  const read = readRows(text, columns, (line, row) => readBuilding(line, row, columns))
  return inTransaction<TerritoryTables & store.BuildingTables, ImportReport>(doing.database, async (tx) => {
    await store.lockBuildings(tx)
    const grids = new Set((await gridsOf(tx, read.drafts, validFrom)).map(({ code }) => code))
    const { placed, orphans } = withParent(read.drafts, grids)
    const known = await store.buildingsFrom(
      tx,
      validFrom,
      placed.map(({ code }) => code),
    )
    const plan = planDated<Building>(placed, known, validFrom, newId)
    const report = reportOf(read, orphans, [plan])
    if (report.written && report.accepted + report.updated > 0) {
      await store.writeBuildings(tx, plan, doing.clock.now())
      await tell(tx, doing, [plan], validFrom)
    }
    return report
  })
}

/** Imports a list of dwellings, CSV text, of one or more districts, as `importBuildings` does. */
export async function importHouseholds(doing: Doing, text: string, { validFrom, columns }: Options<HouseholdColumns>): Promise<ImportReport> {
  const read = readRows(text, columns, (line, row) => readHousehold(line, row, columns))
  return inTransaction<TerritoryTables & store.BuildingTables, ImportReport>(doing.database, async (tx) => {
    await store.lockBuildings(tx)
    const wanted = [...new Set(read.drafts.map(({ code }) => placeAbove(code)))]
    const standing = (await store.buildingsFrom(tx, validFrom, wanted)).filter((one) => one.validFrom <= validFrom)
    const { placed, orphans } = withParent(read.drafts, new Set(standing.map(({ code }) => code)))
    const plans: [DistrictCode, DatedPlan<Household>][] = []
    for (const [districtCode, drafts] of Map.groupBy(placed, ({ code }) => code.slice(0, codeDigits.district) as DistrictCode)) {
      const codes = drafts.map(({ code }) => code)
      plans.push([districtCode, planDated<Household>(drafts, await store.householdsFrom(tx, districtCode, validFrom, codes), validFrom, newId)])
    }
    const all = plans.map(([, plan]) => plan)
    const report = reportOf(read, orphans, all)
    if (report.written && report.accepted + report.updated > 0) {
      for (const [districtCode, plan] of plans) await store.writeHouseholds(tx, districtCode, plan, doing.clock.now())
      await tell(tx, doing, all, validFrom)
    }
    return report
  })
}

interface ReadRows<Content> {
  readonly rows: number
  readonly drafts: DatedDraft<Content>[]
  readonly rejected: DatedPlan<Content>['rejected'][number][]
}

function readRows<Content>(
  text: string,
  columns: object,
  read: (line: number, row: Readonly<Record<string, string | undefined>>) => Read<Content>,
): ReadRows<Content> {
  const out: ReadRows<Content> & { rows: number } = { rows: 0, drafts: [], rejected: [] }
  const named = Object.values(columns).filter((column): column is string => typeof column === 'string')
  for (const { line, row } of rowsOfCsv(text)) {
    const missing = named.find((column) => !(column in row))
    if (missing !== undefined) throw refuse.columnMissing({ column: missing })
    const draft = read(line, row)
    out.rows += 1
    if ('refusal' in draft) out.rejected.push(draft)
    else out.drafts.push(draft)
  }
  return out
}

// Unit grids are numbered apart; what stands in a grid stands in a service grid.
async function gridsOf(tx: PlaceTx, drafts: readonly { code: string }[], on: LocalDate): Promise<{ code: string }[]> {
  const versions = await versionsOfCodes(tx as unknown as Tx<TerritoryTables>, on, [...new Set(drafts.map(({ code }) => placeAbove(code)))])
  return versions.filter(({ gridKind }) => gridKind === 'service')
}

interface Orphan {
  readonly line: number
  readonly code: string
}

function withParent<Content>(
  drafts: readonly DatedDraft<Content>[],
  parents: ReadonlySet<string>,
): { placed: DatedDraft<Content>[]; orphans: Orphan[] } {
  const placed = drafts.filter(({ code }) => parents.has(placeAbove(code)))
  return { placed, orphans: drafts.filter(({ code }) => !parents.has(placeAbove(code))) }
}

function reportOf<Content>(read: ReadRows<Content>, orphans: readonly Orphan[], plans: readonly DatedPlan<Content>[]): ImportReport {
  const missing = orphans.map(({ line, code }) => ({ line, refusal: refuse.parentMissing({ code, parent: placeAbove(code) }) }))
  const rejected = [...read.rejected, ...missing, ...plans.flatMap((plan) => plan.rejected)].sort((a, b) => a.line - b.line)
  const count = (of: (plan: DatedPlan<Content>) => number): number => plans.reduce((sum, plan) => sum + of(plan), 0)
  return {
    rows: read.rows,
    written: rejected.length === 0,
    accepted: count((plan) => plan.accepted.length),
    updated: count((plan) => plan.updated.length),
    unchanged: count((plan) => plan.unchanged.length),
    rejected: rejected.map(({ line, refusal }) => ({ line, reason: refusal.code, zh: refusal.text('zh'), en: refusal.text('en') })),
    orphans: orphans.map(({ code }) => ({ code, parentCode: placeAbove(code) })),
    administered: [],
    overlaps: [],
    gaps: [],
  }
}

/** One event for each served district that the file touched. */
async function tell(
  tx: PlaceTx,
  doing: Doing,
  plans: readonly Pick<DatedPlan<never>, 'accepted' | 'updated'>[],
  validFrom: LocalDate,
): Promise<void> {
  const of = (codes: readonly string[], district: string): number => codes.filter((code) => code.startsWith(district)).length
  const served = (await listDistricts(tx)).map(({ code }) => code)
  const areas = await versionsOfCodes(tx as unknown as Tx<TerritoryTables>, validFrom, served)
  const events = areas.flatMap(({ code, areaId }) => {
    const accepted = plans.reduce((sum, plan) => sum + of(plan.accepted, code), 0)
    const updated = plans.reduce((sum, plan) => sum + of(plan.updated, code), 0)
    return accepted + updated === 0 ? [] : [territoryImported(doing, { code: code as DistrictCode, areaId }, { accepted, updated, validFrom })]
  })
  await emit(tx, doing, events)
}
