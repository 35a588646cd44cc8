import type { DistrictCode } from '#kernel/codes.ts'
import type { Change, Feed, Listener } from './feed.ts'

/** How the messages to one screen are paced. */
export interface Pace {
  /** Changes are held back this long, and up to as long again at random, so that a thousand screens do not ask at once. */
  readonly coalesceMs: number
  /** More changes than this in one message become `reload`; who is ten times as many behind starts anew. */
  readonly mostChanges: number
}

/** One connected screen. Reads nothing by itself: `hear` is given to the feed, `catchUp` is called once. */
export interface Screen {
  readonly hear: Listener
  /** Tells what passes without being written down; a screen that was away does not hear of it. */
  pass(changes: readonly Change[]): void
  catchUp(lastEventId: string | undefined): Promise<void>
  /** Keeps the connection alive, and the client's position young. */
  beat(): void
  close(): void
}

/**
 * Tells one screen what changed. Messages: `ready` first, whose `resumed` says that nothing was missed since the id it came with (else the
 * screen asks for everything anew); `change` with a list; `reload` when there is too much to list. The id of each message is the position
 * in every district's log, so a screen that comes back with it misses nothing.
 */
export function createScreen(feed: Feed, pace: Pace, maySee: (change: Change) => boolean, write: (text: string) => void): Screen {
  const positions = new Map<DistrictCode, number>()
  let ready = false
  const letter = createLetter(pace, () => idOf(positions), write)

  const hear: Listener = (district, changes) => {
    const at = positions.get(district)
    const fresh = at === undefined ? changes : changes.filter((change) => change.number > at)
    const [first, last] = [fresh[0], fresh.at(-1)]
    // A gap means that this screen is still catching up; it will read these itself.
    if (!first || !last || (at !== undefined && first.number !== at + 1)) return
    positions.set(district, last.number)
    letter.add(fresh.filter(maySee))
  }
  const catchUpIn = async (district: DistrictCode): Promise<void> => {
    for (let at = positions.get(district) ?? 0; at < feed.position(district);) {
      hear(district, await feed.read(district, at))
      const now = positions.get(district) ?? 0
      // Nothing there to read: the log is not the one that the position was taken from.
      if (now === at) {
        positions.set(district, feed.position(district))
        return letter.giveUp()
      }
      at = now
    }
  }
  /** Takes the screen's own position, or the end of the log when that one is of no use any more; says which. */
  const place = async (district: DistrictCode, wanted: number | undefined): Promise<boolean> => {
    const end = feed.position(district)
    const at = wanted ?? end
    // Too far behind to list, or ahead of a log that was made anew. Ahead of this process's reader alone is well.
    const lost = at < end - pace.mostChanges * 10 || (at > end && (await feed.read(district, at - 1)).length === 0)
    positions.set(district, lost ? feed.position(district) : at)
    return !lost
  }
  return {
    hear,
    pass: (changes) => {
      if (ready) letter.add(changes.filter(maySee))
    },
    catchUp: async (lastEventId) => {
      const wanted = positionsOf(lastEventId)
      const placed: boolean[] = []
      for (const district of feed.districts()) placed.push(await place(district, wanted.get(district)))
      letter.send('ready', { resumed: wanted.size > 0 && placed.every(Boolean) })
      ready = true
      for (const district of feed.districts()) await catchUpIn(district)
    },
    beat: letter.beat,
    close: letter.close,
  }
}

/** What waits to be told to one screen. */
interface Letter {
  add(changes: readonly Change[]): void
  /** Tells `reload` instead of a list. */
  giveUp(): void
  send(event: string, data: unknown): void
  beat(): void
  close(): void
}

function createLetter(pace: Pace, position: () => string, write: (text: string) => void): Letter {
  const pending = new Map<string, Change>()
  let tooMany = false
  let timer: NodeJS.Timeout | undefined
  let told = ''

  const send = (event: string, data: unknown): void => {
    told = position()
    write(`id: ${told}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const flush = (): void => {
    timer = undefined
    send(
      tooMany ? 'reload' : 'change',
      tooMany ? {} : [...pending.values()].map(({ district, number, type, subjectId }) => ({ district, number, type, subjectId })),
    )
    pending.clear()
    tooMany = false
  }
  const schedule = (): void => {
    timer ??= setTimeout(flush, pace.coalesceMs * (1 + Math.random()))
  }
  const giveUp = (): void => {
    tooMany = true
    pending.clear()
    schedule()
  }
  return {
    add: (changes) => {
      if (tooMany || changes.length === 0) return
      for (const change of changes) pending.set(`${change.type} ${change.subjectId}`, change)
      if (pending.size > pace.mostChanges) giveUp()
      else schedule()
    },
    giveUp,
    send,
    beat: () => {
      const now = position()
      // What waits is not told yet, and an id must not promise it.
      const promise = now !== told && pending.size === 0 && !tooMany
      if (promise) told = now
      write(promise ? `id: ${now}\n\n` : ':\n\n')
    },
    close: () => clearTimeout(timer),
  }
}

function idOf(positions: ReadonlyMap<DistrictCode, number>): string {
  return [...positions].map(([district, number]) => `${district}:${number}`).join()
}

function positionsOf(lastEventId: string | undefined): Map<DistrictCode, number> {
  const pairs = [...(lastEventId ?? '').matchAll(/(?:^|,)(\d{6}):(\d{1,15})(?=,|$)/g)]
  return new Map(pairs.map(([, district, number]) => [district as DistrictCode, Number(number)]))
}
