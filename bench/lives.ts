import { acceptCalls, moveCases, prepareCall, type CaseMoveInput } from '#contexts/cases/index.ts'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { systemClock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { sequence } from '#platform/log.ts'
import { createLogger } from '#platform/logger.ts'
import { runSql } from '#platform/database/sql-client.ts'
import { seal } from '#platform/seal.ts'
import { verify } from '#platform/verify.ts'
import { compose, type World } from '#processes/compose.ts'
import { cityDistricts, middleOf } from '#processes/testing-city.ts'
import { cpuOfThisProcess, figuresOf, type Figures, type Round } from './figures.ts'
import { using } from './ground.ts'

const batch = 50
/** The straight life after the report, each move with the role that makes it. */
const life = [
  ['file', 'dispatcher'],
  ['dispatch', 'dispatcher'],
  ['contact', 'handler'],
  ['handle', 'handler'],
  ['check', 'inspector'],
  ['close', 'dispatcher'],
] as const

/** Whole lives of cases a second, from the report to the closing, in both districts at once; and then rows of their log verified a second. */
export async function measureLives(url: string, plan: { rounds: number; seconds: number }): Promise<Record<'moves' | 'verify', Figures>> {
  return using(url, async (database) => {
    const world = await compose({ database, clock: systemClock, logger: createLogger({ level: 'warn' }), key: new Uint8Array(32).fill(7) })
    await liveFor(world, 1)
    // The database looks at its own tables once a minute; a bench of seconds must not measure what it does before.
    await runSql(url, 'vacuum analyze')
    const moves: Round[] = []
    for (let round = 0; round < plan.rounds; round += 1) moves.push(await liveFor(world, plan.seconds))
    while ((await sequence(world)) > 0);
    while ((await seal(world)) > 0);
    return { moves: figuresOf(moves), verify: figuresOf(await verifyRounds(world, plan.rounds)) }
  })
}

async function liveFor(world: World, seconds: number): Promise<Round> {
  const begun = performance.now()
  const cpuBefore = cpuOfThisProcess()
  const times: number[] = []
  let items = 0
  while (performance.now() - begun < seconds * 1000) {
    await Promise.all(cityDistricts.map((district) => liveOnce(world, district, times)))
    items += batch * cityDistricts.length
  }
  return { items, seconds: (performance.now() - begun) / 1000, times, cpu: cpuOfThisProcess() - cpuBefore, floor: null }
}

async function liveOnce(world: World, district: DistrictCode, times: number[]): Promise<void> {
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const begun = performance.now()
    const done = await work
    times.push(performance.now() - begun)
    return done
  }
  const place = middleOf(`${district}001001001`)
  const calls = Array.from({ length: batch }, () =>
    prepareCall(
      { commandId: newId(), channel: 'resident', text: '有人露天烧烤，油烟很大，占道', ...place },
      { actor: publicActor, requestId: 'bench' },
      world.clock.now(),
      world.rules(),
      world.cases.secrets,
    ),
  )
  const accepted = await timed(acceptCalls(world.cases, district, calls))
  for (const [move, role] of life) {
    const by = { actor: holderOf(world, role, district), requestId: 'bench' }
    const inputs = accepted.map(({ id }): CaseMoveInput => ({ id, move, commandId: newId(), note: '已处置', by }))
    for (const outcome of await timed(moveCases(world.cases, district, inputs))) if (!outcome.ok) throw outcome.refusal
  }
}

function holderOf({ rules }: World, role: string, district: DistrictCode): Actor {
  const post = [...rules().directory.posts.values()].find((held) => held.role === role && held.areaCode.startsWith(district))
  if (!post) throw new Error(`Nobody is ${role} in ${district}.`)
  return { kind: 'person', personId: post.personId, name: post.personName, posts: [post] }
}

async function verifyRounds({ database, districts }: World, rounds: number): Promise<Round[]> {
  const known = await districts()
  const found: Round[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    const cpuBefore = cpuOfThisProcess()
    const verdicts = await verify(database, known)
    const faults = verdicts.flatMap(({ fault }) => fault ?? [])
    if (faults.length > 0) throw new Error(`The log does not verify: ${JSON.stringify(faults)}`)
    const items = verdicts.reduce((sum, { sealed, unsealed }) => sum + sealed + unsealed, 0)
    found.push({ items, seconds: (performance.now() - begun) / 1000, times: [], cpu: cpuOfThisProcess() - cpuBefore, floor: null })
  }
  return found
}
