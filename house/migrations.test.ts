import { expect, test } from 'vitest'
import { readText, repositoryFiles } from '../tools/repository.ts'
import { readTables, type MigrationText } from '../tools/schema.ts'
import { migrationFaults } from './migration-rules.ts'
import { sqlFaults } from './sql-rules.ts'

const migrations: MigrationText[] = repositoryFiles('database/migrations/*.sql').map((path) => ({
  name: path.split('/').at(-1) ?? '',
  text: readText(path),
}))

test('the migrations keep the rules that let a district move to another machine', () => {
  expect(readTables(migrations).length).toBeGreaterThan(10)
  expect(migrationFaults(migrations)).toEqual([])
})

test('migrations are numbered without gaps', () => {
  expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
})

test('the SQL of stores and of the platform keeps the same rules', () => {
  const spread = new Set(
    readTables(migrations)
      .filter(({ kind }) => kind === 'distribute')
      .map(({ name }) => name),
  )
  const paths = repositoryFiles('contexts/*.ts', 'platform/*.ts', 'processes/*.ts', 'seed/*.ts').filter((path) => !path.endsWith('.test.ts'))
  expect(paths.flatMap((path) => sqlFaults(path, readText(path), (table) => spread.has(table)))).toEqual([])
})

const good = `-- What it is for.
create schema demo;

create table demo.kind (
  id uuid not null,
  constraint kind_pkey primary key (id)
);
--@reference

create table demo.thing (
  district_code text not null,
  id uuid not null,
  kind_id uuid,
  at timestamptz(3) not null default now(),
  constraint thing_pkey primary key (district_code, id),
  constraint thing_kind foreign key (kind_id) references demo.kind (id),
  constraint thing_known check (id is not null)
);
--@distribute
create unique index thing_once on demo.thing (district_code, at);
`

function faultsOf(text: string): string {
  return migrationFaults([{ name: '0001_demo.sql', text }]).join('\n')
}

test('a migration without faults has none', () => {
  expect(faultsOf(good)).toBe('')
})

const table = (columns: string, marker = '--@distribute'): string => `${good}\ncreate table demo.more (\n${columns}\n);\n${marker}\n`
const keyed = '  district_code text not null,\n  id uuid not null,\n  constraint more_pkey primary key (district_code, id)'

test.each([
  ['a table without a marker', good.replace('--@reference\n', ''), 'demo.kind: no --@distribute'],
  ['a marker that is not on the next line', good.replace('--@reference', '\n--@reference'), 'demo.kind: no --@distribute'],
  ['an unknown marker', good.replace('--@reference', '--@global'), 'demo.kind: no --@distribute'],
  [
    'a primary key that starts with the id',
    table('  district_code text not null,\n  id uuid not null,\n  constraint more_pkey primary key (id, district_code)'),
    'district_code comes first',
  ],
  ['a table without a primary key', table('  district_code text not null'), 'no primary key'],
  ['a unique key without the district', table(`${keyed},\n  constraint more_once unique (id)`), 'district_code comes first'],
  [
    'a unique index without the district',
    `${good}create unique index thing_at on demo.thing (at) where at is not null;\n`,
    'district_code comes first',
  ],
  ['a unique key added later', `${good}alter table demo.thing add constraint thing_id unique (id);\n`, 'district_code comes first'],
  [
    'a foreign key between districts',
    table(`${keyed},\n  constraint more_thing foreign key (id) references demo.thing (id)`),
    'district_code comes first',
  ],
  [
    'a reference table that points at a district',
    table(
      '  id uuid not null,\n  d text,\n  constraint more_pkey primary key (id),\n  constraint more_thing foreign key (d, id) references demo.thing (district_code, id)',
      '--@reference',
    ),
    'may not point at demo.thing',
  ],
  ['a foreign key to nowhere', table(`${keyed},\n  constraint more_x foreign key (id) references demo.nothing (id)`), 'which no migration makes'],
  ['an unnamed primary key', table('  id uuid primary key', '--@local'), 'unnamed constraint'],
  ['an unnamed foreign key', table(`${keyed},\n  kind_id uuid references demo.kind (id)`), 'unnamed constraint'],
  ['an unnamed check', table(`${keyed},\n  size integer check (size > 0)`), 'unnamed constraint'],
  ['a trigger', `${good}create trigger thing_changed after insert on demo.thing execute function demo.f();\n`, 'no triggers'],
  ['a serial', table(`${keyed},\n  number bigserial`), 'no serial'],
  ['an identity column', table(`${keyed},\n  number bigint generated always as identity`), 'no identity'],
  [
    'on delete set null',
    table(`${keyed},\n  kind_id uuid,\n  constraint more_kind foreign key (kind_id) references demo.kind (id) on delete set null`),
    'no set null',
  ],
  [
    'now() in do update',
    `${good}insert into demo.thing values ('1', null) on conflict (district_code, id) do update set at = now();\n`,
    'only what was passed in',
  ],
  ['an advisory lock', `${good}select pg_advisory_xact_lock(1);\n`, 'no advisory locks'],
  ['a notification', `${good}notify changed;\n`, 'no notify'],
  ['an id from the database', table(keyed.replace('id uuid not null', 'id uuid not null default gen_random_uuid()')), 'UUIDv7'],
  ['a finer instant', table(`${keyed},\n  at timestamptz`), 'timestamptz(3)'],
  ['two statements on a line', `${good}create schema a; create schema b;\n`, 'one statement'],
  ['a statement without an end', `${good}create index thing_at on demo.thing (at)\n`, 'has no ;'],
  ['a table of another context', good.replace('create table demo.kind', 'create table other.kind'), 'belongs to one context'],
  ['a table that the reader cannot read', `${good}CREATE TABLE demo.odd (id uuid);\n`, 'can be read'],
])('a migration with %s is refused', (_name, text, message) => {
  expect(faultsOf(text)).toContain(message)
})

test('words in comments and in quotes are not statements', () => {
  expect(faultsOf(`${good}-- A trigger would serial; notify nobody.\ninsert into demo.kind values ('a;b');\n`)).toBe('')
})

test.each([
  ['a claim across districts', 'sql`select id from a.b limit 9 for update skip locked`', 'inside one district'],
  ['a claim across districts by builder', "const x = tx.selectFrom('a.b').selectAll().forUpdate().skipLocked().execute()", 'inside one district'],
  ['an advisory lock', "client.query('select pg_try_advisory_lock(7)')", 'no advisory locks'],
  ['a notification', "client.query('notify changed')", 'no notify'],
  ['now() in do update', 'sql`insert into a.b (id) values (${id}) on conflict (id) do update set at = now()`', 'only what was passed in'],
  ['grouping sets', 'sql`select count(*) from a.b group by grouping sets ((x), (y))`', 'no grouping sets'],
  [
    'writes through one CTE',
    'sql`with a as (insert into a.b (x) values (1) returning x) insert into a.c select x from a`',
    'one statement per table',
  ],
  ['a moved district', 'sql`update a.b set district_code = ${code} where id = ${id}`', 'never changes its district'],
])('a store with %s is refused', (_name, code, message) => {
  expect(sqlFaults('store.ts', code).join('\n')).toContain(message)
})

test.each([
  ['a claim inside one district', 'sql`select id from a.b where district_code = ${district} limit 9 for update skip locked`'],
  ['such a claim by builder', "const x = tx.selectFrom('a.b').where('districtCode', '=', d).forUpdate().skipLocked().execute()"],
  ['an update inside one district', 'sql`update a.b set x = ${x} where district_code = ${district} and id = ${id}`'],
  ['a CTE that reads', 'sql`with a as (select 1) insert into a.b select * from a`'],
  ['do update from what was passed', 'sql`insert into a.b (id) values (${id}) on conflict (id) do update set at = excluded.at`'],
  ['plain words', "log('listen to the wind; update your notes')"],
])('a store with %s is accepted', (_name, code) => {
  expect(sqlFaults('store.ts', code)).toEqual([])
})
