import type { LocalDate } from '#kernel/clock.ts'

/** Rows that hold from a day on, until later rows of the same key take over: of each key, those with the latest day that is not after `on`. */
export function inForce<T extends { readonly effectiveFrom: LocalDate }>(rows: readonly T[], on: LocalDate, keyOf: (row: T) => string): T[] {
  const latest = new Map<string, LocalDate>()
  for (const row of rows) {
    const key = keyOf(row)
    const known = latest.get(key)
    if (row.effectiveFrom <= on && (known === undefined || row.effectiveFrom > known)) latest.set(key, row.effectiveFrom)
  }
  return rows.filter((row) => row.effectiveFrom === latest.get(keyOf(row)))
}
