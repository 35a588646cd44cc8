import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, movableClock, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { testDatabase } from '#platform/database/testing.ts'
import { endPost, importPeople } from '../commands.ts'
import { isParticipantKind, organisationKinds } from '../lifecycle.ts'
import { endOrganisation } from '../organising/commands.ts'
import { loadPolicy } from '../policy/store.ts'
import { createOrganisation, createPost } from '../staffing/commands.ts'
import { aPerson, aPost, aStaff, doingAs, testSecrets } from '../testing.ts'
import { createLink, createParticipant, linkActor, listLinks, openLink, revokeLink, closeLinkSession } from './commands.ts'
import { isOpen, linkMaxDays, linkRefusal, participantRefusal } from './link.ts'

const today = '2026-03-02' as LocalDate

describe('who takes part by a link', () => {
  test('participants belong to their own kinds of organisation, which have nobody else, inside the area that it serves', () => {
    for (const kind of organisationKinds) {
      const code = (role: string, area = '990101001001001') => participantRefusal(role, { kind, areaCode: '990101001001' }, area)?.code
      const isTheirs = isParticipantKind(kind)
      expect(code('participant')).toBe(isTheirs ? undefined : 'people.notParticipant')
      expect(code('handler')).toBe(isTheirs ? 'people.participantsOnly' : undefined)
      expect(code('participant', '990101')).toBe(isTheirs ? 'people.outsideOrganisation' : 'people.notParticipant')
    }
  })

  test('a link is for a participant’s post that is not over, from today for a year at most, and opens through its last day until it is revoked', () => {
    const post = { role: 'participant', validFrom: today, validTo: null as LocalDate | null }
    const code = (until: LocalDate, change: Partial<typeof post> = {}) => linkRefusal({ ...post, ...change }, until, today)?.code
    expect(code(today)).toBeUndefined()
    expect(code(addDays(today, linkMaxDays))).toBeUndefined()
    expect(code(addDays(today, linkMaxDays + 1))).toBe('people.linkTooLong')
    expect(code(addDays(today, -1))).toBe('people.linkInPast')
    expect(code(today, { role: 'dispatcher' })).toBe('people.linkForParticipants')
    expect(code(today, { validTo: today })).toBe('people.postOver')
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 5 }), fc.boolean(), (days, revoked) => {
        const link = { validUntil: today, revokedAt: revoked ? '2026-03-01T00:00:00.000Z' : null }
        expect(isOpen(link, addDays(today, days))).toBe(!revoked && days <= 0)
      }),
    )
  })
})

const clock = movableClock('2026-03-02T09:00:00+08:00')
const db = await testDatabase()
const policy = await inTransaction(db.database, loadPolicy)
const ground = { policy, secrets: testSecrets, isArea: (code: string) => code.startsWith('990101'), openWork: async () => 0 }
const admin = aPerson(aPost({ role: 'system_admin', areaCode: '' }))
const as = (actor = admin) => doingAs(db.database, clock, actor)
afterAll(() => db.close())
let company = ''
beforeEach(async () => {
  clock.set('2026-03-02T09:00:00+08:00')
  await sql`truncate people.link_session, people.post_link, people.former_name, people.organisation_tie, people.organisation, people.person, people.account, people.post, platform.event, platform.outbox cascade`.execute(
    db.database.kysely,
  )
  await importPeople(as(), aStaff())
  const made = {
    name: { zh: '示例物业' },
    lineOrBlock: 'block',
    functionCode: null,
    creditCode: null,
    areaCode: '990101001001',
    parentId: null,
  } as const
  company = (await createOrganisation(as(), ground, { ...made, code: 'property', kind: 'property_company' })).id
  await sql`truncate platform.event, platform.outbox`.execute(db.database.kysely)
})

const until = '2026-12-31' as LocalDate
const participant = (code = 'P001') => {
  const seat = { organisationId: company, areaCode: '990101001001', validFrom: today, validTo: null }
  return createParticipant(as(), ground, { ...seat, code, name: '赵示例', linkUntil: until })
}
const events = async (): Promise<{ type: string; subjectKind: string }[]> =>
  (await sql<{ type: string; subjectKind: string }>`select type, subject_kind from platform.event order by id`.execute(db.database.kysely)).rows

test('a link opens a session for its post alone, from each browser one of its own, and each opening is an event without a name', async () => {
  const { postId, token } = await participant()
  expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128)
  const { rows } = await sql<{ text: string }>`select row_to_json(l)::text as text from people.post_link l`.execute(db.database.kysely)
  expect(rows[0]?.text).not.toContain(token)
  const [one, other] = [await openLink(as(), token), await openLink(as(), token)]
  expect(one.token).not.toBe(other.token)
  for (const session of [one, other])
    expect(await linkActor(as(), session.token)).toMatchObject({ kind: 'person', name: '赵示例', posts: [{ id: postId, role: 'participant' }] })
  await closeLinkSession(as(), one.token)
  expect(await linkActor(as(), one.token)).toBeNull()
  expect(await linkActor(as(), other.token)).not.toBeNull()
  expect((await events()).map(({ type, subjectKind }) => `${type} ${subjectKind}`)).toEqual([
    'people.post_begun post',
    'people.link_made link',
    'people.link_opened link',
    'people.link_opened link',
    'people.link_closed link',
  ])
  const { rows: said } = await sql<{ text: string }>`select row_to_json(e)::text as text from platform.event e`.execute(db.database.kysely)
  expect(said.filter(({ text }) => text.includes('赵示例') || text.includes(token))).toEqual([])
})

test('another post of the same person is not reached by the link', async () => {
  const { postId, token } = await participant()
  const { rows } = await sql<{ personId: string }>`select person_id from people.post where id = ${postId}`.execute(db.database.kysely)
  const urban = await sql<{ id: string }>`select id from people.organisation where code = 'urban'`.execute(db.database.kysely)
  const seat = { personId: rows[0]?.personId ?? '', organisationId: urban.rows[0]?.id ?? '', role: 'handler', areaCode: '990101' }
  await createPost(as(), ground, { ...seat, validFrom: today, validTo: null })
  const actor = await linkActor(as(), (await openLink(as(), token)).token)
  expect(actor?.posts.map((post) => post.role)).toEqual(['participant'])
})

test.each<[string, (made: { postId: string; linkId: string }) => Promise<unknown>]>([
  ['the link is revoked', ({ linkId }) => revokeLink(as(), policy, linkId)],
  ['the post ends', ({ postId }) => endPost(as(), policy, postId)],
  ['the organisation ends', () => endOrganisation(as(), ground, { organisationId: company, expectedVersion: 1 })],
  ['its last day is over', async () => clock.set('2027-01-01T00:00:00+08:00')],
])('when %s, its sessions are over and it opens nothing', async (_what, end) => {
  const made = await participant()
  const { token } = await openLink(as(), made.token)
  expect(await linkActor(as(), token)).not.toBeNull()
  await end(made)
  expect(await linkActor(as(), token)).toBeNull()
  await expect(openLink(as(), made.token)).rejects.toMatchObject({ code: 'people.linkOpensNothing' })
})

test('a session that nobody uses ends after half an hour; the link opens another one', async () => {
  const { token } = await participant()
  const session = await openLink(as(), token)
  clock.advance({ minutes: 29 })
  expect(await linkActor(as(), session.token)).not.toBeNull()
  clock.advance({ minutes: 31 })
  expect(await linkActor(as(), session.token)).toBeNull()
  expect(await linkActor(as(), (await openLink(as(), token)).token)).not.toBeNull()
})

test('a new link does not close the one before; whoever may not edit there makes and revokes none', async () => {
  const { postId, token, linkId } = await participant()
  const second = await createLink(as(), ground, postId, until)
  await revokeLink(as(), policy, linkId)
  await revokeLink(as(), policy, linkId)
  await expect(openLink(as(), token)).rejects.toMatchObject({ code: 'people.linkOpensNothing' })
  await openLink(as(), second.token)
  expect((await listLinks(as(), policy, postId)).map(({ open, lastOpenedAt }) => [open, lastOpenedAt !== null])).toEqual([
    [true, true],
    [false, false],
  ])
  const dispatcher = aPerson(aPost({ role: 'dispatcher', areaCode: '990101' }))
  await expect(createLink(as(dispatcher), ground, postId, until)).rejects.toMatchObject({ code: 'people.notYours' })
  await expect(revokeLink(as(dispatcher), policy, second.linkId)).rejects.toMatchObject({ code: 'people.notYours' })
  await expect(participant()).rejects.toMatchObject({ code: 'people.staffNumberTaken' })
})

test('a link that was asked for twice is made once, with the same token, which no receipt shows', async () => {
  const { postId } = await participant()
  const doing = as()
  const [one, two] = [await createLink(doing, ground, postId, until), await createLink(doing, ground, postId, until)]
  expect(two).toEqual(one)
  expect(await listLinks(as(), policy, postId)).toHaveLength(2)
  await openLink(as(), two.token)
  const { rows } = await sql<{ text: string }>`select result::text as text from platform.receipt`.execute(db.database.kysely)
  expect(rows.map(({ text }) => text).join()).not.toContain(one.token)
})
