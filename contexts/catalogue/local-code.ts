import { refuse } from './refusals.ts'

/** The national directory numbers its small classes upwards from 001; those of a city start here and go down, so that the two never meet. */
const TOP = 999

/**
 * The next free code of a city's own small class: two digits of the large class and three that are counted down from 999 (GB/T 47678.5: local
 * extensions are numbered from the back). `taken` are the codes of the same standard and kind. Refuses `catalogue.noLocalCode` when the class is full.
 */
export function nextLocalCode(largeClass: string, taken: Iterable<string>): string {
  const codes = new Set(taken)
  for (let small = TOP; small > 0; small -= 1) {
    const code = largeClass + String(small).padStart(3, '0')
    if (!codes.has(code)) return code
  }
  throw refuse.noLocalCode({ largeClass })
}
