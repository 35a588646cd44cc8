import { expect, test } from 'vitest'
import { newId } from '#kernel/id.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { aPost } from '../testing.ts'
import { namedAs } from './acting.ts'
import { isColleague, postsHeldBy, standInRefusal, type SeatedPost } from './rules.ts'

const day = (text: string): LocalDate => text as LocalDate
const community = newId()
const holderId = newId()
const colleagueId = newId()

function seat(parts: Partial<SeatedPost> & Pick<SeatedPost, 'role'>): SeatedPost {
  return { ...aPost(parts), personId: colleagueId, organisationKind: 'community', organisationArea: '990101001001', ...parts }
}
const grid = seat({ role: 'grid_worker', personId: holderId, organisationId: community, areaCode: '990101001001001' })
const neighbour = seat({ role: 'grid_worker', organisationId: community, areaCode: '990101001001002' })
const handler = seat({ role: 'handler', organisationId: community, areaCode: '990101001001' })

const asked = { personId: colleagueId, validFrom: day('2026-11-22'), validUntil: day('2026-11-30') }
const facts = { today: day('2026-11-22'), own: [neighbour], hasAccount: true, others: [] }

test('a grid worker hands over to the next grid or to the community; others within their own unit only', () => {
  const elsewhere = newId()
  expect(isColleague(grid, [neighbour])).toBe(true)
  expect(isColleague(grid, [handler])).toBe(true)
  expect(isColleague(grid, [seat({ role: 'grid_worker', organisationId: elsewhere, areaCode: '990101001001002' })])).toBe(true)
  expect(isColleague(grid, [seat({ role: 'handler', organisationId: elsewhere })])).toBe(true)
  expect(isColleague(grid, [seat({ role: 'grid_worker', organisationId: elsewhere, areaCode: '990101001002001' })])).toBe(false)
  const department = { organisationId: elsewhere, organisationKind: 'department', organisationArea: '990101', areaCode: '990101001001' } as const
  expect(isColleague(grid, [seat({ role: 'handler', ...department })])).toBe(false)
  expect(isColleague(handler, [neighbour])).toBe(true)
  expect(isColleague(handler, [seat({ role: 'handler', organisationId: elsewhere })])).toBe(false)
  expect(isColleague(grid, [])).toBe(false)
})

test('an administrator, a participant and a key stand in for nobody, whatever else they hold', () => {
  for (const role of ['system_admin', 'security_admin', 'audit_admin', 'participant', 'department_system', 'wall_screen'])
    expect(isColleague(grid, [neighbour, seat({ role, organisationId: community })]), role).toBe(false)
  const administrator = { ...facts, own: [neighbour, seat({ role: 'audit_admin' })] }
  expect(standInRefusal(grid, asked, administrator)).toMatchObject({ code: 'people.standInAdministrator', field: 'personId' })
})

test.each([
  ['today at the earliest', { validFrom: day('2026-11-21') }, 'people.standInPast', 'validFrom'],
  ['not backwards', { validUntil: day('2026-11-21') }, 'people.standInTurned', 'validUntil'],
  ['sixty days and not one more', { validUntil: day('2027-01-21') }, 'people.standInLong', 'validUntil'],
  ['not to oneself', { personId: holderId }, 'people.standInForYourself', 'personId'],
])('days and person: %s', (_what, parts, code, field) => {
  expect(standInRefusal(grid, { ...asked, ...parts }, facts)).toMatchObject({ code, field })
})

test('both days count: one day, and sixty, are right', () => {
  expect(standInRefusal(grid, { ...asked, validUntil: day('2026-11-22') }, facts)).toBeUndefined()
  expect(standInRefusal(grid, { ...asked, validUntil: day('2027-01-20') }, facts)).toBeUndefined()
})

test('only posts that handle, inspect, dispatch or supervise are handed over, and only to somebody with an account', () => {
  for (const role of ['leader', 'system_admin', 'security_admin', 'audit_admin', 'participant', 'department_system'])
    expect(standInRefusal({ ...grid, role }, asked, facts), role).toMatchObject({ code: 'people.standInRole', field: 'postId' })
  expect(standInRefusal(grid, asked, { ...facts, hasAccount: false })).toMatchObject({ code: 'people.standInNotColleague', field: 'personId' })
})

test('one stand-in at a time: another one begins after the last day', () => {
  const others = [{ validFrom: day('2026-11-25'), validTo: day('2026-11-28') }]
  expect(standInRefusal(grid, asked, { ...facts, others })).toMatchObject({ code: 'people.standInTaken', field: 'validFrom' })
  expect(standInRefusal(grid, { ...asked, validFrom: day('2026-11-28') }, { ...facts, others })).toBeUndefined()
  expect(standInRefusal(grid, { ...asked, validUntil: day('2026-11-24') }, { ...facts, others })).toBeUndefined()
})

test('own posts are told from those stood in for; what the rules no longer allow gives nothing', () => {
  const held = (...rows: SeatedPost[]) => {
    const { own, stoodIn } = postsHeldBy(colleagueId, rows)
    return [own.map(({ id }) => id), stoodIn.map(({ id }) => id)]
  }
  expect(held(grid, neighbour)).toEqual([[neighbour.id], [grid.id]])
  expect(held(grid)).toEqual([[], []])
  const appointed = seat({ role: 'security_admin', areaCode: '' })
  expect(held(grid, neighbour, appointed)).toEqual([[neighbour.id, appointed.id], []])
  expect(Object.keys(postsHeldBy(colleagueId, [neighbour]).own[0] ?? {}).toSorted()).toEqual([
    'areaCode',
    'id',
    'organisationId',
    'role',
    'validFrom',
    'validTo',
  ])
})

test('the record names who acted, and for whom', () => {
  const directory = {
    personNames: new Map([
      [holderId, '王五'],
      [colleagueId, '李四'],
    ]),
    posts: new Map([[grid.id, { ...grid, personName: '王五' }]]),
  }
  expect(namedAs(directory, holderId, grid.id)).toEqual({ zh: '王五', en: '王五' })
  expect(namedAs(directory, colleagueId, grid.id)).toEqual({ zh: '李四（代 王五）', en: '李四 (for 王五)' })
  expect(namedAs(directory, colleagueId, null)).toEqual({ zh: '李四', en: '李四' })
  expect(namedAs(directory, newId(), grid.id)).toBeUndefined()
})
