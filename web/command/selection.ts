/** Which rows are selected, as the address can carry it: numbers of cases, runs of them shortened. Pure. */

/** One decision covers at most so many cases (contexts/cases/together/contract.ts). */
export const MOST_SELECTED = 500
const shape = /^(\d{6}-\d{8})-(\d{5})$/

/** `990101-20260302:1.4-9,990101-20260303:2` for the cases 00001, 00004 to 00009 of one day and 00002 of the next. */
export function writeSelection(numbers: Iterable<string>): string {
  const days = new Map<string, number[]>()
  for (const number of numbers) {
    const [, day = '', serial = ''] = shape.exec(number) ?? []
    if (day) days.set(day, [...(days.get(day) ?? []), Number(serial)])
  }
  return [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, serials]) => `${day}:${runsOf(serials.toSorted((a, b) => a - b)).join('.')}`)
    .join(',')
}

function runsOf(serials: readonly number[]): string[] {
  const runs: [number, number][] = []
  for (const serial of serials) {
    const last = runs.at(-1)
    if (last && serial === last[1] + 1) last[1] = serial
    else runs.push([serial, serial])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`))
}

/** The numbers of a selection, in their order; what cannot be one is left out, and so is what is too much. */
export function readSelection(text: string): string[] {
  const found: string[] = []
  for (const part of text.split(',')) {
    const [, day, runs = ''] = /^(\d{6}-\d{8}):([\d.-]+)$/.exec(part) ?? []
    for (const run of day ? runs.split('.') : []) {
      const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(run) ?? []
      for (let serial = Number(from); from && serial <= Number(to) && found.length < MOST_SELECTED; serial += 1)
        found.push(`${day}-${String(serial).padStart(5, '0')}`)
    }
  }
  return found
}

/** Adds or takes away one; `null` where no more fit. */
export function toggled(chosen: ReadonlySet<string>, number: string): ReadonlySet<string> | null {
  const next = new Set(chosen)
  if (next.delete(number)) return next
  return next.size >= MOST_SELECTED ? null : next.add(number)
}

/** Adds everything between two rows, both included, as far as there is room. */
export function withRange(chosen: ReadonlySet<string>, numbers: readonly string[], from: number, to: number): ReadonlySet<string> {
  const range = numbers.slice(Math.min(from, to), Math.max(from, to) + 1)
  return new Set([...chosen, ...range].slice(0, MOST_SELECTED))
}
