import { runSql } from '#platform/database/sql-client.ts'

/**
 * The floor of accepting: a function of PostgreSQL's own that writes, for one case, exactly the rows that the product wrote for a real one.
 * It is made from those rows, so it cannot fall behind the product: every column is written with the value found, and ids, numbers and
 * moments are new.
 */
export async function makeFloor(url: string): Promise<void> {
  const [found] = (await runSql(url, `select district_code, id from cases.case order by recorded_at desc limit 1`)) as {
    district_code: string
    id: string
  }[]
  if (!found) throw new Error('The floor is made from a case, and there is none.')
  const inserts: string[] = []
  for (const { table, key, news } of written)
    for (const row of await rowsOf(url, table, `district_code = '${found.district_code}' and ${key} = '${found.id}'`))
      inserts.push(insert(table, row, news))
  const body = (numbering: string): string => `
    declare v_case uuid := uuidv7(); v_event uuid := uuidv7(); v_command uuid := gen_random_uuid(); v_day date := current_date; v_last int; v_number text;
    begin
      ${numbering}
      v_number := p_district || '-' || to_char(v_day, 'YYYYMMDD') || '-' || lpad(v_last::text, greatest(5, length(v_last::text)), '0');
      ${inserts.join('\n')}
      return v_number;
    end`
  const counted = `insert into cases.case_counter as c (district_code, day, last_number) values (p_district, v_day, 1)
    on conflict (district_code, day) do update set last_number = c.last_number + excluded.last_number returning last_number into v_last;`
  // Far from the counter's numbers.
  const uncounted = `v_last := nextval('bench.number') + 10000000;`
  await runSql(
    url,
    'create schema if not exists bench',
    'create sequence if not exists bench.number',
    `create or replace function bench.accept(p_district text) returns text language plpgsql as $floor$ ${body(counted)} $floor$`,
    `create or replace function bench.accept_uncounted(p_district text) returns text language plpgsql as $floor$ ${body(uncounted)} $floor$`,
  )
}

/** Tables that an accepted case is written to, how its rows are found, and what is new in each copy. */
const written: readonly { table: string; key: string; news: Readonly<Record<string, string>> }[] = [
  { table: 'cases.case', key: 'id', news: { id: 'v_case', number: 'v_number', reported_at: 'now()' } },
  { table: 'cases.case_step', key: 'case_id', news: { id: 'uuidv7()', case_id: 'v_case', at: 'now()' } },
  { table: 'cases.caller', key: 'case_id', news: { case_id: 'v_case', tracking_hash: `encode(sha256(v_command::text::bytea), 'base64')` } },
  {
    table: 'platform.event',
    key: 'subject_id',
    news: { id: 'v_event', subject_id: 'v_case', happened_at: 'now()', command_id: 'v_command', request_id: 'v_command::text' },
  },
  { table: 'platform.outbox', key: 'subject_id', news: { id: 'uuidv7()', event_id: 'v_event', subject_id: 'v_case' } },
  { table: 'platform.receipt', key: `result ->> 'id'`, news: { command_id: 'v_command' } },
]

type Row = readonly { readonly column: string; readonly type: string; readonly value: string | null }[]

async function rowsOf(url: string, table: string, where: string): Promise<Row[]> {
  const columns = (await runSql(
    url,
    `select attname as column, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped order by attnum`,
  )) as { column: string; type: string }[]
  const texts = columns.map(({ column }) => `"${column}"::text as "${column}"`).join(', ')
  const found = await runSql(url, `select ${texts} from ${table} where ${where}`)
  if (found.length === 0) throw new Error(`An accepted case left no row in ${table}.`)
  return found.map((row) => columns.map(({ column, type }) => ({ column, type, value: row[column] as string | null })))
}

function insert(table: string, row: Row, news: Readonly<Record<string, string>>): string {
  const value = ({ column, type, value }: Row[number]): string => {
    const fresh = { district_code: 'p_district', recorded_at: 'now()', ...news }[column]
    return fresh ?? (value === null ? 'null' : `'${value.replaceAll("'", "''")}'::${type}`)
  }
  return `insert into ${table} (${row.map(({ column }) => `"${column}"`).join(', ')}) values (${row.map(value).join(', ')});`
}
