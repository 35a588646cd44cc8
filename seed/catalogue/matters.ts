import type { MatterEntry } from './build.ts'
import { environment } from './environment.ts'
import { facilities } from './facilities.ts'
import { local } from './local.ts'
import { order } from './order.ts'

/**
 * The demonstration city's catalogue. Codes and names follow GB/T 47678.5-2026; limits are in the range of published local ones and bind
 * nobody; conditions and residents' words were written for this demonstration.
 */
export function demonstrationMatters(): MatterEntry[] {
  return [...facilities, ...environment, ...order, ...local]
}

/** Matters that the residents' committees do for themselves; what they and their grids lead besides, they assist the government with. */
const own = new Set(['06995', '06996'])

/** Rows of the committees' lists, for every community of the city. */
export function demonstrationCommitteeLists(
  cityCode: string,
): { list: 'own' | 'assist'; standard: string; kind: MatterEntry['kind']; code: string; areaCode: string; from: string }[] {
  const led = demonstrationMatters().filter(({ conditions }) => conditions.some(({ lead }) => lead.level === 'community' || lead.level === 'grid'))
  return led.map(({ standard, kind, code, effectiveFrom }) => ({
    list: own.has(code) ? 'own' : 'assist',
    standard,
    kind,
    code,
    areaCode: cityCode,
    from: effectiveFrom,
  }))
}
