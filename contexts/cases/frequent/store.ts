import type { Instant } from '#kernel/clock.ts'
import { sql } from '#platform/database/database.ts'
import type { CasesTx } from '../store.ts'

/** Matters that one person reported in these districts since then, the most frequent first. */
export async function ownMatters(tx: CasesTx, districtCodes: readonly string[], actorKey: string, since: Instant, most: number): Promise<string[]> {
  const found = await sql<{ conditionId: string }>`select c.condition_id from cases.case_step s
    join cases.case c on c.district_code = s.district_code and c.id = s.case_id
    where s.district_code = any(${[...districtCodes]}::text[]) and s.actor_key = ${actorKey} and s.step = 'collect' and s.at >= ${since}
      and c.condition_id is not null
    group by c.condition_id order by count(*) desc, c.condition_id limit ${most}`.execute(tx)
  return found.rows.map((row) => row.conditionId)
}

/** The newest reports of a district say what is usual there; more of them would say the same. */
const NEWEST = 500

/** Matters of a district's newest reports, the most frequent first. */
export async function usualMatters(tx: CasesTx, districtCode: string, most: number): Promise<string[]> {
  const found = await sql<{ conditionId: string }>`select n.condition_id from (
      select c.condition_id from cases.case c where c.district_code = ${districtCode} order by c.reported_at desc, c.id desc limit ${NEWEST}) n
    where n.condition_id is not null group by n.condition_id order by count(*) desc, n.condition_id limit ${most}`.execute(tx)
  return found.rows.map((row) => row.conditionId)
}
