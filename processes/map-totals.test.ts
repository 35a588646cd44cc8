import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseViews, type CaseSummary } from '#contexts/cases/contract.ts'
import { codeDigits, levels } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { testWorld, type TestWorld } from './testing.ts'
import { layCases } from './testing-cases.ts'
import { administratorRoles, cityAreas, districtRoles } from './testing-city.ts'
import { sweepTurn } from './worker.ts'

const logins = [...districtRoles, 'handler2', 'street_handler', 'dispatcher2', 'two_posts'] as const
const blind = ['no_posts', ...administratorRoles] as const
const cookies = new Map<string, string>()
let city: TestWorld

beforeAll(async () => {
  city = await testWorld()
  await layCases(city.world)
  // Reports that name a street, a community, or no place at all have no coordinate.
  for (const areaCode of ['990101001', '990101002001', '990102001', undefined, undefined]) {
    const payload = { commandId: newId(), text: '路灯不亮', areaCode }
    expect((await city.app.inject({ method: 'POST', url: '/api/public/cases', payload })).statusCode).toBe(200)
  }
  city.clock.advance({ days: 1 })
  while ((await sweepTurn(city.world)) > 0);
  for (const login of [...logins, ...blind]) cookies.set(login, await city.enter(login))
})
afterAll(() => city.close())

interface Filter {
  readonly view: string
  readonly within?: string | undefined
  readonly q?: string | undefined
  readonly status?: string | undefined
  readonly box?: string | undefined
  readonly lacking?: string | undefined
}

async function ask<T>(login: string, path: string, query: Readonly<Record<string, string | undefined>>): Promise<{ status: number; body: T }> {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const url = `${path}?${new URLSearchParams(pairs).toString()}`
  const reply = await city.app.inject({ method: 'GET', url, headers: { cookie: cookies.get(login) ?? '' } })
  return { status: reply.statusCode, body: reply.json<T>() }
}

async function wholeList(login: string, { within, ...filter }: Filter): Promise<CaseSummary[]> {
  const found: CaseSummary[] = []
  let cursor: string | undefined
  do {
    const query = { ...filter, areaCode: within, limit: '200', cursor }
    const { body } = await ask<{ items: CaseSummary[]; cursor: string | null }>(login, '/api/cases', query)
    found.push(...body.items)
    cursor = body.cursor ?? undefined
  } while (cursor)
  return found
}

interface Counts {
  readonly count: number
  readonly overdue: number
  readonly soon: number
}
interface AreasReply {
  readonly items: readonly (Counts & { readonly areaCode: string })[]
  readonly unplaced: Counts
}

/** The reply as the list itself gives it, counted here. */
function countedFrom(list: readonly CaseSummary[], digits: number): AreasReply {
  const now = city.clock.now()
  const isSoon = ({ overdue, soonAt, clockDueAt }: CaseSummary): boolean => !overdue && soonAt !== null && soonAt <= now && clockDueAt !== null
  const counts = (some: readonly CaseSummary[]): Counts => ({
    count: some.length,
    overdue: some.filter(({ overdue }) => overdue).length,
    soon: some.filter(isSoon).length,
  })
  const placed = list.filter(({ areaCode }) => areaCode.length >= digits)
  const items = [...Map.groupBy(placed, ({ areaCode }) => areaCode.slice(0, digits))].map(([areaCode, some]) => ({ areaCode, ...counts(some) }))
  return {
    items: items.toSorted((a, b) => (a.areaCode < b.areaCode ? -1 : 1)),
    unplaced: counts(list.filter(({ areaCode }) => areaCode.length < digits)),
  }
}

const filters = fc.record({
  view: fc.constantFrom(...caseViews),
  within: fc.option(fc.constantFrom(...cityAreas.map(({ code }) => code)), { nil: undefined }),
  q: fc.option(fc.constantFrom('路灯', '烧烤', '990101', '%', 'none'), { nil: undefined, freq: 2 }),
  status: fc.option(fc.constantFrom('reported', 'handled', 'closed'), { nil: undefined, freq: 3 }),
})

test.each(logins)('for %s the areas of any level and what is not placed are the list of the same filters', async (login) => {
  const property = fc.asyncProperty(filters, fc.constantFrom(...levels), async (filter, level) => {
    const list = await wholeList(login, filter)
    const areas = await ask<AreasReply>(login, '/api/cases/areas', { ...filter, level })
    expect(areas.body).toEqual(countedFrom(list, codeDigits[level]))
  })
  await fc.assert(property, { numRuns: 25 })
})

test('points and what has no coordinate are the list too, and a limit is said', async () => {
  interface Points {
    items: { id: string; overdue: boolean; lng: number }[]
    complete: boolean
    withoutPoint: number
  }
  for (const login of ['dispatcher', 'handler', 'two_posts'])
    for (const view of ['all', 'open', 'overdue']) {
      const list = await wholeList(login, { view })
      const { body } = await ask<Points>(login, '/api/cases/points', { view })
      const late = new Map(list.map(({ id, overdue }) => [id, overdue]))
      expect(body.items.every(({ id, overdue }) => late.get(id) === overdue)).toBe(true)
      expect(body.items.length + body.withoutPoint).toBe(list.length)
      expect(body.complete).toBe(true)
    }
  const { body } = await ask<Points>('dispatcher', '/api/cases/points', { view: 'all', limit: '3' })
  expect([body.items.length, body.complete, body.withoutPoint]).toEqual([3, false, 4])
  expect(Object.keys(body.items[0] ?? {}).toSorted()).toEqual(['districtCode', 'id', 'lat', 'lng', 'number', 'overdue', 'status'])
})

interface Bins {
  items: { lng: number; lat: number; count: number; overdue: number }[]
  total: number
  outside: number
  withoutPoint: number
}

const boxes = fc.option(fc.constantFrom('121.48,31.2,121.5,31.3', '121.4,31.1,121.6,31.4', '10,10,11,11'), { nil: undefined })

test.each(['dispatcher', 'handler', 'two_posts'])(
  'for %s squares, what lies outside and what has no coordinate are the list, whatever the zoom',
  async (login) => {
    const property = fc.asyncProperty(filters, boxes, fc.integer({ min: 3, max: 19 }), async (filter, box, zoom) => {
      const list = await wholeList(login, filter)
      const { body } = await ask<Bins>(login, '/api/cases/bins', { ...filter, box, zoom: String(zoom) })
      expect(body.total + body.outside + body.withoutPoint).toBe(list.length)
      expect(body.items.reduce((sum, { count }) => sum + count, 0)).toBe(body.total)
      // What the drawer beside the map lists is what is drawn, and the link to what has no coordinate opens exactly that.
      if (box !== undefined) expect((await wholeList(login, { ...filter, box })).length).toBe(body.total)
      expect((await wholeList(login, { ...filter, lacking: 'point' })).length).toBe(body.withoutPoint)
    })
    await fc.assert(property, { numRuns: 20 })
  },
)

test.each(levels)('the list of what is not located down to the %s is what the map counts as such', async (level) => {
  for (const within of [undefined, '990101', '990101001']) {
    const { body } = await ask<AreasReply>('dispatcher', '/api/cases/areas', { view: 'all', within, level })
    const list = await wholeList('dispatcher', { view: 'all', within, lacking: level })
    expect(list.length).toBe(body.unplaced.count)
  }
})

test('who sees no cases sees neither areas nor points', async () => {
  for (const login of blind) {
    expect((await ask(login, '/api/cases/areas', { level: 'street' })).status).toBe(403)
    expect((await ask(login, '/api/cases/points', {})).status).toBe(403)
    expect((await ask(login, '/api/cases/bins', { zoom: '12' })).status).toBe(403)
  }
})
