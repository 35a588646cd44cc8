import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { summonsClocks } from '#contexts/assignments/index.ts'
import { insertRows, sql, type Sql } from '#platform/database/database.ts'
import type { CaseRecord } from '../record.ts'
import type { CasesTx } from '../store.ts'
import type { WhistleKind } from './kinds.ts'
import { whistleStateNames, whistleStates, type WhistleState } from './lifecycle.ts'
import type { Whistle, WhistleUnit } from './whistle.ts'

type KindRow = Record<string, unknown> & Pick<WhistleKind, 'kind' | 'effectiveFrom' | 'ordinal' | 'name' | 'needsApproval' | 'offered'>

/** Every kind of every day. */
export async function readKinds(tx: CasesTx): Promise<WhistleKind[]> {
  const found = await sql<KindRow>`select * from cases.whistle_kind order by ordinal, kind, effective_from`.execute(tx)
  return found.rows.map(({ kind, effectiveFrom, ordinal, name, needsApproval, offered, ...row }) => {
    const limits = summonsClocks.flatMap((clock) => {
      const value = row[`${clock}Value`]
      return value === null ? [] : [[clock, { value: Number(value), unit: row[`${clock}Unit`] }] as const]
    })
    return { kind, effectiveFrom, ordinal, name, needsApproval, offered, limits: Object.fromEntries(limits) as WhistleKind['limits'] }
  })
}

/** Writes a kind from one day on; what was planned for the same day is replaced. */
export async function replaceKind(tx: CasesTx, { limits, ...kind }: WhistleKind): Promise<void> {
  await sql`delete from cases.whistle_kind where kind = ${kind.kind} and effective_from = ${kind.effectiveFrom}`.execute(tx)
  const columns = Object.fromEntries(
    summonsClocks.flatMap((clock) => [
      [`${clock}Value`, limits[clock]?.value ?? null],
      [`${clock}Unit`, limits[clock]?.unit ?? null],
    ]),
  )
  await insertRows(tx, 'cases.whistle_kind', [{ ...kind, ...columns }])
}

type WhistleRow = Omit<Whistle, 'units'>
type UnitRow = WhistleUnit & { readonly whistleId: string }

async function withUnits(tx: CasesTx, rows: readonly WhistleRow[]): Promise<Whistle[]> {
  if (rows.length === 0) return []
  const districts = [...new Set(rows.map((row) => row.districtCode))]
  const found =
    await sql<UnitRow>`select whistle_id, organisation_id, ordinal, basis, assignment_id, score, score_note, rated_at from cases.whistle_unit
    where district_code = any(${districts}::text[]) and whistle_id = any(${rows.map((row) => row.id)}::uuid[]) order by ordinal`.execute(tx)
  const units = Map.groupBy(found.rows, (row) => row.whistleId)
  return rows.map((row) => ({ ...row, units: (units.get(row.id) ?? []).map(({ whistleId: _whistleId, ...unit }) => unit) }))
}

export async function findWhistle(tx: CasesTx, districtCode: string, id: string): Promise<Whistle | undefined> {
  const found = await sql<WhistleRow>`select * from cases.whistle where district_code = ${districtCode} and id = ${id}`.execute(tx)
  return (await withUnits(tx, found.rows))[0]
}

/** Whistles on one case, oldest first. */
export async function whistlesOf(tx: CasesTx, districtCode: string, caseId: string): Promise<Whistle[]> {
  const found =
    await sql<WhistleRow>`select * from cases.whistle where district_code = ${districtCode} and case_id = ${caseId} order by asked_at, id`.execute(tx)
  return withUnits(tx, found.rows)
}

export async function insertWhistle(tx: CasesTx, { units, ...whistle }: Whistle): Promise<void> {
  await insertRows(tx, 'cases.whistle', [whistle])
  const { districtCode, id: whistleId } = whistle
  await insertRows(
    tx,
    'cases.whistle_unit',
    units.map((unit) => ({ districtCode, whistleId, ...unit })),
  )
}

/** A unit that is summoned after the whistle sounded. */
export async function insertUnit(tx: CasesTx, { districtCode, id: whistleId }: Whistle, unit: WhistleUnit): Promise<void> {
  await insertRows(tx, 'cases.whistle_unit', [{ districtCode, whistleId, ...unit }])
}

/** Writes what moves and ratings change. */
export async function updateWhistle(tx: CasesTx, whistle: Whistle): Promise<void> {
  const { districtCode, id, state, soundedAt, soundedBy, endedAt, endNote } = whistle
  await sql`update cases.whistle set state = ${state}, sounded_at = ${soundedAt}, sounded_by = ${soundedBy}, ended_at = ${endedAt}, end_note = ${endNote}
    where district_code = ${districtCode} and id = ${id}`.execute(tx)
  const rows = JSON.stringify(
    whistle.units.map((unit) => ({
      organisation_id: unit.organisationId,
      assignment_id: unit.assignmentId,
      score: unit.score,
      score_note: unit.scoreNote,
      rated_at: unit.ratedAt,
    })),
  )
  await sql`update cases.whistle_unit t set assignment_id = r.assignment_id, score = r.score, score_note = r.score_note, rated_at = r.rated_at
    from jsonb_populate_recordset(null::cases.whistle_unit, ${rows}::jsonb) r
    where t.district_code = ${districtCode} and t.whistle_id = ${id} and t.organisation_id = r.organisation_id`.execute(tx)
}

const open = whistleStates.filter((state) => whistleStateNames[state].open)

/** Whistles end with the case they are about: nobody is summoned to a closed case. */
export async function endWhistlesOf(tx: CasesTx, districtCode: string, caseIds: readonly string[], to: WhistleState, at: Instant): Promise<void> {
  await sql`update cases.whistle set state = ${to}, ended_at = ${at}
    where district_code = ${districtCode} and case_id = any(${[...caseIds]}::uuid[]) and state = any(${open}::text[])`.execute(tx)
}

/** What the board asks for. `mayRead` is the policy's predicate about `cases.case c` and is always applied. */
export interface BoardFilter {
  readonly mayRead: Sql
  readonly areaCode?: string | undefined
  readonly kind?: string | undefined
  readonly organisationId?: string | undefined
  /** Whistles that ended before are not shown. */
  readonly endedSince: Instant
  readonly limit: number
}

/** Open whistles and those that ended lately, the newest first, with their cases. */
export async function boardOf(tx: CasesTx, filter: BoardFilter): Promise<{ whistle: Whistle; record: CaseRecord }[]> {
  const { mayRead, areaCode = null, kind = null, organisationId = null, endedSince, limit } = filter
  const found = await sql<WhistleRow>`select w.* from cases.whistle w
    join cases.case c on c.district_code = w.district_code and c.id = w.case_id
    where ${mayRead} and (w.ended_at is null or w.ended_at >= ${endedSince})
      and (${areaCode}::text is null or c.area_code like ${areaCode ?? ''} || '%') and (${kind}::text is null or w.kind = ${kind ?? ''})
      and (${organisationId}::uuid is null or w.street_organisation_id = ${organisationId} or exists (
        select 1 from cases.whistle_unit u where u.district_code = w.district_code and u.whistle_id = w.id and u.organisation_id = ${organisationId}))
    order by w.asked_at desc, w.id limit ${limit}`.execute(tx)
  const whistles = await withUnits(tx, found.rows)
  const districts = [...new Set(whistles.map((row) => row.districtCode))]
  const cases = await sql<CaseRecord>`select c.* from cases.case c
    where c.district_code = any(${districts}::text[]) and c.id = any(${whistles.map((one) => one.caseId)}::uuid[])`.execute(tx)
  const byId = new Map(cases.rows.map((row) => [row.id, row]))
  return whistles.flatMap((whistle) => {
    const record = byId.get(whistle.caseId)
    return record ? [{ whistle, record }] : []
  })
}

/** Words typed beside answers on these cases. */
export async function unitNotesOf(
  tx: CasesTx,
  districtCode: string,
  caseIds: readonly string[],
): Promise<{ caseId: string; assignmentId: string; move: string; text: string }[]> {
  if (caseIds.length === 0) return []
  const found = await sql<{
    caseId: string
    assignmentId: string
    move: string
    text: string
  }>`select case_id, assignment_id, move, text from cases.case_note
    where district_code = ${districtCode} and case_id = any(${[...caseIds]}::uuid[]) and assignment_id is not null order by id`.execute(tx)
  return found.rows
}

/** How many whistles each street sounded since a moment, and how many cases were reported in each street's area. */
export async function countPerStreet(
  tx: CasesTx,
  districtCodes: readonly DistrictCode[],
  since: Instant,
): Promise<{ whistles: Map<string, number>; cases: Map<string, number> }> {
  const [whistles, cases] = await Promise.all([
    sql<{ key: string; n: number }>`select street_organisation_id::text as key, count(*)::int as n from cases.whistle
      where district_code = any(${[...districtCodes]}::text[]) and sounded_at >= ${since} group by 1`.execute(tx),
    sql<{ key: string; n: number }>`select left(area_code, 9) as key, count(*)::int as n from cases.case
      where district_code = any(${[...districtCodes]}::text[]) and reported_at >= ${since} and length(area_code) >= 9 group by 1`.execute(tx),
  ])
  const mapped = (rows: readonly { key: string; n: number }[]) => new Map(rows.map(({ key, n }) => [key, n]))
  return { whistles: mapped(whistles.rows), cases: mapped(cases.rows) }
}
