import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '#kernel/actor.ts'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { endPost, importPeople } from '../commands.ts'
import { loadPolicy } from '../policy/store.ts'
import { listPosts, postsOfActor } from '../questions.ts'
import { actorOfSession, sessionOf, signIn } from '../sign-in/commands.ts'
import { aPerson, aPost, aStaff, doingAs, testPassword, testSecrets } from '../testing.ts'
import { createStandIn, endStandIn } from './commands.ts'
import { listCandidates, listStandIns } from './questions.ts'

const clock = movableClock('2026-11-22T09:00:00+08:00')
const db = await testDatabase()
const policy = await inTransaction(db.database, loadPolicy)
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
const as = (actor: Actor = admin) => doingAs(db.database, clock, actor)
const day = (text: string): LocalDate => text as LocalDate
const validFrom = '2025-01-01'
afterAll(() => db.close())

/** The staff of other tests, and beside them another grid worker and a person without an account. */
function staff() {
  const { organisations, persons, accounts, posts } = aStaff()
  return {
    organisations,
    persons: [...persons, { code: 'neighbour', name: '李四' }, { code: 'paper', name: '无账号' }],
    accounts: [...accounts, { person: 'neighbour', login: 'neighbour', password: testPassword, mustChangePassword: false }],
    posts: [
      ...posts,
      { person: 'neighbour', organisation: 'community', role: 'grid_worker', areaCode: '990101001001002', validFrom },
      { person: 'paper', organisation: 'community', role: 'handler', areaCode: '990101001001', validFrom },
    ],
  }
}

beforeEach(async () => {
  clock.set('2026-11-22T09:00:00+08:00')
  await sql`truncate people.stand_in, people.session, people.organisation, people.person, people.account, people.post, platform.event, platform.outbox, platform.receipt cascade`.execute(
    db.database.kysely,
  )
  await importPeople(as(), staff())
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
})

async function signedIn(login: string): Promise<{ token: string; actor: Actor }> {
  const { token } = await signIn(as(), testSecrets, { login, password: testPassword })
  return { token, actor: await now(token) }
}
async function now(token: string): Promise<Actor> {
  const actor = await actorOfSession(db.database, token, clock)
  if (!actor) throw new Error('the session ended')
  return actor
}
async function two() {
  const holder = (await signedIn('grid_worker')).actor
  const colleague = await signedIn('neighbour')
  const postId = holder.posts[0]?.id ?? ''
  const asked = { postId, personId: colleague.actor.personId ?? '', validFrom: day('2026-11-23'), validUntil: day('2026-11-25') }
  return { holder, colleague, postId, asked }
}

test('the post is with the colleague from the first day through the last, by the city’s midnight, and with its holder all the while', async () => {
  const { holder, colleague, postId, asked } = await two()
  const made = await createStandIn(as(holder), asked)
  expect(made).toMatchObject({ personName: '李四', holderName: '示例grid_worker', validFrom: '2026-11-23', validTo: '2026-11-26', endedAt: null })
  const hasIt = async (): Promise<boolean> => (await now((await signedIn('neighbour')).token)).posts.some(({ id }) => id === postId)
  expect(await hasIt()).toBe(false)
  clock.set('2026-11-23T00:00:00+08:00')
  expect(await hasIt()).toBe(true)
  clock.set('2026-11-25T23:59:00+08:00')
  const session = await signedIn('neighbour')
  expect(session.actor.posts.map(({ id }) => id)).toEqual([colleague.actor.posts[0]?.id, postId])
  expect(policy.may(session.actor, 'case.handle', { areaCode: '990101001001001' })).toBe(true)
  expect((await signedIn('grid_worker')).actor.posts.map(({ id }) => id)).toEqual([postId])
  clock.set('2026-11-26T00:00:00+08:00')
  expect((await now(session.token)).posts.map(({ id }) => id)).not.toContain(postId)
})

test('it ends at the next request when one of the two or an administrator ends it; ending again changes nothing', async () => {
  const { holder, colleague, postId, asked } = await two()
  for (const by of [holder, colleague.actor, admin]) {
    const { id } = await createStandIn(as(holder), { ...asked, validFrom: day('2026-11-22') })
    expect((await now(colleague.token)).posts.map((post) => post.id)).toContain(postId)
    const stranger = (await signedIn('handler')).actor
    await expect(endStandIn(as(stranger), policy, id)).rejects.toMatchObject({ code: 'people.noSuchStandIn' })
    const ended = await endStandIn(as(by), policy, id)
    expect(ended.endedAt).toBe('2026-11-22T01:00:00.000Z')
    expect((await now(colleague.token)).posts.map((post) => post.id)).not.toContain(postId)
    expect(await endStandIn(as(by), policy, id)).toEqual(ended)
  }
})

test('a post that ended gives nothing to whoever stands in, nor does standing in to somebody without a post', async () => {
  const { holder, colleague, postId, asked } = await two()
  await createStandIn(as(holder), { ...asked, validFrom: day('2026-11-22') })
  await endPost(as(), policy, colleague.actor.posts[0]?.id ?? '')
  expect((await now(colleague.token)).posts).toEqual([])
  await sql`update people.post set valid_to = null where person_id = ${colleague.actor.personId}`.execute(db.database.kysely)
  expect((await now(colleague.token)).posts).toHaveLength(2)
  await endPost(as(), policy, postId)
  expect((await now(colleague.token)).posts.map(({ id }) => id)).toEqual([colleague.actor.posts[0]?.id])
})

test('nobody hands on what is not his own: another’s post, one that he only stands in at, an ended one', async () => {
  const { holder, colleague, postId, asked } = await two()
  await createStandIn(as(holder), { ...asked, validFrom: day('2026-11-22') })
  const standing = await now(colleague.token)
  const onward = { ...asked, personId: holder.personId ?? '' }
  await expect(createStandIn(as(standing), onward)).rejects.toMatchObject({ code: 'people.noSuchPost', field: 'postId' })
  await expect(listCandidates(as(standing), postId)).rejects.toMatchObject({ code: 'people.noSuchPost' })
  await expect(createStandIn(as(holder), asked)).rejects.toMatchObject({ code: 'people.standInTaken' })
  await endPost(as(), policy, postId)
  await expect(createStandIn(as(holder), asked)).rejects.toMatchObject({ code: 'people.noSuchPost' })
})

test('colleagues to choose from have an account and a post in the same unit or community, and are no administrators', async () => {
  const { holder, postId, asked } = await two()
  expect((await listCandidates(as(holder), postId)).map(({ personName }) => personName)).toEqual(['李四'])
  const dispatcher = (await signedIn('dispatcher')).actor
  const shown = await listCandidates(as(dispatcher), dispatcher.posts[0]?.id ?? '')
  expect(shown.map(({ personName }) => personName)).toEqual(['示例inspector', '示例supervisor'])
  expect(Object.keys(shown[0] ?? {}).toSorted()).toEqual(['organisationName', 'personId', 'personName', 'roleName'])
  const { rows } = await sql<{ id: string; code: string }>`select id, code from people.person`.execute(db.database.kysely)
  const idOf = (code: string): string => rows.find((row) => row.code === code)?.id ?? ''
  const refused = (code: string) => createStandIn(as(holder), { ...asked, personId: idOf(code) })
  await expect(refused('paper')).rejects.toMatchObject({ code: 'people.standInNotColleague', field: 'personId' })
  await expect(refused('handler')).rejects.toMatchObject({ code: 'people.standInNotColleague' })
  await expect(refused('system_admin')).rejects.toMatchObject({ code: 'people.standInAdministrator' })
})

test('both of them and the list of posts say who stands in until when; a repeat of the command makes no second one', async () => {
  const { holder, colleague, postId, asked } = await two()
  const command = as(holder)
  const made = await createStandIn(command, { ...asked, validFrom: day('2026-11-22') })
  expect(await createStandIn({ ...command, requestId: newId() }, { ...asked, validFrom: day('2026-11-22') })).toEqual(made)
  expect((await listStandIns(as(holder))).map(({ id }) => id)).toEqual([made.id])
  expect((await listStandIns(as(colleague.actor))).map(({ id }) => id)).toEqual([made.id])
  expect(await listStandIns(as((await signedIn('handler')).actor))).toEqual([])
  const posts = await postsOfActor(as(await now(colleague.token)), () => ({ zh: '双井第1网格' }))
  expect(posts.map(({ personName, standInUntil }) => [personName, standInUntil])).toEqual([
    ['李四', null],
    ['示例grid_worker', '2026-11-25'],
  ])
  const { items } = await listPosts(as(), policy, { role: 'grid_worker', inForce: true, limit: 10 })
  expect(items.find(({ id }) => id === postId)?.standIn).toMatchObject({ personName: '李四', validFrom: '2026-11-22', validUntil: '2026-11-25' })
  expect(items.filter(({ standIn }) => standIn !== null)).toHaveLength(1)
})

test('a post that asks for a second factor is not had without one, and shuts nobody out of the own work', async () => {
  const { holder, colleague, postId, asked } = await two()
  await createStandIn(as(holder), { ...asked, validFrom: day('2026-11-22') })
  const add = (role: string) =>
    sql`insert into people.second_factor_rule (role, effective_from, demand) values (${role}, '2026-01-01', 'require')`.execute(db.database.kysely)
  await sql`update people.post set role = 'inspector' where id = ${postId}`.execute(db.database.kysely)
  await add('inspector')
  const session = await sessionOf(as(), colleague.token)
  expect(session).toMatchObject({ factor: { on: false, demand: 'ask' }, actor: { posts: [{ id: colleague.actor.posts[0]?.id }] } })
  expect(session?.actor.posts).toHaveLength(1)
  await sql`insert into people.second_factor (account_id, secret_box, started_at, confirmed_at)
    select id, 'box', now(), now() from people.account where login = 'neighbour'`.execute(db.database.kysely)
  expect((await now(colleague.token)).posts.map(({ id }) => id)).toContain(postId)
  await sql`delete from people.second_factor_rule where effective_from = '2026-01-01'`.execute(db.database.kysely)
})

test('begun and ended are events of the district, with ids and days only', async () => {
  const { holder, colleague, postId, asked } = await two()
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
  const { id } = await createStandIn(as(holder), asked)
  await endStandIn(as(colleague.actor), policy, id)
  const { rows } = await sql<{ type: string; districtCode: string; subjectId: string; actorPersonId: string; data: object; text: string }>`
    select type, district_code, subject_id, actor_person_id, data, row_to_json(e)::text as text from platform.event e order by id`.execute(
    db.database.kysely,
  )
  const data = { standsInPersonId: asked.personId, postId, validFrom: '2026-11-23', validTo: '2026-11-26', areaCode: '990101001001001' }
  expect(rows.map(({ text: _text, ...row }) => row)).toEqual([
    { type: 'people.stand_in_begun', districtCode: '990101', subjectId: id, actorPersonId: holder.personId, data },
    { type: 'people.stand_in_ended', districtCode: '990101', subjectId: id, actorPersonId: colleague.actor.personId, data },
  ])
  expect(rows.some(({ text }) => text.includes('李四'))).toBe(false)
})
