/** Which rows of one height stand in the page: those in sight, a few around them, and the one with the keyboard. Pure. */

/** Rows drawn beyond either edge, so that a turn of the wheel finds them there. */
const AROUND = 12

export interface Sight {
  readonly from: number
  readonly to: number
}

/** First and last row that are in sight at least in part. */
export function sightOf(scrollTop: number, height: number, rowHeight: number, count: number): Sight {
  const last = Math.max(0, count - 1)
  const from = Math.floor(Math.max(0, scrollTop) / rowHeight)
  const to = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight) - 1
  return { from: Math.min(from, last), to: Math.min(Math.max(to, from), last) }
}

/** Rows to draw, in order. */
export function rowsToDraw({ from, to }: Sight, count: number, kept: number): number[] {
  const start = Math.max(0, from - AROUND)
  const end = Math.min(count - 1, to + AROUND)
  const drawn = Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => start + index)
  // Scrolling away takes the focus from nobody.
  if (kept < 0 || kept >= count || (kept >= start && kept <= end)) return drawn
  return kept < start ? [kept, ...drawn] : [...drawn, kept]
}

/** Where to scroll so that a row is whole in sight; the same place where it is already. */
export function scrollTo(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : scrollTop
}
