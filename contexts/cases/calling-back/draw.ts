import { createHash } from 'node:crypto'

/** How much is drawn: a share of each street's cases in percent, and at least so many of each street. */
export interface SampleSize {
  readonly percent: number
  readonly minimumPerStreet: number
}

/** The ticket of a case in a draw: SHA-256 of `seed/number`, as hexadecimal digits. Anybody can compute it with any tool. */
export function ticketOf(seed: string, number: string): string {
  return createHash('sha256').update(`${seed}/${number}`).digest('hex')
}

/**
 * Draws the sample. `population` holds `street/number` of every case. In each street the cases with the lowest tickets are taken, so the same
 * seed gives the same list whoever repeats it, in whatever order the cases come, and no case can be wished for.
 */
export function sampleOf(population: readonly string[], seed: string, { percent, minimumPerStreet }: SampleSize): string[] {
  const streets = Map.groupBy([...new Set(population)], (entry) => entry.slice(0, entry.indexOf('/')))
  return [...streets]
    .toSorted(([one], [other]) => compare(one, other))
    .flatMap(([, entries]) => {
      const wanted = Math.max(minimumPerStreet, Math.ceil((entries.length * percent) / 100))
      return entries
        .map((entry) => ({ entry, ticket: ticketOf(seed, entry.slice(entry.indexOf('/') + 1)) }))
        .toSorted((one, other) => compare(one.ticket, other.ticket))
        .slice(0, wanted)
        .map(({ entry }) => entry)
    })
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
