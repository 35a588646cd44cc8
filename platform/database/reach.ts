import { setTimeout as sleep } from 'node:timers/promises'
import { refuseDatabase } from './refusals.ts'
import { runSql } from './sql-client.ts'

/** Oldest PostgreSQL that runs our SQL. */
export const oldestMajor = 15

/**
 * Asks the server behind `url` for its major version. Tries again for `patienceMs`, because a database that starts at the same
 * time may need a moment. Refuses with the place (never the password) and the reason.
 */
export async function reachDatabase(url: string, patienceMs = 5000): Promise<number> {
  const until = performance.now() + patienceMs
  for (;;) {
    try {
      const major = Math.floor((await serverVersion(url)) / 10_000)
      if (major < oldestMajor) throw refuseDatabase.tooOld({ place: placeOf(url), found: major })
      return major
    } catch (error) {
      if (!passing(error) || performance.now() > until) throw asRefusal(error, url)
      await sleep(250)
    }
  }
}

async function serverVersion(url: string): Promise<number> {
  const [row] = await runSql(url, "select current_setting('server_version_num')::int as version")
  return Number(row?.['version'])
}

// 57P03: the server is starting up.
const passingCodes = new Set(['ECONNREFUSED', 'ENOENT', '57P03'])

function passing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && passingCodes.has(String(error.code))
}

function asRefusal(error: unknown, url: string): unknown {
  if (error instanceof Error && error.name === 'Refusal') return error
  const reason = error instanceof AggregateError ? String(error.errors[0]) : error instanceof Error ? error.message : String(error)
  return refuseDatabase.unreachable({ place: placeOf(url), reason: reason.replace(/^Error: /, '') })
}

/** Host, port and database of a URL, without user and password. */
export function placeOf(url: string): string {
  try {
    const { host, pathname, searchParams } = new URL(url.replace(/^(postgres(?:ql)?:\/\/)(?:[^@/?]*@)?\//, '$1localhost/'))
    return `${searchParams.get('host') ?? host}${pathname}`
  } catch {
    return '(not a URL)'
  }
}
