/** One page of a list, by keyset: `cursor` is opaque and null on the last page. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly cursor: string | null
}

/** Packs the last row's sort key into an opaque cursor. */
export function packCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Reads a cursor back; undefined when it was not made by us. */
export function unpackCursor(cursor: string): (string | number)[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(value) && value.every((v) => typeof v === 'string' || typeof v === 'number') ? value : undefined
  } catch {
    return undefined
  }
}
