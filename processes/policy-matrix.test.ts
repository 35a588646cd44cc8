import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { caseViews } from '#contexts/cases/contract.ts'
import { moveCases } from '#contexts/cases/index.ts'
import { caseMoveNames, caseMoves, type CaseMoveName } from '#contexts/cases/lifecycle.ts'
import { rolesOfThings } from '#contexts/people/lifecycle.ts'
import { systemActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { sequence } from '#platform/log.ts'
import { createApi } from './api.ts'
import { testWorld } from './testing.ts'
import { layCases } from './testing-cases.ts'
import { administratorRoles, districtRoles } from './testing-city.ts'
import { decidingMakers } from './testing-deciding.ts'
import { deskMakers } from './testing-desk.ts'
import { dutyMakers } from './testing-duties.ts'
import type { Ground, Maker } from './testing-makers.ts'
import { mapMakers } from './testing-map.ts'
import { organisationMakers } from './testing-organisations.ts'
import { standInMakers } from './testing-stand-in.ts'
import { linkedAsker, participantMakers, screenAsker } from './testing-participant.ts'
import { ask, atTheDoor, headersOf, readAskers, readHolds, readSystem, type Asker, type Cell } from './testing-policy.ts'
import { caseRows, makers as otherMakers } from './testing-requests.ts'
import { sweepTurn } from './worker.ts'

const makers: Readonly<Record<string, Maker>> = {
  ...otherMakers,
  ...deskMakers,
  ...decidingMakers,
  ...dutyMakers,
  ...organisationMakers,
  ...participantMakers,
  ...standInMakers,
  ...mapMakers,
}

// The tests are made from what is mounted, so the product stands before the first of them is named.
const city = await testWorld()
const ground = await lay()
const askers = [
  ...(await readAskers(city, [
    'public',
    'no_posts',
    'two_posts',
    'street_handler',
    'dispatcher2',
    'handler2',
    ...districtRoles,
    ...administratorRoles,
  ])),
  await readSystem(city),
  // No account and no login: somebody who opened a link.
  await linkedAsker(city),
  // Nobody at all: a wall that was opened by its link.
  await screenAsker(city),
]
/** What was really done, by endpoint and move: a maker that never gets through proves nothing. */
const done = new Set<string>()

afterAll(() => city.close())

async function lay(): Promise<Ground> {
  const laid = await layCases(city.world)
  // Every clock has run out and everybody is reminded; closed cases may still be reopened.
  city.clock.advance({ days: 10 })
  while ((await sweepTurn(city.world)) > 0);
  const condition = city.world.rules().catalogue.matcher.match('路灯不亮')[0]
  const found = city.world.rules().catalogue.condition(condition?.conditionId ?? '')
  const origin = await city.app.listen({ host: '127.0.0.1', port: 0 })
  return { ...city, origin, holds: await readHolds(city), laid, conditionId: found?.id ?? '', matterId: found?.matterId ?? '' }
}

async function cellsFor(contract: (typeof city.app.endpoints)[number], asker: Asker): Promise<Cell[]> {
  const cells = (await makers[contract.id]?.(ground, asker)) ?? []
  const refused = atTheDoor(contract, asker, ground.holds)
  return refused === undefined ? cells : cells.map((cell) => ({ ...cell, outcome: refused }))
}

test('every mounted endpoint can be asked here, so none is forgotten', () => {
  const mounted = city.app.endpoints.map(({ id }) => id)
  expect(mounted.filter((id) => !(id in makers))).toEqual([])
  expect(Object.keys(makers).filter((id) => !mounted.includes(id))).toEqual([])
})

test('the askers hold every role of the slice', async () => {
  expect(new Set(askers.flatMap(({ posts }) => posts.map(({ role }) => role)))).toEqual(
    new Set([...districtRoles, ...administratorRoles, ...rolesOfThings, 'participant']),
  )
})

test.each(city.app.endpoints.map((contract) => [contract.id, contract] as const))(
  '%s lets in exactly those whose posts reach so far',
  async (id, contract) => {
    const wrong: string[] = []
    const outcomes = new Set<string>()
    const look = async (asker: Asker, cell: Cell): Promise<void> => {
      const { outcome, status } = await ask(city.app, asker, cell)
      outcomes.add(cell.outcome)
      if (status < 300) done.add(id).add(`${id} ${cell.about.split(' ')[0]}`)
      if (outcome !== cell.outcome) wrong.push(`${asker.name} ${cell.about}: ${outcome} instead of ${cell.outcome}`)
    }
    // The cells of one asker are about different subjects and may go together; the next asker finds what was done.
    for (const asker of askers) await Promise.all((await cellsFor(contract, asker)).map((cell) => look(asker, cell)))
    expect(wrong).toEqual([])
    // Both ways: somebody was let in, and unless everybody may, somebody was not.
    expect([...outcomes]).toContain('in')
    expect(outcomes.size > 1).toBe(contract.permission !== 'public')
    if (id !== 'changePassword') expect(done).toContain(id)
  },
  60_000,
)

test('every move was really made by somebody whose posts allow it', () => {
  // What only the decision of a request brings about is not a move of anybody's.
  const isAsked = (move: CaseMoveName): boolean => (caseMoves[move].needs as readonly string[]).includes('byDecision')
  const byStaff = caseMoveNames.filter((move) => (caseMoves[move].permission as string) !== 'caller' && !isAsked(move))
  expect(byStaff.filter((move) => !done.has(`moveCase ${move}`))).toEqual([])
})

test('list, counts and detail show the same rows to the same person, in every view', async () => {
  const rows = await caseRows(city)
  const wrong: string[] = []
  for (const asker of askers.filter(({ posts }) => posts.length > 0)) {
    const look = async <T>(url: string): Promise<{ status: number; body: T }> => {
      const reply = await city.app.inject({ method: 'GET', url, headers: headersOf(asker) })
      return { status: reply.statusCode, body: reply.json<T>() }
    }
    const counts = await look<{ counts: Record<string, number> }>('/api/cases/counts')
    if (counts.status === 403) continue
    const listed = new Set<string>()
    for (const view of caseViews) {
      const inView: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { body: { items: { id: string }[]; cursor: string | null } } = await look(
          `/api/cases?view=${view}&limit=200${cursor && `&cursor=${cursor}`}`,
        )
        inView.push(...page.body.items.map(({ id }) => id))
        cursor = page.body.cursor
      }
      if (inView.length !== counts.body.counts[view])
        wrong.push(`${asker.name} ${view}: ${inView.length} listed, ${counts.body.counts[view]} counted`)
      for (const id of inView) listed.add(id)
    }
    const details = await Promise.all(rows.map(({ id, districtCode }) => look(`/api/cases/${districtCode}/${id}`)))
    rows.forEach(({ id }, index) => {
      if ((details[index]?.status === 200) !== listed.has(id))
        wrong.push(`${asker.name} ${id}: listed ${listed.has(id)}, detail ${details[index]?.status}`)
    })
  }
  expect(wrong).toEqual([])
}, 60_000)

/** A screen that listens: the cases it was told of, as they come. */
async function listen(origin: string, asker: Asker): Promise<{ told: Set<string>; leave: () => void }> {
  const request = get(`${origin}/api/stream`, { agent: false, headers: { cookie: asker.cookie } })
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  const told = new Set<string>()
  const ready = new Promise<void>((begin) => {
    let text = ''
    reply.setEncoding('utf8').on('data', (part: string) => {
      const messages = (text + part).split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const [, event, data = ''] = /^event: (\w+)\ndata: (.*)$/m.exec(message) ?? []
        if (event === 'ready') begin()
        if (event === 'change') for (const { subjectId } of JSON.parse(data) as { subjectId: string }[]) told.add(subjectId)
      }
    })
  })
  await ready
  return { told, leave: () => request.destroy() }
}

test('the stream tells each screen of exactly the cases that its person may see', async () => {
  while ((await sequence(city.world)) > 0);
  // An application of its own, whose stream begins here.
  const app = await createApi(city.world)
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const screens = await Promise.all(askers.filter(({ cookie }) => cookie).map(async (asker) => ({ asker, ...(await listen(origin, asker)) })))
  const rows = await caseRows(city)
  const reopened = ground.laid.filter(({ move }) => move === 'rate')
  for (const one of reopened) {
    const by = { actor: systemActor('test'), requestId: 'test' }
    const [outcome] = await moveCases(city.world.cases, one.districtCode, [
      { id: one.id, move: 'reopen', reasonCode: 'audit', commandId: newId(), by },
    ])
    expect(outcome?.ok).toBe(true)
  }
  await sequence(city.world)
  const places = rows.filter(({ id }) => reopened.some((one) => one.id === id))
  const expected = (asker: Asker): string[] => places.filter((row) => ground.holds(asker, 'case.read', row)).map(({ id }) => id)
  for (const { asker, told } of screens) await expect.poll(() => told.size, { timeout: 10_000 }).toBeGreaterThanOrEqual(expected(asker).length)
  // Whoever is told nothing can only be waited for: longer than the stream holds changes back.
  await sleep(800)
  const heard = screens.map(({ asker, told }) => `${asker.name}: ${[...told].toSorted().join()}`)
  expect(heard).toEqual(screens.map(({ asker }) => `${asker.name}: ${expected(asker).toSorted().join()}`))
  for (const { leave } of screens) leave()
  await app.close()
}, 60_000)
