import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { movableClock, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { importPeople } from '../commands.ts'
import { linkActor, openLink } from '../participants/commands.ts'
import { loadPolicy } from '../policy/store.ts'
import { createPost } from '../staffing/commands.ts'
import { aPerson, aPost, aStaff, doingAs, testSecrets } from '../testing.ts'
import { createScreen, listScreens, revokeScreen } from './commands.ts'

const clock = movableClock('2026-03-02T09:00:00+08:00')
const db = await testDatabase()
const policy = await inTransaction(db.database, loadPolicy)
const ground = { policy, secrets: testSecrets, isArea: (code: string) => code.startsWith('99') }
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
let organisationId = ''
const leader = () => aPerson(aPost({ role: 'leader', areaCode: '990101001', organisationId }))
const as = (actor = leader()) => doingAs(db.database, clock, actor)
afterAll(() => db.close())
beforeEach(async () => {
  clock.set('2026-03-02T09:00:00+08:00')
  await sql`truncate people.link_session, people.post_link, people.organisation, people.person, people.account, people.post, platform.event, platform.outbox cascade`.execute(
    db.database.kysely,
  )
  await importPeople(as(admin), aStaff())
  const { rows } = await sql<{ id: string }>`select id from people.organisation where code = 'urban'`.execute(db.database.kysely)
  organisationId = rows[0]?.id ?? ''
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
})
const day = (text: string): LocalDate => text as LocalDate
const street = { name: '大厅左屏', areaCode: '990101001', validUntil: day('2026-03-31') }

test('the link of a wall gives its area’s counts and board, and nothing else; the token is told once and kept as a hash', async () => {
  const { screen, token } = await createScreen(as(), ground, street)
  expect(screen).toMatchObject({ name: '大厅左屏', areaCode: '990101001', validUntil: '2026-03-31', lastOpenedAt: null, open: true })
  expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128)
  const { rows } = await sql<{ text: string }>`select row_to_json(l)::text as text from people.post_link l`.execute(db.database.kysely)
  expect(rows[0]?.text).not.toContain(token)
  const actor = await linkActor(as(), (await openLink(as(), token)).token)
  if (!actor) throw new Error('the link opened nothing')
  expect(
    policy
      .rights(actor)
      .map(({ permission, scope, areaCode }) => `${permission} ${scope} ${areaCode}`)
      .toSorted(),
  ).toEqual(['board.read area 990101001', 'case.count area 990101001'])
  expect(policy.may(actor, 'case.count', { areaCode: '990101001002' })).toBe(true)
  expect(policy.may(actor, 'case.count', { areaCode: '990101002001' })).toBe(false)
  expect(policy.may(actor, 'case.read', { areaCode: '990101001002' })).toBe(false)
})

test('a wall stays on over nights until its last day; each opening is an event that names nobody', async () => {
  const { token } = await createScreen(as(), ground, street)
  const session = await openLink(as(), token)
  expect(session).toMatchObject({ isScreen: true, expiresAt: '2026-03-31T16:00:00.000Z' })
  await openLink(as(), token)
  clock.set('2026-03-31T23:59:00+08:00')
  expect(await linkActor(as(), session.token)).not.toBeNull()
  expect((await listScreens(as(), policy))[0]).toMatchObject({ open: true, lastOpenedAt: '2026-03-02T01:00:00.000Z' })
  clock.set('2026-04-01T00:00:00+08:00')
  expect(await linkActor(as(), session.token)).toBeNull()
  await expect(openLink(as(), token)).rejects.toMatchObject({ code: 'people.linkOpensNothing' })
  const { rows } = await sql<{ type: string; text: string }>`select type, row_to_json(e)::text as text from platform.event e order by id`.execute(
    db.database.kysely,
  )
  expect(rows.map(({ type }) => type)).toEqual(['people.link_made', 'people.link_opened', 'people.link_opened'])
  expect(rows.filter(({ text }) => text.includes('大厅左屏') || text.includes(token))).toEqual([])
})

test('revoked, it is dark at the next question, and revoking again changes nothing', async () => {
  const { screen, token } = await createScreen(as(), ground, street)
  const session = await openLink(as(), token)
  const gone = await revokeScreen(as(), policy, screen.id)
  expect(gone).toMatchObject({ open: false, revokedAt: '2026-03-02T01:00:00.000Z' })
  expect(await linkActor(as(), session.token)).toBeNull()
  clock.advance({ days: 1 })
  expect(await revokeScreen(as(), policy, screen.id)).toEqual(gone)
})

test('whoever answers for an area shares its board and no other; nobody is appointed to be a wall', async () => {
  const elsewhere = { ...street, areaCode: '990102' }
  await expect(createScreen(as(), ground, elsewhere)).rejects.toMatchObject({ code: 'people.notYours' })
  await expect(createScreen(as(), ground, { ...street, areaCode: '880101' })).rejects.toMatchObject({ code: 'people.noSuchArea' })
  await expect(createScreen(as(), ground, { ...street, validUntil: day('2026-03-01') })).rejects.toMatchObject({ code: 'people.linkInPast' })
  await expect(createScreen(as(), ground, { ...street, validUntil: day('2028-01-01') })).rejects.toMatchObject({ code: 'people.linkTooLong' })
  const adminsOwn = aPerson(aPost({ role: 'system_admin', areaCode: '', organisationId }))
  const { screen } = await createScreen(as(adminsOwn), ground, elsewhere)
  expect(await listScreens(as(), policy)).toEqual([])
  await expect(revokeScreen(as(), policy, screen.id)).rejects.toMatchObject({ code: 'people.noSuchLink' })
  const { rows } = await sql<{ personId: string }>`select person_id from people.post where role = 'wall_screen'`.execute(db.database.kysely)
  const seat = {
    personId: rows[0]?.personId ?? '',
    organisationId,
    role: 'wall_screen',
    areaCode: '990101',
    validFrom: day('2026-03-02'),
    validTo: null,
  }
  await expect(createPost(as(admin), ground, seat)).rejects.toMatchObject({ code: 'people.noSuchRole' })
})
