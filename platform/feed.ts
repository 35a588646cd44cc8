import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Tx } from './database/database.ts'
import type { Round } from './district.ts'
import { lastNumber, readReach, type Reach } from './log.ts'

/** What a screen is told: that something of this kind happened to this subject. The screen asks for the rest under its own rights. */
export interface Change {
  readonly district: DistrictCode
  readonly number: number
  readonly type: string
  readonly subjectId: string
  /** Where the subject lay and who had a part in it, so that rights are asked of the very subject. Not told to the screen. */
  readonly areaCode: string | null
  readonly organisationIds: readonly string[]
}

/** Hears new entries of one district, in order and without gaps. */
export type Listener = (district: DistrictCode, changes: readonly Change[]) => void

/** The one reader of the log in a process; asks the database only while somebody listens. */
export interface Feed {
  /** Adds a listener; from its return on it hears everything after `position`. Gives the function that removes it. */
  join(listener: Listener): Promise<() => void>
  /** The last number told, per district. */
  position(district: DistrictCode): number
  districts(): readonly DistrictCode[]
  /** Changes after a number, for who was away: one page, empty when there are none. */
  read(district: DistrictCode, after: number): Promise<Change[]>
  /** One look at the log; true when more waits. */
  poll(): Promise<boolean>
}

const pageRows = 500

/** Starts at the end of the log: what came before is for the screens to ask. */
export function createFeed(round: Round): Feed {
  const listeners = new Set<Listener>()
  const positions = new Map<DistrictCode, number>()

  const locate = async (): Promise<void> => {
    const unknown = (await round.districts()).filter((district) => !positions.has(district))
    if (unknown.length === 0) return
    const ends = await inTransaction(round.database, (tx: Tx<never>) => Promise.all(unknown.map((district) => lastNumber(tx, district))))
    unknown.forEach((district, index) => positions.has(district) || positions.set(district, ends[index] ?? 0))
  }
  const tell = (district: DistrictCode, changes: readonly Change[]): void => {
    const last = changes.at(-1)
    if (!last) return
    // Together, without a pause between: a listener that catches up relies on it.
    positions.set(district, last.number)
    for (const listener of listeners) listener(district, changes)
  }
  return {
    join: async (listener) => {
      listeners.add(listener)
      await locate()
      return () => void listeners.delete(listener)
    },
    position: (district) => positions.get(district) ?? 0,
    districts: () => [...positions.keys()],
    read: (district, after) => inTransaction(round.database, async (tx: Tx<never>) => (await readReach(tx, district, after, pageRows)).map(changeOf)),
    poll: async () => {
      // Without listeners the positions grow old; the next one starts at the end of the log again.
      if (listeners.size === 0) positions.clear()
      if (listeners.size === 0) return false
      await locate()
      const from = [...positions]
      const pages = await inTransaction(round.database, (tx: Tx<never>) =>
        Promise.all(from.map(([district, after]) => readReach(tx, district, after, pageRows))),
      )
      from.forEach(([district, after], index) => positions.get(district) === after && tell(district, (pages[index] ?? []).map(changeOf)))
      return pages.some((page) => page.length === pageRows)
    },
  }
}

function changeOf({ districtCode, number, eventType, subjectId, areaCode, organisationIds }: Reach): Change {
  return { district: districtCode, number, type: eventType, subjectId, areaCode, organisationIds: organisationIds?.split(',') ?? [] }
}
