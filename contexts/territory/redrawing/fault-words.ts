import type { Wording } from '#kernel/refusal.ts'
import type { GridFault } from './contract.ts'
import type { GroundFault } from './ground-check.ts'

/** A fault in words: which grids, where, how large. `nameOf` gives the name of a grid. */
export function faultInWords(fault: GroundFault, nameOf: (code: string) => Wording): GridFault {
  const { kind, squareMetres, widthMetres, at } = fault
  const names = fault.codes.map(nameOf)
  const zh = names.map((name) => name.zh).join('、') || '网格'
  const en = names.map((name) => name.en ?? name.zh).join(', ') || 'grids'
  const spot = `${at.lng.toFixed(6)}, ${at.lat.toFixed(6)}`
  const size = { zh: `约 ${squareMetres} 平方米，最宽 ${widthMetres} 米`, en: `about ${squareMetres} m², ${widthMetres} m at its widest` }
  const text = {
    overlap: { zh: `${zh}在 ${spot} 处重叠，${size.zh}`, en: `${en} overlap at ${spot}, ${size.en}` },
    gap: { zh: `${zh}之间在 ${spot} 处有空隙，${size.zh}`, en: `A gap beside ${en} at ${spot}, ${size.en}` },
    outside: { zh: `${zh}在 ${spot} 处超出社区边界，${size.zh}`, en: `${en} reach beyond the community at ${spot}, ${size.en}` },
  }[kind]
  return { kind, codes: [...fault.codes], squareMetres, widthMetres, at: { ...at }, text }
}
