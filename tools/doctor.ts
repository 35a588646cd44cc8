import { existsSync, statfsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import { Refusal } from '#kernel/refusal.ts'
import { readConfig } from '#platform/config.ts'
import { serverAccount } from '#platform/database/binaries.ts'
import { dataHome } from '#platform/database/folders.ts'
import { readMigrations } from '#platform/database/migrate.ts'
import { livingOwner } from '#platform/database/owner.ts'
import { placeOf, reachDatabase } from '#platform/database/reach.ts'
import { runSql } from '#platform/database/sql-client.ts'
import { connect } from '../processes/connect.ts'
import { checkPort } from '../processes/port.ts'

/** One thing looked at: fine, or what is wrong and what to do. */
export interface Finding {
  readonly ok: boolean
  readonly what: string
  /** What was found; for a problem also the fix, in both languages. */
  readonly found: string
}

/** Looks at everything that Huying needs on this machine. Changes nothing, except that it may start the stopped database and stop it again. */
export async function examine(): Promise<Finding[]> {
  return [node(), memory(), disk(), await dataFolder(), await port(), ...(await database()), browser()]
}

/** Prints the findings; resolves with 0 when there is no problem. */
export async function doctor(): Promise<number> {
  const findings = await examine()
  for (const { ok, what, found } of findings) console.log(`${ok ? '✓' : '✗'} ${what}: ${found}`)
  return findings.every(({ ok }) => ok) ? 0 : 1
}

const fine = (what: string, found: string): Finding => ({ ok: true, what, found })
const problem = (what: string, found: string): Finding => ({ ok: false, what, found })
const refused = (what: string, error: unknown): Finding =>
  problem(what, error instanceof Refusal ? `${error.text('zh')} ${error.text('en')}` : error instanceof Error ? error.message : String(error))

function node(): Finding {
  const what = 'Node'
  if (Number(process.versions.node.split('.')[0]) >= 24) return fine(what, process.version)
  return problem(what, `${process.version}；需要 24：请运行 npm ci。24 is needed: run npm ci.`)
}

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`

function memory(): Finding {
  const found = `${gib(freemem())} / ${gib(totalmem())}`
  if (totalmem() > 1.5 * 1024 ** 3) return fine('内存 memory', found)
  return problem('内存 memory', `${found}；至少需要 2 GB。At least 2 GB are needed.`)
}

function disk(): Finding {
  const home = dataHome()
  const { bavail, bsize } = statfsSync(existsSync(home) ? home : '/')
  const free = bavail * bsize
  if (free > 1024 ** 3) return fine('磁盘 disk', `${gib(free)} 可用 free, ${home}`)
  return problem(
    '磁盘 disk',
    `${gib(free)}, ${home}；请清理，或用 HUYING_DATA 指定别处。Free some space, or name a folder elsewhere with HUYING_DATA.`,
  )
}

async function dataFolder(): Promise<Finding> {
  const what = '数据目录 data folder'
  const given = process.env['DATABASE_URL']
  if (given) return fine(what, `DATABASE_URL ${placeOf(given)}`)
  const data = join(dataHome(), 'database')
  const account = await serverAccount(data).catch(() => undefined)
  const under = account ? `, ${account.name}` : ''
  if (!existsSync(data)) return fine(what, `${data}${under}（第一次启动时创建 made at the first start）`)
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version) return fine(what, `${data}, PostgreSQL ${version}${under}`)
  return problem(what, `${data}：PG_VERSION 缺失，请从备份恢复。PG_VERSION is missing: restore it from a backup.`)
}

async function port(): Promise<Finding> {
  const what = '端口 port'
  const owner = await livingOwner(join(dataHome(), 'owner.json'))
  try {
    const { PORT, HOST } = readConfig(process.env)
    if (owner !== undefined) return fine(what, `${PORT}（呼应正在运行，进程 ${owner} Huying is running, process ${owner}）`)
    await checkPort(PORT, HOST)
    return fine(what, `${PORT} 空闲 free`)
  } catch (error) {
    return refused(what, error)
  }
}

async function database(): Promise<Finding[]> {
  const what = '数据库 database'
  // A database that does not exist yet is made by the first start, not by an examination.
  if (!process.env['DATABASE_URL'] && !existsSync(join(dataHome(), 'database'))) return []
  try {
    const connection = await connect({ share: true })
    try {
      return [fine(what, `PostgreSQL ${await reachDatabase(connection.url)}, ${connection.place}`), await migrations(connection.url)]
    } finally {
      await connection.stop()
    }
  } catch (error) {
    return [refused(what, error)]
  }
}

async function migrations(url: string): Promise<Finding> {
  const what = '数据库结构 migrations'
  const [table] = await runSql(url, "select to_regclass('public.migration') is not null as there")
  const rows = table?.['there'] === true ? await runSql(url, 'select name, checksum from public.migration') : []
  const applied = new Map(rows.map((row) => [String(row['name']), String(row['checksum'])]))
  const all = await readMigrations()
  const changed = all.filter(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum)
  if (changed.length > 0) {
    const names = changed.map(({ name }) => name).join(', ')
    return problem(what, `${names} 使用后被改动，请恢复文件。${names} changed after being applied: restore the file.`)
  }
  const pending = all.filter(({ name }) => !applied.has(name))
  const waiting = pending.length > 0 ? `，${pending.length} 待执行（启动时自动执行）pending, applied at the next start` : ''
  return fine(what, `${applied.size} 已执行 applied${waiting}`)
}

function browser(): Finding {
  const what = 'Chromium'
  const place = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
  // Only the tests need it, so that its absence is no problem of the product.
  return fine(what, place ?? '未安装（只有 npm test 需要：apt-get install chromium fonts-noto-cjk）not installed, only npm test needs it')
}
