/** Keeps what was made last, by key, up to so many bytes; what was not asked for longest goes first. */
export function byteCache(mostBytes: number): { get(key: string): Buffer | undefined; put(key: string, value: Buffer): void } {
  const kept = new Map<string, Buffer>()
  let bytes = 0
  return {
    get: (key) => {
      const found = kept.get(key)
      if (found) {
        kept.delete(key)
        kept.set(key, found)
      }
      return found
    },
    put: (key, value) => {
      bytes += value.length - (kept.get(key)?.length ?? 0)
      kept.delete(key)
      kept.set(key, value)
      for (const [oldest, old] of kept) {
        if (bytes <= mostBytes) break
        kept.delete(oldest)
        bytes -= old.length
      }
    },
  }
}
