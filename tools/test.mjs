// `npm test`: installs what the tests need, runs every check and every test, and ends with `N passed, N failed`.
// Uses nothing but what Node 20 has; the tests themselves run under the pinned Node.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment, install, pinnedNode, root } from './install.mjs'
import { otherPostgres, provide } from './needs.mjs'

// No stage may take the whole quarter of an hour with it. The longest, the journeys, take eight minutes on two cores, ten where others use them as well.
const stageLimitMs = 14 * 60_000
const begun = performance.now()
const total = { passed: 0, failed: 0 }
const lines = []

install()
const node = pinnedNode()
const missing = provide()
const reports = mkdtempSync(join(tmpdir(), 'huying-reports-'))

/** Runs a program under our Node and resolves with its exit code and, when `listen` is set, what it printed. */
function run(args, { env = {}, listen = false } = {}) {
  return new Promise((done) => {
    const child = spawn(node, args, {
      cwd: root,
      env: { ...environment(), ...env },
      stdio: ['ignore', listen ? 'pipe' : 'inherit', 'inherit'],
      timeout: stageLimitMs,
    })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text
      process.stdout.write(text)
    })
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}

/** Runs one stage, adds up what it counted and notes how long it took. */
async function stage(name, work) {
  console.log(`\n── ${name}`)
  const start = performance.now()
  const { passed, failed } = await work()
  total.passed += passed
  total.failed += failed
  lines.push(
    `${failed === 0 ? '✓' : '✗'} ${name.padEnd(34)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s`,
  )
}

async function build() {
  const { code } = await run(['tools/build.ts'])
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Every step of the check counts as a test. */
async function check() {
  const { code, output } = await run(['tools/check.ts'], { listen: true })
  const passed = output.match(/^✓ /gm)?.length ?? 0
  const failed = output.match(/^✗ /gm)?.length ?? 0
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed }
}

/** A run of Vitest. Files that did not load, and errors outside tests, count as failures too. */
async function tests(args, env = {}) {
  const report = join(reports, `${Math.random().toString(36).slice(2)}.json`)
  const { code } = await run(
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { env },
  )
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  const unloaded = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')).length
  const failed = numFailedTests + unloaded
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed }
}

/** Test files that ask for a database in the folders that hold SQL (house/boundaries.test.ts lets no other folder hold any). */
function databaseTests() {
  const folders = ['platform', 'contexts', 'database'].filter((folder) => existsSync(join(root, folder)))
  const files = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))))
  return files.filter((file) => file.endsWith('.test.ts') && /testDatabase|\/testing\.ts'/.test(readFileSync(join(root, file), 'utf8')))
}

await stage('screens', build)
await stage('check', check)
await stage('units and house', () => tests(['--project', 'units', '--project', 'house']))
const postgres = otherPostgres()
if (postgres)
  await stage(`database tests on PostgreSQL ${postgres.split('/').at(-2)}`, () =>
    tests(['--project', 'units', ...databaseTests()], { HUYING_TEST_POSTGRES: postgres }),
  )
await stage('journeys in Chromium', () => tests(['--project', 'journeys']))

rmSync(reports, { recursive: true, force: true })
// What could not be tried is not a success.
for (const what of missing) lines.push(`✗ ${what}: 未安装 not installed`)
total.failed += missing.length
console.log(`\n${lines.join('\n')}\n${((performance.now() - begun) / 60_000).toFixed(1)} min\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
