/** Rows that hold from a day on, as a screen shows them. Pure. */
import { addDays, type LocalDate } from '#kernel/clock.ts'

export interface Versions<T> {
  /** What holds today; undefined where it begins later. */
  readonly current: T | undefined
  /** All of them, the newest first. */
  readonly all: readonly T[]
}

/** The rows of each key with the one in force today. Days as `2026-03-02`. */
export function versionsOf<T extends { readonly effectiveFrom: string }>(
  rows: readonly T[],
  today: string,
  keyOf: (row: T) => string,
): Map<string, Versions<T>> {
  const newestFirst = rows.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
  const keys = [...new Set(rows.map(keyOf))]
  return new Map(
    keys.map((key) => {
      const all = newestFirst.filter((row) => keyOf(row) === key)
      return [key, { current: all.find((row) => row.effectiveFrom <= today), all }]
    }),
  )
}

/** Whether a row holds, will hold, or held. */
export function standingOf<T extends { readonly effectiveFrom: string }>(
  row: T,
  { current }: Versions<T>,
  today: string,
): 'inForce' | 'coming' | 'past' {
  return row === current ? 'inForce' : row.effectiveFrom > today ? 'coming' : 'past'
}

/** The first day on which a change may take effect. */
export function dayAfter(today: string): string {
  return addDays(today as LocalDate, 1)
}
