import { expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { directoryOf, resolveDutyHolder, type DirectoryOrganisation, type DirectoryPost } from './duty.ts'

const day = (text: string): LocalDate => text as LocalDate
const organisation = (id: string, areaCode: string, more: Partial<DirectoryOrganisation> = {}): DirectoryOrganisation => ({
  id,
  code: id,
  name: { zh: `单位${id}` },
  kind: 'community',
  lineOrBlock: 'block',
  functionCode: null,
  areaCode,
  validFrom: day('2025-01-01'),
  validTo: null,
  ...more,
})
const post = (id: string, organisationId: string, role: string, areaCode: string, more: Partial<DirectoryPost> = {}): DirectoryPost => ({
  id,
  organisationId,
  personId: `person-${id}`,
  personName: '示例',
  role,
  areaCode,
  validFrom: day('2025-01-01'),
  validTo: null,
  ...more,
})

const grid = '990101001001003'
const directory = directoryOf(
  [
    organisation('community', '990101001001'),
    organisation('street', '990101001', { kind: 'street_office' }),
    organisation('street-urban', '990101001', { kind: 'department', lineOrBlock: 'line', functionCode: 'urban' }),
    organisation('party', '990101001', { kind: 'party_organisation' }),
    organisation('urban', '990101', { kind: 'department', lineOrBlock: 'line', functionCode: 'urban' }),
    organisation('urban-old', '990101', {
      kind: 'department',
      lineOrBlock: 'line',
      functionCode: 'urban',
      validFrom: day('2020-01-01'),
      validTo: day('2025-01-01'),
    }),
    organisation('centre', '990101', { kind: 'command_centre' }),
    organisation('team', '', { kind: 'joint_team' }),
  ],
  [
    post('worker', 'community', 'grid_worker', grid),
    post('worker-until-june', 'community', 'grid_worker', grid, { validTo: day('2026-06-01') }),
    post('worker-of-community', 'community', 'grid_worker', '990101001001'),
    post('handler-a', 'urban', 'handler', '990101'),
    post('handler-b', 'urban', 'handler', '990101002'),
    post('leader', 'urban', 'leader', '990101'),
    post('street-handler', 'street', 'handler', '990101001'),
    post('former', 'urban-old', 'handler', '990101'),
  ],
)
const on = day('2026-03-02')

test('a matter of the grid goes to the workers of that grid, in the name of their community', () => {
  expect(resolveDutyHolder(directory, { level: 'grid', functionCode: null }, grid, on)).toEqual({
    organisationId: 'community',
    organisationName: { zh: '单位community' },
    postIds: ['worker', 'worker-until-june'],
    why: { rule: 'worker_of_the_grid', level: 'grid', functionCode: null, areaCode: grid },
  })
})

test('a post counts until the day before its end', () => {
  const holders = (date: string) => resolveDutyHolder(directory, { level: 'grid', functionCode: null }, grid, day(date))?.postIds
  expect(holders('2026-05-31')).toEqual(['worker', 'worker-until-june'])
  expect(holders('2026-06-01')).toEqual(['worker'])
  expect(holders('2024-12-31')).toBeUndefined()
})

test('a grid without a worker of its own falls to a worker of the whole community, and says so', () => {
  const found = resolveDutyHolder(directory, { level: 'grid', functionCode: null }, '990101001001009', on)
  expect(found).toMatchObject({ postIds: ['worker-of-community'], why: { areaCode: '990101001001' } })
  expect(resolveDutyHolder(directory, { level: 'grid', functionCode: null }, '990101001002001', on)).toBeNull()
})

test('a matter with a function goes to the department of that function at that level', () => {
  expect(resolveDutyHolder(directory, { level: 'district', functionCode: 'urban' }, grid, on)).toMatchObject({
    organisationId: 'urban',
    postIds: ['handler-a'],
    why: { rule: 'function_of_the_area', areaCode: '990101' },
  })
  expect(resolveDutyHolder(directory, { level: 'street', functionCode: 'urban' }, grid, on)).toMatchObject({
    organisationId: 'street-urban',
    postIds: [],
  })
})

test('an organisation counts in its own period', () => {
  expect(resolveDutyHolder(directory, { level: 'district', functionCode: 'urban' }, grid, day('2024-12-31'))).toMatchObject({
    organisationId: 'urban-old',
    postIds: [],
  })
  expect(resolveDutyHolder(directory, { level: 'district', functionCode: 'urban' }, grid, day('2025-01-01'))).toMatchObject({
    organisationId: 'urban',
  })
})

test('a matter without a function goes to the block of that level', () => {
  const holder = (level: 'community' | 'street' | 'district') => resolveDutyHolder(directory, { level, functionCode: null }, grid, on)
  expect(holder('community')).toMatchObject({ organisationId: 'community', why: { rule: 'block_of_the_area', areaCode: '990101001001' } })
  expect(holder('street')).toMatchObject({ organisationId: 'street', postIds: ['street-handler'] })
  expect(holder('district')).toMatchObject({ organisationId: 'centre' })
})

test('a missing department does not hand its work down or over to the block', () => {
  expect(resolveDutyHolder(directory, { level: 'district', functionCode: 'water' }, grid, on)).toBeNull()
  expect(resolveDutyHolder(directory, { level: 'community', functionCode: 'urban' }, grid, on)).toBeNull()
})

test('work of a grid at a place known as far as the community goes to the desk of the community', () => {
  const found = resolveDutyHolder(directory, { level: 'grid', functionCode: null }, '990101001001', on)
  expect(found).toMatchObject({
    organisationId: resolveDutyHolder(directory, { level: 'community', functionCode: null }, '990101001001', on)?.organisationId,
  })
  expect(found?.why).toMatchObject({ rule: 'community_of_the_grids', areaCode: '990101001001' })
})

test('a place that is coarser than the level has no holder by rule', () => {
  expect(resolveDutyHolder(directory, { level: 'grid', functionCode: null }, '990101001', on)).toBeNull()
  expect(resolveDutyHolder(directory, { level: 'street', functionCode: null }, '990101', on)).toBeNull()
})

test('where two organisations hold one duty, the order of the rows does not matter', () => {
  const two = [organisation('b', '990101001001'), organisation('a', '990101001001')]
  const lead = { level: 'community', functionCode: null } as const
  expect(resolveDutyHolder(directoryOf(two, []), lead, grid, on)?.organisationId).toBe('a')
  expect(resolveDutyHolder(directoryOf(two.toReversed(), []), lead, grid, on)?.organisationId).toBe('a')
})
