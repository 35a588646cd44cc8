/** How to ask the endpoints of the desk, for the policy matrix: its queue, its views, decisions on many cases, and who else looks on. */
import type { InjectOptions } from 'fastify'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { get, itemsOf, made, post, type Ground, type Maker } from './testing-makers.ts'
import type { Asker, Cell, Outcome, Place } from './testing-policy.ts'

interface NumberedCase extends Place {
  readonly id: string
  readonly number: string
  readonly version: number
}

async function numbered({ world }: Ground): Promise<NumberedCase[]> {
  const { rows } = await sql<NumberedCase>`select id, number, version, district_code, area_code, organisation_ids from cases.case`.execute(
    world.database.kysely,
  )
  return rows
}

const queueRead: Maker = async (ground, asker) => {
  const expected = (await numbered(ground)).filter((row) => ground.holds(asker, 'case.read', row)).map(({ number }) => number)
  const found = (body: unknown): string[] => (body as { numbers: string[] }).numbers
  return [{ about: 'all', request: get('/api/cases/queue?view=all&rows=10'), outcome: 'in', shows: { found, expected } }]
}

/** Some of each district by number: those of others do not exist. */
const rowsRead: Maker = async (ground, asker) => {
  const rows = [...Map.groupBy(await numbered(ground), ({ areaCode }) => areaCode).values()].flatMap((some) => some.slice(0, 10)).slice(0, 100)
  const expected = rows.filter((row) => ground.holds(asker, 'case.read', row)).map(({ number }) => number)
  const numbers = rows.map(({ number }) => number).join()
  return [{ about: 'some of each', request: get(`/api/cases/rows?numbers=${numbers}`), outcome: 'in', shows: { found: itemsOf('number'), expected } }]
}

const overdueListed: Maker = async (ground, asker) => {
  const { rows } = await sql<Place & { id: string }>`select id, district_code, area_code, organisation_ids from cases.case
    where status in ('reported', 'filed', 'dispatched', 'contacted', 'handled', 'checked', 'reopened') and clock_due_at < ${ground.clock.now()}`.execute(
    ground.world.database.kysely,
  )
  const expected = rows.filter((row) => ground.holds(asker, 'case.read', row)).length
  const found = (body: unknown): string[] => [
    `overdue ${(body as { groups: { overdue: number }[] }).groups.reduce((sum, group) => sum + group.overdue, 0)}`,
  ]
  return [{ about: 'all', request: get('/api/cases/overdue'), outcome: 'in', shows: { found, expected: [`overdue ${expected}`] } }]
}

/** Many cases at once, each with its own answer: exactly those that a single request would be let through to. */
const together =
  (move: 'close' | 'contact', permission: string, request: (rows: readonly NumberedCase[]) => InjectOptions): Maker =>
  async (ground, asker) => {
    const ids = new Set(ground.laid.filter((one) => one.move === move).map(({ id }) => id))
    const rows = (await numbered(ground)).filter(({ id }) => ids.has(id))
    const may = (row: NumberedCase): boolean => ground.holds(asker, 'case.read', row) && ground.holds(asker, permission, row)
    const found = (body: unknown): string[] =>
      (body as { results: { id: string; refusal: { code: string } | null }[] }).results
        .filter(({ refusal }) => !['cases.notFound', 'cases.notYours'].includes(refusal?.code ?? ''))
        .map(({ id }) => id)
    return [{ about: 'many', request: request(rows), outcome: 'in', shows: { found, expected: rows.filter(may).map(({ id }) => id) } }]
  }

const one = ({ districtCode, id }: NumberedCase) => ({ districtCode, id, commandId: newId() })

const lookedOn: Maker = async (ground, asker) =>
  (await numbered(ground)).slice(0, 40).map((row): Cell => {
    const request: InjectOptions = {
      method: 'PUT',
      url: `/api/cases/${row.districtCode}/${row.id}/onlookers`,
      payload: { screenId: newId(), doing: 'looking' },
    }
    return { about: row.areaCode, request, outcome: ground.holds(asker, 'case.read', row) ? 'in' : '404' }
  })

/** Two screens of a colleague, one in each district; each asker sees those on cases that are open to him. */
const onlookersListed: Maker = async (ground, asker) => {
  await sql`delete from cases.onlooker`.execute(ground.world.database.kysely)
  const rows = await numbered(ground)
  const looked = ['990101', '990102'].flatMap((code) => rows.filter(({ districtCode }) => districtCode === code).slice(0, 2))
  for (const row of looked)
    await sql`insert into cases.onlooker (screen_id, person_id, name, district_code, case_id, area_code, organisation_ids, doing, seen_at)
      values (${newId()}, ${newId()}, '同事', ${row.districtCode}, ${row.id}, ${row.areaCode}, ${row.organisationIds as string[]}::uuid[], 'looking', ${ground.clock.now()})`.execute(
      ground.world.database.kysely,
    )
  const expected = looked.filter((row) => ground.holds(asker, 'case.read', row)).map(({ id }) => id)
  return [{ about: 'all', request: get('/api/cases/onlookers'), outcome: 'in', shows: { found: itemsOf('caseId'), expected } }]
}

const filter = { view: 'open' }
/** A view of the dispatcher's own, shared with the posts of his organisation or not. */
const viewOf = (ground: Ground, shared: boolean) => made<{ id: string }>(ground, '/api/views', { name: '视图', filter, shared }, 'dispatcher')

async function dispatcherPosts({ world }: Ground): Promise<string[]> {
  const { rows } = await sql<{ organisationId: string }>`select p.organisation_id from people.post p
    join people.account a on a.person_id = p.person_id where a.login = 'dispatcher'`.execute(world.database.kysely)
  return rows.map(({ organisationId }) => organisationId)
}

/** What is shared is seen by the posts of the same organisation and changed by its owner only. */
const aboutViews =
  (request: (id: string) => InjectOptions): Maker =>
  async (ground, asker) => {
    const units = await dispatcherPosts(ground)
    const isOwner = asker.name === 'dispatcher'
    await sql`delete from cases.saved_view`.execute(ground.world.database.kysely)
    const sees = (shared: boolean): boolean => isOwner || (shared && asker.posts.some(({ organisationId }) => units.includes(organisationId)))
    return Promise.all(
      [true, false].map(async (shared): Promise<Cell> => {
        const { id } = await viewOf(ground, shared)
        const outcome: Outcome = !sees(shared) ? '404' : isOwner ? 'in' : '403'
        return { about: shared ? 'shared' : 'kept', request: request(id), outcome }
      }),
    )
  }

const viewsListed: Maker = async (ground, asker) => {
  await sql`delete from cases.saved_view`.execute(ground.world.database.kysely)
  const [kept, shared] = [await viewOf(ground, false), await viewOf(ground, true)]
  const units = await dispatcherPosts(ground)
  const isNear = asker.posts.some(({ organisationId }) => units.includes(organisationId))
  const expected = asker.name === 'dispatcher' ? [kept.id, shared.id] : isNear ? [shared.id] : []
  return [{ about: 'all', request: get('/api/views'), outcome: 'in', shows: { found: itemsOf('id'), expected } }]
}

const hasPosts = ({ posts }: Asker): Outcome => (posts.length > 0 ? 'in' : '404')

export const deskMakers: Readonly<Record<string, Maker>> = {
  readQueue: queueRead,
  readRows: rowsRead,
  listOverdue: overdueListed,
  moveCasesTogether: together('close', 'case.close', (rows) =>
    post('/api/cases/moves', { move: 'close', cases: rows.map((row) => ({ ...one(row), expectedVersion: row.version })) }),
  ),
  urgeCases: together('contact', 'case.urge', (rows) => post('/api/cases/urgings', { kind: 'urge', words: '请尽快', cases: rows.map(one) })),
  listUrgePhrases: () => [{ about: '', request: get('/api/urge-phrases'), outcome: 'in' }],
  lookOn: lookedOn,
  listOnlookers: onlookersListed,
  listViews: viewsListed,
  createView: (_ground, asker) => [{ about: '', request: post('/api/views', { name: '视图', filter }), outcome: hasPosts(asker) }],
  changeView: aboutViews((id) => ({ method: 'PUT', url: `/api/views/${id}`, payload: { name: '新名' } })),
  removeView: aboutViews((id) => ({ method: 'DELETE', url: `/api/views/${id}`, payload: {} })),
}
