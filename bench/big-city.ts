// The city that the screens are promised for (20,000 grids, a million cases, 50,000 of them open, 10,000 in the queue): the demonstration city with a net of
// grids beside it, and cases of a year copied from those that were lived through there, laid by SQL straight into the tables.
import { systemClock } from '#kernel/clock.ts'
import { loadDemonstrationCity } from '#seed/load.ts'
import { openDatabase, type Database } from '#platform/database/database.ts'
import { using } from './ground.ts'
import { layGrids, mapCity } from './map-city.ts'

export interface CitySize {
  /** Cases in all. */
  readonly total: number
  /** Open ones, every other of the newest. */
  readonly open: number
  /** Open ones that wait for dispatch: the queue. */
  readonly queue: number
}

/** What stands in the text of every case of the queue. */
export const queueWords = '长队案件'

const district = '990101'
// One moment for all statements: ids and numbers follow from it.
const now = `timestamptz '${systemClock.now()}'`
const tables = ['cases.case', 'assignments.assignment', 'assignments.milestone', 'platform.event'] as const

/** The demonstration city with a few hundred lived cases, and the net of grids, in a migrated and empty database. */
export async function layGround(url: string): Promise<void> {
  // The demonstration's contacts and the server's key are one.
  process.env['HUYING_KEY'] = '07'.repeat(32)
  const begun = performance.now()
  await loadDemonstrationCity(url, { cases: 600 })
  await layGrids(url)
  console.log(`20000 grids laid in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
}

/**
 * Cases on such a ground, as many on each day of a year: rows without their indexes, two tables at a time, and then the indexes, in a tenth of the time
 * that rows with indexes take. Gives the address back.
 */
export async function layCases(url: string, size: CitySize): Promise<string> {
  const begun = performance.now()
  await using(url, (database) => fill(database, url, size))
  console.log(`${size.total} cases laid in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  return url
}

async function fill({ pool }: Database, url: string, size: CitySize): Promise<void> {
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid = any($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [[...tables]],
  )
  // No checkpoint in between. All of it belongs to the bench's own server.
  await pool.query("alter system set max_wal_size = '16GB'")
  await pool.query('select pg_reload_conf()')
  await pool.query('create schema bench')
  await pool.query(patternsSql)
  for (const { name } of indexes) await pool.query(`drop index ${name}`)
  // Events come as they happened and not in the order of their cases.
  await pool.query('alter table platform.event drop constraint event_pkey')
  const eventKey = 'alter table platform.event add constraint event_pkey primary key (district_code, recorded_at, id)'
  const loading = openDatabase(url, { canRepeat: true })
  try {
    await side(loading, [casesSql(size), eventsSql(size), assignmentsSql(size), milestonesSql(size)])
    await side(loading, [eventKey, ...indexes.map(({ definition }) => definition)])
    await side(
      loading,
      tables.map((table) => `vacuum (analyze, parallel 0) ${table}`),
    )
  } finally {
    await loading.close()
  }
  await pool.query('drop schema bench cascade')
  await pool.query('checkpoint')
}

/** Statements on two connections, each taking the next one when it is done. Sessions check no foreign keys. */
async function side(loading: Database, statements: readonly string[]): Promise<void> {
  const waiting = [...statements]
  const work = async (): Promise<void> => {
    const client = await loading.pool.connect()
    try {
      await client.query("set session_replication_role = replica; set maintenance_work_mem = '1GB'; set work_mem = '256MB'")
      for (let next = waiting.shift(); next; next = waiting.shift()) await client.query(next)
    } finally {
      client.release(true)
    }
  }
  await Promise.all([work(), work()])
}

// Places of case n: the same in every statement. Thicker towards the middle of the net.
const chance = (n: string, seed: number): string => `(hashint8extended(${n}, ${seed}) & 1048575) / 1048576.0::float8`
/** An id that sorts by time, as those of the product do; `mark` tells tables and rows of one case apart. */
const idOf = (n: string, at: string, mark: string): string =>
  `(lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '70${mark}0a' || lpad(to_hex(${n}), 15, '0'))::uuid`

/** One row per case with what the rows of all tables follow from: when it came, how many hours it took, and how it stands. */
const madeSql = ({ total, open, queue }: CitySize): string => `(
  select n, at, ${idOf('n', 'at', '1')} as id, ${idOf('n', 'at', '2')} as assignment_id, hours, merged, is_queue, is_open,
    case when is_queue then 'filed' when is_open then (array['dispatched', 'contacted', 'handled', 'checked'])[(1 + n / 2 % 4)::int] when merged then 'merged' else 'closed' end as status,
    least(at + hours * interval '1 hour', ${now}) as handled_at, unit
  from (select n, date_trunc('milliseconds', ${now} - (${total} - n) * (interval '365 days' / ${total})) as at,
      2 + n * 7 % 90 + case when n % 10 = 3 then 72 else 0 end as hours, n % 50 = 7 as merged, n % 2 = 0 and n > ${total - 2 * open} as is_open,
      n % 2 = 0 and n > ${total - 2 * queue} as is_queue, (select ids from bench.unit)[(1 + n % (select cardinality(ids) from bench.unit))::int] as unit
    from generate_series(1, ${total}::bigint) n) one) made`

const patterns = 128
/** Cases of the demonstration to copy from, by how they stand; and the departments that handle. */
const patternsSql = `
  create unlogged table bench.pattern as
    select place, p.* from generate_series(0, ${patterns - 1}::bigint) place join (select row_number() over (partition by kind order by id) as row, count(*) over (partition by kind) as rows, * from (
      select case when c.status = 'closed' then 'closed' else 'open' end as kind, c.*
      from cases.case c where c.district_code = '${district}' and c.condition_id is not null and length(c.area_code) > 9 and c.merged_into is null
        and (c.status = 'closed' or (c.why is not null and c.status not in ('rejected', 'withdrawn', 'transferred', 'split', 'handed_over')))) one) p on p.row = 1 + place % p.rows;
  create unlogged table bench.unit as
    select array_agg(id order by id) as ids from people.organisation where area_code = '${district}' and kind = 'department';
  analyze bench.pattern;`

/** Areas of a cell, as bench/map-city.ts names them. */
const areaCode = `'990101' || (101 + x / 50 + 4 * (y / 20)) || lpad((1 + x % 50 / 10 + 5 * (y % 20 / 5))::text, 3, '0') || lpad((1 + x % 10 + 10 * (y % 5))::text, 3, '0')`

/** What a copy has of its own, by column; the rest is its pattern's. */
const ofItsOwn: Readonly<Record<string, string>> = {
  district_code: `'${district}'`,
  id: 'made.id',
  number: `'${district}-' || to_char(made.at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || (10000 + n % 90000)`,
  version: '8',
  status: 'made.status',
  source: 'null',
  external_key: 'null',
  text: `case when is_queue then '${queueWords}' else '示例案件' end || n`,
  area_code: `${areaCode}`,
  grid_code: `${areaCode}`,
  unit_grid_code: 'null',
  building: 'null',
  // Two in a hundred have no coordinate.
  lng: `case when n % 50 <> 0 then ${mapCity.west} + (x + ${chance('n', 3)}) * ${mapCity.cell} end`,
  lat: `case when n % 50 <> 0 then ${mapCity.south} + (y + ${chance('n', 4)}) * ${mapCity.cell} end`,
  lead_organisation_id: 'case when is_queue then null else unit end',
  lead_post_id: 'null',
  assignment_id: 'case when is_queue then null else made.assignment_id end',
  why: 'case when is_queue then null else p.why end',
  organisation_ids: "case when is_queue then '{}' else array[unit] end",
  awaited_organisation_ids: "case when made.status in ('dispatched', 'contacted') then array[unit] else '{}' end",
  recorded_clock: 'false',
  recorded_due_at: 'null',
  respond_due_at: "case when not is_queue then made.at + interval '2 hours' end",
  dispose_due_at: "case when not is_queue then made.at + interval '72 hours' end",
  clock_due_at: `case when is_open then ${now} + (n % 200 - 40) * interval '1 hour' end`,
  clock_soon_at: `case when is_open then ${now} + (n % 200 - 60) * interval '1 hour' end`,
  suspended_until: 'null',
  exempted_at: 'null',
  steps: `case when is_queue then array['collect', 'file'] else array['collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'] end`,
  handled_by: "'{}'",
  result: 'case when is_open then null else p.result end',
  rating: "case when made.status = 'closed' and n % 5 < 2 then 2 + n % 4 end",
  rated_at: `case when made.status = 'closed' and n % 5 < 2 then least(handled_at + interval '3 hours', ${now}) end`,
  evaluation: 'null',
  rework_count: '0',
  return_count: '0',
  reopen_count: '0',
  reported_at: 'made.at',
  recorded_at: 'made.at',
  closed_at: `case when made.status = 'closed' then least(handled_at + interval '1 hour', ${now}) end`,
  closed_before: 'null',
  triage_reason: 'null',
  triage_note: 'null',
  // Marks of copies would all be the same, which no real city's are.
  text_marks: "'{}'",
  merged_into: `case when merged then ${idOf('(n + 1)', "date_trunc('milliseconds', made.at + step)", '1')} end`,
  parent_id: 'null',
  hand_over: 'null',
  ladder: "'[]'",
  bound_organisation_ids: "'{}'",
  flags: "'{}'",
  origin_district_code: 'null',
  origin_id: 'null',
  sample: 'true',
}

const casesSql = (size: CitySize): string => {
  const own = Object.entries(ofItsOwn)
  return `with cell as (select made.*, interval '365 days' / ${size.total} as step,
      floor(${mapCity.columns} * (${chance('n', 1)} + ${chance('n', 5)}) / 2)::int as x, floor(${mapCity.rows} * (${chance('n', 2)} + ${chance('n', 6)}) / 2)::int as y
    from ${madeSql(size)})
  insert into cases.case (${[...own.map(([column]) => column), ...copied].join(', ')})
  select ${[...own.map(([, value]) => value), ...copied.map((column) => `p.${column}`)].join(', ')}
  from cell made join bench.pattern p on p.kind = case when made.is_open then 'open' else 'closed' end and p.place = made.n % ${patterns}`
}
const copied = ['channel', 'address', 'matter_version_id', 'condition_id', 'matter_name', 'tier', 'confidence', 'match_reasons', 'place_reason']

const assignmentsSql = (size: CitySize): string => `
  insert into assignments.assignment (district_code, id, subject_kind, subject_id, purpose, organisation_id, area_code, state, version, round, why, opened_at, ended_at)
  select '${district}', assignment_id, 'case', id, 'handle', unit, '${district}', case status when 'dispatched' then 'open' when 'contacted' then 'contacted' else 'done' end, 3,
    case when n % 40 = 1 then 2 else 1 end, '{"rule": "matter"}', at, case when status not in ('dispatched', 'contacted') then handled_at end
  from ${madeSql(size)} where not is_queue and not merged`

const milestonesSql = (size: CitySize): string => `
  insert into assignments.milestone (district_code, id, assignment_id, subject_id, organisation_id, leads, kind, starts_at, due_at, met_at, overdue_at)
  select '${district}', case when kind = 'respond' then ${idOf('n', 'at', '3')} else ${idOf('n', 'at', '4')} end, assignment_id, id, unit, true, kind, at, due_at, met_at,
    case when due_at < coalesce(met_at, ${now}) then due_at end
  from (select made.*, kind, at + case when kind = 'respond' then interval '2 hours' else interval '72 hours' end as due_at,
      case when kind = 'respond' and status <> 'dispatched' then least(at + hours * interval '90 seconds', ${now}) when kind = 'dispose' and status not in ('dispatched', 'contacted') then handled_at end as met_at
    from ${madeSql(size)} cross join (values ('respond'), ('dispose')) k (kind) where not is_queue and not merged) clock`

/** Reported, dispatched, handled, closed, merged and rated; what came between is not read by any count. */
const eventsSql = (size: CitySize): string => `
  insert into platform.event (district_code, id, type, version, subject_kind, subject_id, subject_version, actor_kind, from_state, to_state, happened_at, recorded_at, command_id, request_id)
  select '${district}', gen_random_uuid(), type, 1, 'case', id, e, 'system', was, came, moment, moment, gen_random_uuid(), 'bench'
  from (select made.*, k.*, case k.e when 1 then at when 2 then at + interval '1 minute' when 3 then at + interval '2 minutes' when 4 then handled_at
      when 5 then least(handled_at + interval '1 hour', ${now}) else least(handled_at + interval '3 hours', ${now}) end as moment
    from ${madeSql(size)} cross join (values (1, 'case.reported', null, 'reported'), (2, 'case.merged', 'reported', 'merged'), (3, 'case.dispatched', 'filed', 'dispatched'),
      (4, 'case.handled', 'contacted', 'handled'), (5, 'case.closed', 'checked', 'closed'), (6, 'case.rated', 'closed', 'closed')) k (e, type, was, came)
    where case k.e when 1 then true when 2 then merged when 3 then not is_queue and not merged when 4 then status in ('handled', 'checked', 'closed')
      when 5 then status = 'closed' else status = 'closed' and n % 5 < 2 end) happened`
