import type { Tables } from '#database/tables.ts'
import type { Instant } from '#kernel/clock.ts'
import { sql, type Tx } from '#platform/database/database.ts'
import type { CasesTx } from '../store.ts'

export type AttemptTables = Pick<Tables, 'cases.trackingAttempt'>

/** The case of a number, with the encrypted telephone of its caller. */
export async function findByNumber(
  tx: CasesTx,
  districtCode: string,
  number: string,
): Promise<{ caseId: string; phoneBox: string | null } | undefined> {
  const found = await sql<{ caseId: string; phoneBox: string | null }>`select c.id as case_id, k.phone_box from cases.case c
    left join cases.caller k on k.district_code = c.district_code and k.case_id = c.id
    where c.district_code = ${districtCode} and c.number = ${number}`.execute(tx)
  return found.rows[0]
}

/** Counts a try before it is looked at, so that tries at the same moment cannot slip past each other. Returns how many there were since `from`. */
export async function countTry(tx: Tx<AttemptTables>, districtCode: string, caseId: string, now: Instant, from: Instant): Promise<number> {
  const counted = await sql<{ wrong: number }>`insert into cases.tracking_attempt as t (district_code, case_id, since, wrong)
    values (${districtCode}, ${caseId}, ${now}, 1)
    on conflict (district_code, case_id) do update set wrong = case when t.since <= ${from} then 1 else least(t.wrong + 1, 1000) end,
      since = case when t.since <= ${from} then excluded.since else t.since end returning wrong`.execute(tx)
  return counted.rows[0]?.wrong ?? 1
}

export async function forgetTries(tx: Tx<AttemptTables>, districtCode: string, caseId: string): Promise<void> {
  await sql`delete from cases.tracking_attempt where district_code = ${districtCode} and case_id = ${caseId}`.execute(tx)
}
