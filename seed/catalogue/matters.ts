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
