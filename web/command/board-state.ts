/** What the whistle board shows, held in the address. */
import type { LocationQuery } from 'vue-router'

export interface BoardState {
  readonly area: string
  readonly kind: string
  readonly late: boolean
}

/** Reads the address; what it does not know it leaves out. */
export function readBoard(query: LocationQuery): BoardState {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  return {
    area: /^\d{4,15}$/.test(text('area')) ? text('area') : '',
    kind: /^\w{1,50}$/.test(text('kind')) ? text('kind') : '',
    late: text('late') === 'yes',
  }
}

/** The address of a state; values that are the default are left out. */
export function writeBoard({ area, kind, late }: BoardState): Record<string, string> {
  const pairs = Object.entries({ area, kind, late: late ? 'yes' : '' })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}
