import type { Point, Ring } from './dissolve.ts'

const key = (p: Point): string => `${p[0]},${p[1]}`

/** Drops vertices that stand less than `tolerance` millionths of a degree off the line between those kept (Douglas and Peucker). */
export function simplify(line: Ring, tolerance: number): Ring {
  const a = line[0]
  const b = line.at(-1)
  if (!a || !b || line.length < 3) return line
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  let far = 0
  let at = 0
  line.forEach((p, i) => {
    const off = length === 0 ? Math.hypot(p[0] - a[0], p[1] - a[1]) : Math.abs((b[0] - a[0]) * (a[1] - p[1]) - (a[0] - p[0]) * (b[1] - a[1])) / length
    if (off > far) [far, at] = [off, i]
  })
  if (far <= tolerance) return [a, b]
  return [...simplify(line.slice(0, at + 1), tolerance), ...simplify(line.slice(at), tolerance).slice(1)]
}

/** Joins lines that continue each other into longer ones. */
export function joinLines(lines: readonly Ring[]): Ring[] {
  const ends = new Map<string, Ring[]>()
  for (const line of lines) {
    const start = line[0]
    if (start) void (ends.get(key(start))?.push(line) ?? ends.set(key(start), [line]))
  }
  const used = new Set<Ring>()
  const continues = new Set(lines.map((line) => key(line.at(-1) ?? [0, 0])))
  const out: Ring[] = []
  // Lines whose start nobody reaches come first, so that each chain is walked from its beginning.
  const ordered = [...lines].sort((a, b) => Number(continues.has(key(a[0] ?? [0, 0]))) - Number(continues.has(key(b[0] ?? [0, 0]))))
  for (const line of ordered) {
    if (used.has(line)) continue
    used.add(line)
    const whole: Point[] = [...line]
    for (;;) {
      const next = ends.get(key(whole.at(-1) ?? [0, 0]))?.find((candidate) => !used.has(candidate))
      if (!next) break
      used.add(next)
      whole.push(...next.slice(1))
    }
    out.push(whole)
  }
  return out
}
