import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sessionCookie } from '#contexts/people/routes.ts'
import { middleOf, testPassword } from '#processes/testing-city.ts'
import { fill } from './accepts.ts'
import { startChild } from './child.ts'
import { figuresOf, rounded, type Figures, type Round } from './figures.ts'
import { makeFloor } from './same-rows.ts'

export interface LifePlan {
  readonly url: string
  readonly port: number
  readonly rounds: number
  readonly seconds: number
  /** Cases that are there already; the second work finds ten times as many. */
  readonly cases: number
}

/** Lives at a time: what the people of two districts have in their hands at one moment. */
const together = 16
const district = '990101'
// How often a handler's screen looks for the report; a real one waits for the stream.
const lookMs = 50

/**
 * Whole lives of cases over HTTP, every step a request of whoever takes it: a resident reports, the worker beside the API files and dispatches
 * it, the handler finds it in his queue, contacts, handles; an inspector checks, a dispatcher closes, the resident rates. Then the same with
 * ten times as many cases there.
 */
export async function measureWholeLives(plan: LifePlan): Promise<Record<'wholeLives' | 'wholeLivesTenfold' | 'lifeGrowth', Figures>> {
  await copyOfOneReport(plan)
  const server = await startChild('server.ts', [plan.url, String(plan.port), 'worker'])
  try {
    const origin = `http://127.0.0.1:${plan.port}`
    const people = await signIn(origin, ['handler', 'inspector', 'dispatcher'])
    const rounds = async (cases: number): Promise<Round[]> => {
      await fill(plan.url, cases)
      await liveFor(origin, people, 1)
      const found: Round[] = []
      for (let round = 0; round < plan.rounds; round += 1) {
        const before = await server.ask<{ cpu: number }>({})
        const { seconds, times } = await liveFor(origin, people, plan.seconds)
        const after = await server.ask<{ cpu: number }>({})
        found.push({ items: times.length, seconds, times, cpu: after.cpu - before.cpu, floor: null })
      }
      return found
    }
    const wholeLives = figuresOf(await rounds(plan.cases))
    const wholeLivesTenfold = figuresOf(await rounds(plan.cases * 10))
    const growth = { floor: wholeLives.rate, ratio: rounded(wholeLivesTenfold.rate / wholeLives.rate) }
    return { wholeLives, wholeLivesTenfold, lifeGrowth: { ...wholeLivesTenfold, ...growth } }
  } finally {
    await server.end()
  }
}

/** Cases to be there already are copies of a report that nobody has dispatched yet, so it is made before the worker begins. */
async function copyOfOneReport({ url, port }: LifePlan): Promise<void> {
  const server = await startChild('server.ts', [url, String(port)])
  try {
    await request(`http://127.0.0.1:${port}/api/public/cases`, undefined, aReport())
    await makeFloor(url)
  } finally {
    await server.end()
  }
}

const aReport = () => ({ commandId: randomUUID(), text: '有人露天烧烤，油烟很大，占道', ...middleOf(`${district}001001001`) })

type People = Readonly<Record<string, string>>

async function signIn(origin: string, logins: readonly string[]): Promise<People> {
  const enter = async (login: string): Promise<[string, string]> => {
    const reply = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: testPassword }),
    })
    const cookie = new RegExp(`${sessionCookie}=[^;]+`).exec(reply.headers.get('set-cookie') ?? '')?.[0]
    if (cookie === undefined) throw new Error(`${login} cannot sign in: ${await reply.text()}`)
    return [login, cookie]
  }
  return Object.fromEntries(await Promise.all(logins.map(enter)))
}

/** Lives beside each other, each begun as soon as the one before is over; milliseconds of each life. */
async function liveFor(origin: string, people: People, seconds: number): Promise<{ seconds: number; times: number[] }> {
  const begun = performance.now()
  const times: number[] = []
  const lane = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) {
      const start = performance.now()
      await liveOnce(origin, people)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: together }, lane))
  return { seconds: (performance.now() - begun) / 1000, times }
}

interface Held {
  readonly id: string
  readonly version: number
  readonly status: string
}

async function liveOnce(origin: string, people: People): Promise<void> {
  const ask = <R>(path: string, cookie?: string, body?: object): Promise<R> => request(`${origin}${path}`, cookie, body)
  const { number, trackingCode } = await ask<{ number: string; trackingCode: string }>('/api/public/cases', undefined, aReport())
  let held = await inQueue(() => ask(`/api/cases?view=mine&q=${number}`, people['handler']))
  for (const [login, move, note] of steps) {
    const body = { commandId: randomUUID(), move, expectedVersion: held.version, note }
    held = await ask<Held>(`/api/cases/${district}/${held.id}/moves`, people[login], body)
  }
  const { rating } = await ask<{ rating: number }>('/api/public/rate', undefined, { commandId: randomUUID(), trackingCode, score: 5 })
  if (held.status !== 'closed' || rating !== 5) throw new Error(`${number} ended as ${held.status}, rated ${rating}`)
}

const steps = [
  ['handler', 'contact', undefined],
  ['handler', 'handle', '已处置'],
  ['inspector', 'check', undefined],
  ['dispatcher', 'close', undefined],
] as const

/** Waits until the rules have dispatched the report to whoever looks. */
async function inQueue(look: () => Promise<{ items: Held[] }>): Promise<Held> {
  for (let tries = 0; tries < 2000; tries += 1) {
    const [found] = (await look()).items
    if (found) return found
    await sleep(lookMs)
  }
  throw new Error('a report was never dispatched')
}

async function request<R>(url: string, cookie: string | undefined, body: object | undefined): Promise<R> {
  const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) }
  const reply = await fetch(url, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) })
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`)
  return (await reply.json()) as R
}
