import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCity, type TestCity } from '#contexts/cases/testing.ts'
import type { Actor } from '#kernel/actor.ts'
import { figuresOf } from './index.ts'
import type { IndicatorKey } from './indicators.ts'

// The figures of which somebody might be afraid when he thinks of calling up.
const feared = ['respond_ontime', 'dispose_ontime', 'close_ontime', 'rework', 'waiting_overdue', 'first_dispatch', 'bounced'] as const

let city: TestCity
let community: Actor
let street: Actor
let district: Actor

beforeAll(async () => {
  city = await testCity()
  community = city.as('community_handler')
  street = city.as('street_handler')
  district = city.as('supervisor')
})
afterAll(() => city.close())

type Figure = readonly [numerator: number | null, denominator: number]

async function figures(actor: Actor): Promise<Record<(typeof feared)[number], Figure>> {
  const { figures: all } = await figuresOf({ ...city.services, zone: 'Asia/Shanghai' }, actor, {})
  const of = (key: IndicatorKey): Figure => {
    const figure = all.find((one) => one.key === key)
    return [figure?.numerator ?? null, figure?.denominator ?? -1]
  }
  return Object.fromEntries(feared.map((key) => [key, of(key)])) as Record<(typeof feared)[number], Figure>
}

/** A case in the hands of the community; the dispatcher sent it there. */
async function atTheCommunity(): Promise<string> {
  const { id } = await city.call({ text: '晚上广场舞音响太吵' })
  await city.move(id, 'file', city.as('dispatcher'))
  const sent = await city.move(id, 'dispatch', city.as('dispatcher'))
  expect(sent).toMatchObject({ tier: 'C', leadOrganisationId: community.posts[0]?.organisationId })
  return id
}

const upwards = { reasonCode: 'beyond_means', note: '已劝导三次' }

test('calling up changes none of the caller’s figures, whenever he calls: before or after his contact, in time or late', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 240 }), async (answers, first, then) => {
      const { clock } = city.services
      const id = await atTheCommunity()
      clock.advance({ minutes: first })
      if (answers) await city.move(id, 'contact', community)
      clock.advance({ minutes: then })
      const before = await figures(community)
      await city.move(id, 'callUp', community, upwards)
      const after = await figures(community)
      // A case that was never answered counts as answered now: calling up says at least that the dispatch was right.
      const added = answers ? 0 : 1
      const [right, of] = before.first_dispatch
      const { close_ontime, rework, waiting_overdue } = after
      expect(after).toEqual({ ...before, first_dispatch: [(right ?? 0) + added, of + added], close_ontime, rework, waiting_overdue })
      // Who leads the case at its end answers for its end: these can only leave the caller's count, and never add to what he missed.
      for (const [key, [some, all]] of Object.entries({ close_ontime, rework, waiting_overdue }) as [keyof typeof before, Figure][]) {
        const [someBefore, allBefore] = before[key]
        const missed = key === 'close_ontime' ? [all - (some ?? 0), allBefore - (someBefore ?? 0)] : [some ?? 0, someBefore ?? 0]
        expect(missed[0], key).toBeLessThanOrEqual(missed[1] ?? 0)
      }
      await city.move(id, 'contact', street)
      await city.move(id, 'handle', street, { note: '已联合整治' })
    }),
    { numRuns: 12 },
  )
})

test('what the level above does late is its own: the caller’s figures stay as they are', async () => {
  const { clock } = city.services
  const id = await atTheCommunity()
  await city.move(id, 'contact', community)
  await city.move(id, 'callUp', community, upwards)
  const before = { community: await figures(community), street: await figures(street) }
  clock.advance({ days: 3 })
  await city.move(id, 'contact', street)
  await city.move(id, 'handle', street, { note: '已联合整治' })
  expect(await figures(community)).toEqual(before.community)
  const { respond_ontime: answered } = await figures(street)
  expect(answered).toEqual([before.street.respond_ontime[0], before.street.respond_ontime[1] + 1])
})

test('what the caller did late stays his own and is not handed up with the case', async () => {
  const { clock } = city.services
  const id = await atTheCommunity()
  clock.advance({ days: 3 })
  const before = { community: await figures(community), street: await figures(street) }
  await city.move(id, 'callUp', community, upwards)
  const after = { community: await figures(community), street: await figures(street) }
  expect(after.community.respond_ontime).toEqual(before.community.respond_ontime)
  expect(after.street.respond_ontime).toEqual(before.street.respond_ontime)
  await city.move(id, 'contact', street)
  await city.move(id, 'handle', street, { note: '已联合整治' })
  expect((await figures(street)).respond_ontime).toEqual(before.street.respond_ontime.map((n) => (n ?? 0) + 1))
})

test('a bounced call counts against whoever bounced it, and not against whoever called', async () => {
  const id = await atTheCommunity()
  await city.move(id, 'contact', community)
  await city.move(id, 'callUp', community, upwards)
  const before = { community: await figures(community), street: await figures(street), district: await figures(district) }
  await city.move(id, 'sendDown', street, { reasonCode: 'not_tried' })
  const after = { community: await figures(community), street: await figures(street), district: await figures(district) }
  const oneMore = ([some, of]: Figure): Figure => [(some ?? 0) + 1, of + 1]
  expect(after.street.bounced).toEqual(oneMore(before.street.bounced))
  expect(after.district.bounced).toEqual(oneMore(before.district.bounced))
  expect(after.community).toEqual(before.community)
  expect(after.community.bounced).toEqual([0, 0])
})
