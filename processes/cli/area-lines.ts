import type { Imported } from '../recorded/import.ts'

const most = 20
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** What a file of areas says about the ground, for a person to read: faults of borders first, then who is governed from elsewhere, which is no fault. */
export function areaLines({ orphans, overlaps, gaps, administered }: NonNullable<Imported['areas']>): string[] {
  return [
    ...section('上级编码不存在 Parent unknown', orphans, ({ code, parentCode }) => `${code} (${parentCode})`),
    ...section('边界重叠 Overlaps, share of the smaller', overlaps, ({ codes, share }) => `${codes.join(' ')}  ${percent(share)}`),
    ...section(
      '未覆盖 Not covered by the areas below',
      gaps,
      ({ parentCode, squareMetres, share, at }) => `${parentCode}  ${squareMetres} m²  ${percent(share)}  ${at.lng},${at.lat}`,
    ),
    ...section(
      '代管 Governed by another area than the one above',
      administered,
      (area) => `${area.code}  ${area.parentCode} → ${area.administeringParentCode}`,
    ),
  ]
}

function section<T>(title: string, items: readonly T[], line: (item: T) => string): string[] {
  if (items.length === 0) return []
  const rest = items.length > most ? [`  … 共 in all ${items.length}`] : []
  return [`${title}: ${items.length}`, ...items.slice(0, most).map((item) => `  ${line(item)}`), ...rest]
}
