// `npm run bench -- [--quick] [--json] [--only=screens,lives]`: what the product does in a second, against floors measured in the same run (bench/README.md).
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { measureAccepts } from './accepts.ts'
import { overBudget } from './budgets.ts'
import { heading, line, type Figures } from './figures.ts'
import { openGround, type Ground } from './ground.ts'
import { measureLives } from './lives.ts'
import { measureClocks } from './clocks.ts'
import { measureLookups } from './lookups.ts'
import { buildScreens } from '#processes/screens.ts'
import { findPgbench } from './pgbench.ts'
import { measureWholeLives } from './whole-lives.ts'
import { measureReplay } from './replay.ts'
import { measureScreens } from './all-screens.ts'

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } } })
// Without a `--` before it, npm takes a flag for its own and hands it on in the environment.
const isOn = (name: 'quick' | 'json'): boolean => values[name] ?? process.env[`npm_config_${name}`] === 'true'
const plan = isOn('quick')
  ? { cases: 2000, rounds: 3, seconds: 1, screens: { rounds: 2, size: { total: 50_000, open: 2500, queue: 500 } } }
  : { cases: 20_000, rounds: 5, seconds: 2, screens: { rounds: 4, size: { total: 1_000_000, open: 50_000, queue: 10_000 } } }

const parts = ['clocks', 'lookups', 'accepts', 'whole', 'lives', 'screens'] as const
type Part = (typeof parts)[number]
const only = (values.only ?? process.env['npm_config_only'])?.split(',')
const unknown = only?.filter((one) => !parts.some((part) => part === one)) ?? []
if (unknown.length > 0) {
  console.error(`没有这一部分：${unknown.join('、')}，可选 ${parts.join('、')}。 No such part: ${unknown.join(', ')}; there are ${parts.join(', ')}.`)
  process.exit(2)
}

const works: Record<string, Figures> = {}
function tell(found: Readonly<Record<string, Figures | undefined>>): void {
  for (const [name, figures] of Object.entries(found)) {
    if (!figures) continue
    works[name] = figures
    console.log(line(name, figures))
  }
}

const begun = performance.now()
const pgbench = await findPgbench()
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}, PostgreSQL 18 on disk`,
)
if (pgbench === undefined)
  console.log(
    '没有找到 pgbench，受理没有对照值：请安装 postgresql-contrib。 No pgbench here, so accepts have no floor: apt-get install postgresql-contrib',
  )
console.log(`\n${heading}`)

await buildScreens(() => undefined)
const ground = await openGround()
const interrupted = (): unknown => ground.close().finally(() => process.exit(130))
process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
try {
  await measureOn(ground)
} finally {
  await ground.close()
}
console.log(`\n${((performance.now() - begun) / 1000).toFixed(0)} s`)

const over = overBudget(works)
for (const sentence of over) console.log(`✗ ${sentence}`)
if (isOn('json')) console.log(JSON.stringify(works))
process.exitCode = over.length > 0 ? 1 : 0

async function measureOn(ground: Ground): Promise<void> {
  const { folder, city, empty } = ground
  const isWanted = (part: Part): boolean => only === undefined || only.includes(part)
  const portFrom = (first: number): number => first + (process.pid % 12_000)
  if (isWanted('clocks')) tell({ clocks: await measureClocks(await empty('clocks'), { rounds: plan.rounds, seconds: plan.seconds / 6 }) })
  if (isWanted('lookups')) tell(await measureLookups(await empty('net'), { rounds: plan.rounds, seconds: plan.seconds / 3 }))
  if (isWanted('accepts')) tell(await measureAccepts({ ...plan, url: await city('bench'), folder, pgbench, port: portFrom(20_000) }))
  if (isWanted('whole')) tell(await measureWholeLives({ ...plan, url: await city('whole'), port: portFrom(33_000) }))
  if (isWanted('lives')) {
    const lives = await city('lives')
    tell(await measureLives(lives, { rounds: 3, seconds: plan.seconds }))
    tell({ replay: await measureReplay(lives, folder) })
  }
  if (isWanted('screens')) await measureScreens(ground, plan.screens, tell)
}
