import { sql } from 'kysely'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, insertRows, type Database, type Tx } from './database/database.ts'
import type { Logger } from './logger.ts'

/** A district that holds rows of its own. `sample` marks invented data. */
export interface District {
  readonly code: DistrictCode
  readonly name: Wording
  readonly timeZone: string
  readonly sample: boolean
}

interface DistrictTables {
  'platform.district': District
}

/** Opens a district: its row and the empty head of its log. Opening it again changes its name and zone. */
export async function openDistrict<Tables>(
  tx: Tx<Tables>,
  district: { code: string; name: Wording; timeZone?: string; sample?: boolean },
): Promise<void> {
  const { code, name, timeZone = 'Asia/Shanghai', sample = false } = district
  await insertRows(
    tx,
    'platform.district',
    [{ code, name, timeZone, sample }],
    'on conflict (code) do update set name = excluded.name, time_zone = excluded.time_zone, sample = excluded.sample',
  )
  await sql`insert into platform.log_head (district_code) values (${code}) on conflict do nothing`.execute(tx)
}

/** All districts, by code. */
export async function listDistricts<Tables>(tx: Tx<Tables>): Promise<District[]> {
  return (tx as unknown as Tx<DistrictTables>).selectFrom('platform.district').selectAll().orderBy('code').execute()
}

const keepMs = 2000
const known = new WeakMap<Database, Promise<readonly DistrictCode[]>>()

/** Codes of all districts, for the loops that go round them: read at most every two seconds per database. */
export function knownDistricts(database: Database): Promise<readonly DistrictCode[]> {
  const kept = known.get(database)
  if (kept) return kept
  const asked = inTransaction(database, async (tx) => (await listDistricts(tx)).map((district) => district.code))
  const forget = (): void => void (known.get(database) === asked && known.delete(database))
  asked.catch(forget)
  setTimeout(forget, keepMs).unref()
  known.set(database, asked)
  return asked
}

/** What work that goes round all districts needs. */
export interface Round {
  readonly database: Database
  readonly logger: Logger
  readonly districts: () => Promise<readonly DistrictCode[]>
}

/**
 * Does `work` for every district and adds up what it returns. A district that fails (its shard is away, its log has a gap) is logged and
 * does not hold up the others; only when all fail, the round fails.
 */
export async function goRound(round: Round, name: string, work: (district: DistrictCode) => Promise<number>): Promise<number> {
  const districts = await round.districts()
  let done = 0
  let failures = 0
  for (const district of districts) {
    try {
      done += await work(district)
    } catch (error) {
      failures += 1
      if (failures === districts.length) throw error
      round.logger.error({ err: error, district, work: name }, 'work in one district failed')
    }
  }
  return done
}
