import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DutyList } from '#contexts/catalogue/lifecycle.ts'
import { newId } from '#kernel/id.ts'
import type { CaseMoveInput } from '../moving/bench.ts'
import { moveCases } from '../moving/commands.ts'
import { caseDetail } from '../questions.ts'
import { testCity, testDistrict, type TestCity } from '../testing.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const poster = '墙上到处贴小广告，撕不掉'
const detail = (id: string, role: string) => caseDetail(city.services, city.as(role), { districtCode: testDistrict, id })
const upwards = { reasonCode: 'beyond_means', note: '已清除三次，又被贴满' }

/** A case of tier D in the hands of the grid worker. */
async function atTheGrid(): Promise<string> {
  const { id } = await city.call({ text: poster })
  await city.move(id, 'file', city.as('dispatcher'))
  const sent = await city.move(id, 'dispatch', city.as('dispatcher'))
  expect(sent).toMatchObject({ tier: 'D', why: { rule: 'worker_of_the_grid' } })
  return id
}

test('a grid calls up to its community, that to its street, that to the district; each step keeps what was tried, and the tier rises', async () => {
  const { clock } = city.services
  const id = await atTheGrid()
  clock.advance({ minutes: 20 })
  expect(await city.move(id, 'callUp', city.as('grid_worker'), upwards)).toMatchObject({ tier: 'C', status: 'dispatched' })
  clock.advance({ minutes: 20 })
  await city.move(id, 'contact', city.as('community_handler'))
  expect(await city.move(id, 'callUp', city.as('community_handler'), { reasonCode: 'repeated', note: '社区已装监控' })).toMatchObject({ tier: 'B' })
  expect(await city.move(id, 'callUp', city.as('street_handler'), { reasonCode: 'needs_authority', note: '查不到号码' })).toMatchObject({ tier: 'A' })
  const seen = await detail(id, 'dispatcher')
  expect(seen.holder?.zh).toBe('单位centre')
  expect(seen.ladder.map(({ direction, from, to, note }) => [direction, from.tier, to.tier, to.organisation?.zh, note])).toEqual([
    ['up', 'D', 'C', '单位community', '已清除三次，又被贴满'],
    ['up', 'C', 'B', '单位street', '社区已装监控'],
    ['up', 'B', 'A', '单位centre', '查不到号码'],
  ])
  // Both clocks of the district run from its own call, and nobody below has one that still runs.
  const running = seen.milestones.filter(({ metAt, cancelledAt }) => metAt === null && cancelledAt === null)
  expect(running.map(({ kind, startsAt }) => [kind, startsAt])).toEqual([
    ['respond', clock.now()],
    ['dispose', clock.now()],
  ])
})

test('who called up sees what becomes of it and may not act on it any more, though grid and community are one unit', async () => {
  const id = await atTheGrid()
  await city.move(id, 'callUp', city.as('grid_worker'), upwards)
  expect((await detail(id, 'grid_worker')).moves).toEqual([])
  await expect(city.move(id, 'settle', city.as('grid_worker'), { note: '办了' })).rejects.toMatchObject({ code: 'cases.holdsNot' })
  expect((await detail(id, 'community_handler')).moves).toEqual(['contact', 'giveBack', 'callUp', 'sendDown', 'settle'])
  await city.move(id, 'callUp', city.as('community_handler'), upwards)
  expect((await detail(id, 'community_handler')).moves).toEqual([])
})

test('calling up without a reason or without what was tried is refused at its field', async () => {
  const id = await atTheGrid()
  await expect(city.move(id, 'callUp', city.as('grid_worker'), { note: '试过了' })).rejects.toMatchObject({ field: 'reasonCode' })
  await expect(city.move(id, 'callUp', city.as('grid_worker'), { ...upwards, note: '  ' })).rejects.toMatchObject({
    code: 'cases.triedMissing',
    field: 'note',
  })
})

test('a call is sent down with a reason only, back to whoever called, once; then it is handled or called on', async () => {
  const id = await atTheGrid()
  await city.move(id, 'callUp', city.as('grid_worker'), upwards)
  await expect(city.move(id, 'sendDown', city.as('community_handler'))).rejects.toMatchObject({ field: 'reasonCode' })
  const down = await city.move(id, 'sendDown', city.as('community_handler'), { reasonCode: 'within_means', note: '网格可以办' })
  expect(down).toMatchObject({ tier: 'D', status: 'dispatched', returnCount: 0 })
  expect((await detail(id, 'grid_worker')).moves).toContain('settle')
  await city.move(id, 'callUp', city.as('grid_worker'), upwards)
  await expect(city.move(id, 'sendDown', city.as('community_handler'), { reasonCode: 'within_means' })).rejects.toMatchObject({
    code: 'cases.alreadySentDown',
  })
  expect((await detail(id, 'dispatcher')).ladder.map(({ direction }) => direction)).toEqual(['up', 'down', 'up'])
})

test('who holds a case by dispatch has nobody to send it down to, and the top has nobody to call', async () => {
  const id = await atTheGrid()
  await expect(city.move(id, 'sendDown', city.as('grid_worker'), { reasonCode: 'within_means' })).rejects.toMatchObject({
    code: 'cases.nobodyCalled',
  })
  const top = await city.call({ text: '路灯不亮，黑漆漆' })
  await city.move(top.id, 'file', city.as('dispatcher'))
  await city.move(top.id, 'dispatch', city.as('dispatcher'))
  await expect(city.move(top.id, 'callUp', city.as('handler'), upwards)).rejects.toMatchObject({ code: 'cases.topReached' })
})

test('a call goes to the department of the matter’s function where it has one; a matter taken back goes straight to the district', async () => {
  const rules = city.services.rules()
  const lamp = rules.catalogue.matcher.match('路灯不亮，黑漆漆')[0]?.conditionId ?? ''
  const byHand = [...rules.directory.organisations.values()].find(({ code }) => code === 'community')?.id
  const condition = rules.catalogue.condition(lamp)
  if (!condition) throw new Error('the catalogue has no such condition')
  const moved = async (id: string, duty: DutyList, role: string, asked: Pick<CaseMoveInput, 'move'> & Partial<CaseMoveInput>) => {
    const services = { ...city.services, rules: () => ({ ...rules, catalogue: { ...rules.catalogue, condition: () => ({ ...condition, duty }) } }) }
    const by = { actor: city.as(role), requestId: 'test' }
    const [outcome] = await moveCases(services, testDistrict, [{ id, commandId: newId(), by, ...asked }])
    return outcome
  }
  const atTheCommunity = async (): Promise<string> => {
    const { id } = await city.call({ conditionId: lamp })
    await city.move(id, 'file', city.as('dispatcher'))
    expect(await moved(id, 'basic', 'dispatcher', { move: 'dispatch', organisationId: byHand, note: '先去看看' })).toMatchObject({ ok: true })
    return id
  }
  const id = await atTheCommunity()
  // The tier was B already: a call never lowers it.
  expect(await moved(id, 'basic', 'community_handler', { move: 'callUp', ...upwards })).toMatchObject({ ok: true, record: { tier: 'B' } })
  await moved(id, 'basic', 'street_handler', { move: 'callUp', ...upwards })
  expect((await detail(id, 'dispatcher')).holder?.zh).toBe('单位urban')

  // Taken back while the community had it.
  expect(await moved(await atTheCommunity(), 'withdrawn', 'community_handler', { move: 'callUp', ...upwards })).toMatchObject({
    ok: true,
    record: { tier: 'A', ladder: [{ from: { level: 'community' }, to: { level: 'district' } }] },
  })
})

test('given back and dispatched anew, a case begins at its own tier again', async () => {
  const id = await atTheGrid()
  await city.move(id, 'callUp', city.as('grid_worker'), upwards)
  await city.move(id, 'giveBack', city.as('community_handler'), { reasonCode: 'wrong_place' })
  expect(await city.move(id, 'dispatch', city.as('dispatcher'))).toMatchObject({ tier: 'D', ladder: [{ direction: 'up' }] })
  expect((await detail(id, 'grid_worker')).moves).toContain('callUp')
})
