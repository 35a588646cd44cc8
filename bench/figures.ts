/** What one work came to. Rates are per second; `p50`, `p95`, `p99` milliseconds of one request or transaction; `cpuMs` milliseconds of our process per item. */
export interface Figures {
  readonly rate: number
  /** The same work done in the plainest way in the same run, or null where there is none or its tool is missing. */
  readonly floor: number | null
  readonly ratio: number | null
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly cpuMs: number | null
}

/** One measured stretch of a work. */
export interface Round {
  readonly items: number
  readonly seconds: number
  /** Milliseconds per request or transaction, in any order. */
  readonly times: readonly number[]
  /** CPU of our process, in milliseconds. */
  readonly cpu: number
  readonly floor: number | null
}

export function median(values: readonly number[]): number {
  const ordered = values.toSorted((one, other) => one - other)
  const middle = ordered.length / 2
  return ((ordered[Math.ceil(middle) - 1] ?? 0) + (ordered[Math.floor(middle)] ?? 0)) / 2
}

/** The value below which `share` of the values lie; null without values. */
export function percentile(values: readonly number[], share: number): number | null {
  const ordered = values.toSorted((one, other) => one - other)
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? null
}

/** Medians over the rounds. The ratio is the median of the rounds' own ratios, because a machine's speed changes from round to round. */
export function figuresOf(rounds: readonly Round[]): Figures {
  const rates = rounds.map(({ items, seconds }) => items / seconds)
  const floors = rounds.flatMap(({ floor }) => floor ?? [])
  const ratios = rounds.flatMap(({ items, seconds, floor }) => (floor === null ? [] : [items / seconds / floor]))
  const times = rounds.flatMap((round) => round.times)
  return {
    rate: rounded(median(rates)),
    floor: floors.length > 0 ? rounded(median(floors)) : null,
    ratio: ratios.length > 0 ? rounded(median(ratios)) : null,
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(percentile(times, 0.95)),
    p99: rounded(percentile(times, 0.99)),
    cpuMs: rounded(median(rounds.map(({ cpu, items }) => cpu / items))),
  }
}

/** Three digits that mean something. */
export function rounded<T extends number | null>(value: T): T {
  return (value === null ? null : Number(value.toPrecision(4))) as T
}

const columns = ['rate', 'floor', 'ratio', 'p50', 'p95', 'p99', 'cpuMs'] as const

/** One line of the table that people read. */
export function line(name: string, figures: Figures): string {
  return name.padEnd(20) + columns.map((column) => String(figures[column] ?? '–').padStart(11)).join('')
}

export const heading =
  'work'.padEnd(20) + ['rate/s', 'floor/s', 'ratio', 'p50 ms', 'p95 ms', 'p99 ms', 'cpu ms each'].map((name) => name.padStart(11)).join('')

/** CPU milliseconds of this process so far, user and system. */
export function cpuOfThisProcess(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
