/** Where the cases behind a number are. Pure. */
import type { Scope } from './board.ts'

interface Behind {
  readonly kind: 'view' | 'figure' | 'tally'
  readonly key: string
}
export interface Narrow {
  readonly matter?: string
  readonly unit?: string
}

const filled = (pairs: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ''))

/** A place of the router: a view of the desk, a part of a figure, or a tally, each with the area and days of the number. */
export function behindLink({ kind, key }: Behind, { from, to, area }: Scope, narrow: Narrow = {}, part = 'numerator') {
  if (kind === 'view') return { path: '/', query: filled({ view: key, area }) }
  if (kind === 'tally') return { path: `/tally/${key}`, query: filled({ from, to, area, ...narrow }) }
  return { path: '/figures', query: filled({ from, to, area, figure: key, part, ...narrow }) }
}
