/** Many cases at once, copied from some that were lived through, for tests and measurements of screens: what a queue of thousands looks like, not how it came to be. */
import { inTransaction, openDatabase, sql, type Sql } from '#platform/database/database.ts'

export interface Crowd {
  readonly districtCode: string
  readonly count: number
  /** Day in their numbers; one day holds 99,999 at most. */
  readonly day: string
  /** What stands in the text of each, to find them by. */
  readonly words: string
  /** `filed` waits for dispatch; `closed` fills the past. */
  readonly status: 'filed' | 'closed'
  /** Of every so many, one without a matter, so that it cannot be dispatched; 0 for none. */
  readonly brokenEvery?: number
}

/** Copies cases of the district whose unit the rules know; gives how many were made. */
export async function addCrowd(url: string, crowd: Crowd): Promise<number> {
  const database = openDatabase(url)
  try {
    return await inTransaction(database, async (tx) => {
      const found = await sql<{ made: number }>`with patterns as (
          select c.*, row_number() over (order by c.id) - 1 as place, count(*) over () as patterns
          from (select * from cases.case c where c.district_code = ${crowd.districtCode} and ${patternOf(crowd)} order by c.id limit 200) c),
        made as (insert into cases.case select (jsonb_populate_record(null::cases.case, to_jsonb(p) || ${changesOf(crowd)})).*
          from generate_series(1, ${crowd.count}::int) n join patterns p on p.place = n % p.patterns returning 1)
        select count(*)::int as made from made`.execute(tx)
      return found.rows[0]?.made ?? 0
    })
  } finally {
    await database.close()
  }
}

// Whatever a rule dispatched has a matter and a place that its rules answer for.
const patternOf = ({ status }: Crowd): Sql =>
  status === 'closed'
    ? sql<boolean>`c.status = 'closed'`
    : sql<boolean>`c.why is not null and c.condition_id is not null and length(c.area_code) > 9 and c.merged_into is null`

function changesOf({ words, day, districtCode, status, brokenEvery = 0 }: Crowd) {
  const prefix = `${districtCode}-${day.replaceAll('-', '')}-`
  // The bits of a UUIDv7 that sort: the day's first moment and the running number.
  const common = sql`jsonb_build_object('id', (lpad(to_hex((extract(epoch from ${day}::timestamptz) * 1000)::bigint), 12, '0') || '7000a' || lpad(to_hex(n), 15, '0'))::uuid,
    'number', ${prefix}::text || lpad(n::text, 5, '0'), 'version', 1, 'text', ${words}::text || n::text, 'external_key', null, 'source', null,
    'reported_at', ${day}::timestamptz + n * interval '500 milliseconds')`
  if (status === 'closed') return common
  return sql`${common} || jsonb_build_object('status', 'filed', 'steps', '["collect", "file"]'::jsonb, 'lead_organisation_id', null, 'lead_post_id', null,
    'assignment_id', null, 'why', null, 'organisation_ids', '[]'::jsonb, 'awaited_organisation_ids', '[]'::jsonb, 'respond_due_at', null, 'dispose_due_at', null,
    'clock_due_at', null, 'clock_soon_at', null, 'suspended_until', null, 'handled_by', '[]'::jsonb, 'result', null, 'rating', null, 'evaluation', null,
    'closed_at', null, 'rework_count', 0, 'return_count', 0, 'reopen_count', 0, 'ladder', '[]'::jsonb, 'triage_reason', null, 'triage_note', null,
    'merged_into', null, 'bound_organisation_ids', '[]'::jsonb)
    || case when ${brokenEvery}::int > 0 and n % ${Math.max(1, brokenEvery)}::int = 0 then jsonb_build_object('condition_id', null, 'matter_name', null, 'matter_version_id', null) else '{}' end`
}
