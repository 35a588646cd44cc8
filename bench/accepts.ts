import { runSql } from '#platform/database/sql-client.ts'
import { cityAreas, middleOf } from '#processes/testing-city.ts'
import { startChild, type Child } from './child.ts'
import { figuresOf, rounded, type Figures, type Round } from './figures.ts'
import type { LoadAnswer, LoadQuestion } from './load.ts'
import { pgbench } from './pgbench.ts'
import { makeFloor } from './same-rows.ts'

export interface AcceptPlan {
  readonly url: string
  readonly folder: string
  readonly pgbench: string | undefined
  readonly port: number
  /** Cases that are there already when the first works are measured; the second ones find ten times as many. */
  readonly cases: number
  readonly rounds: number
  readonly seconds: number
}

const connections = 64
const script = (name: string): string => `\\set n random(1, 2)\nselect bench.${name}('99010' || :n);\n`

/** Reports as residents send them: most match a matter, some a person must look at, half leave a telephone number. */
const texts = [
  '小区门口的垃圾没人清理，一地都是，已经三天了',
  '路灯不亮，晚上回家黑漆漆的，老人差点摔倒，请尽快来人修理一下，就在公交站对面',
  '有人占道露天烧烤，油烟很大，窗户都不敢开',
  '人行道上电动车停得乱七八糟，婴儿车过不去',
  '楼道里堆满纸箱和旧家具，堵住了消防通道，物业说了也没有用，希望社区协调处理。二单元三楼到五楼都是这样，有的还放着电池在充电，很不安全',
  '想问一下什么时候可以办理',
]
const grids = cityAreas.filter(({ level }) => level === 'grid')

const bodies = Array.from({ length: 480 }, (_, index) => {
  const { lng, lat } = middleOf(grids[index % grids.length]?.code ?? '')
  const place = { lng: lng + Math.sin(index) * 0.003, lat: lat + Math.cos(index) * 0.006 }
  const caller = index % 2 === 0 ? { callerName: '示例居民', callerPhone: '13800001234' } : {}
  return JSON.stringify({ text: texts[index % texts.length], address: '示例路 18 号附近', ...place, ...caller }).slice(1)
})

/**
 * Cases accepted a second through the whole endpoint over HTTP, beside the same rows written by one prepared statement per case under
 * pgbench: with some cases there, with ten times as many, and with the background work in the same process.
 */
export async function measureAccepts(plan: AcceptPlan): Promise<Record<string, Figures>> {
  const load = await startChild('load.ts')
  try {
    const some = await measure(plan, load, ['accept', 'accept_uncounted'], async () => {
      await makeFloor(plan.url)
      await fill(plan.url, plan.cases)
    })
    const many = await measure(plan, load, ['accept'], () => fill(plan.url, plan.cases * 10))
    const beside = await measure(plan, load, ['accept'], () => clear(plan.url), 'worker')
    const [accepts, acceptsTenfold] = [figuresOf(some['accept'] ?? []), figuresOf(many['accept'] ?? [])]
    return {
      accepts,
      acceptsUncounted: figuresOf(some['accept_uncounted'] ?? []),
      acceptsTenfold,
      growth: { ...acceptsTenfold, floor: accepts.rate, ratio: rounded(acceptsTenfold.rate / accepts.rate) },
      acceptsBesideWorker: figuresOf(beside['accept'] ?? []),
    }
  } finally {
    await load.end()
  }
}

/** Warms a server up, prepares the tables, and then takes turns between HTTP and each floor. */
async function measure(
  plan: AcceptPlan,
  load: Child,
  floors: readonly string[],
  prepare: () => Promise<void>,
  ...extra: string[]
): Promise<Record<string, Round[]>> {
  const server = await startChild('server.ts', [plan.url, String(plan.port), ...extra])
  const send = (seconds: number): Promise<LoadAnswer> => load.ask({ port: plan.port, seconds, connections, bodies } satisfies LoadQuestion)
  const found: Record<string, Round[]> = {}
  try {
    await send(2)
    await prepare()
    await send(1)
    for (let round = 0; round < plan.rounds; round += 1) {
      const before = await server.ask<{ cpu: number }>({})
      const { items, seconds, times, refused } = await send(plan.seconds)
      const after = await server.ask<{ cpu: number }>({})
      if (refused > 0) throw new Error(`${refused} of ${items + refused} reports were refused.`)
      for (const name of floors) {
        const floor = plan.pgbench === undefined ? null : await pgbench(plan.pgbench, { ...plan, script: script(name), seconds: plan.seconds })
        ;(found[name] ??= []).push({ items, seconds, times, cpu: after.cpu - before.cpu, floor })
      }
      // What was written waits for nobody here; left alone it would grow from round to round.
      if (extra.length === 0) await clear(plan.url)
    }
    return found
  } finally {
    await server.end()
  }
}

/** Writes cases until there are so many, and leaves the tables as they are after a quiet night. */
export async function fill(url: string, wanted: number): Promise<void> {
  const [{ n = 0 } = {}] = (await runSql(url, 'select count(*)::int as n from cases.case')) as { n?: number }[]
  const half = Math.ceil((wanted - n) / 2)
  if (half > 0)
    await Promise.all(
      ['990101', '990102'].map((district) =>
        runSql(
          url,
          // A thousand to a commit: every case writes its district's counter anew, and a transaction reads through all versions that it left there
          // itself. Nothing is handed to a worker that may be running: these cases stay as they are.
          `do $$ begin for one in 1..${half} loop
             perform bench.accept('${district}');
             if one % 1000 = 0 or one = ${half} then delete from platform.outbox where district_code = '${district}'; commit; end if;
           end loop; end $$`,
        ),
      ),
    )
  await clear(url)
  await runSql(url, 'vacuum analyze', 'checkpoint')
}

async function clear(url: string): Promise<void> {
  await runSql(url, 'truncate platform.outbox')
}
