/** Overdue cases as a tree: streets with their units, or units with their streets. Streets are in order of how much waits, never persons. Pure. */
import type { Wording } from '#kernel/refusal.ts'

export interface Group {
  readonly areaCode: string
  readonly unitId: string | null
  readonly unit: Wording | null
  readonly overdue: number
  readonly soon: number
  readonly oldestDueAt: string | null
}
export interface Branch {
  readonly key: string
  readonly name: string
  /** `''` for every area, null for every unit. */
  readonly areaCode: string
  readonly unitId: string | null
  readonly overdue: number
  readonly soon: number
  readonly oldestDueAt: string | null
}
export interface Trunk extends Branch {
  readonly below: readonly Branch[]
}

export interface Names {
  readonly area: (code: string) => string
  readonly unit: (unit: Wording | null) => string
}

export function treeOf(groups: readonly Group[], by: 'area' | 'unit', names: Names): Trunk[] {
  const keyOf = (group: Group): string => (by === 'area' ? group.areaCode : (group.unitId ?? ''))
  const trunks = new Map<string, Group[]>()
  for (const group of groups) trunks.set(keyOf(group), [...(trunks.get(keyOf(group)) ?? []), group])
  return [...trunks]
    .map(([key, some]): Trunk => {
      const [first] = some
      const below = some.map((group): Branch => ({
        key: `${group.areaCode}.${group.unitId ?? ''}`,
        name: by === 'area' ? names.unit(group.unit) : names.area(group.areaCode),
        areaCode: group.areaCode,
        unitId: group.unitId,
        overdue: group.overdue,
        soon: group.soon,
        oldestDueAt: group.oldestDueAt,
      }))
      const whole = { areaCode: by === 'area' ? key : '', unitId: by === 'unit' ? (first?.unitId ?? null) : null }
      return {
        key,
        name: by === 'area' ? names.area(key) : names.unit(first?.unit ?? null),
        ...whole,
        overdue: some.reduce((sum, group) => sum + group.overdue, 0),
        soon: some.reduce((sum, group) => sum + group.soon, 0),
        oldestDueAt: some.flatMap(({ oldestDueAt }) => oldestDueAt ?? []).toSorted()[0] ?? null,
        below: below.toSorted(mostFirst),
      }
    })
    .toSorted(mostFirst)
}

const mostFirst = (a: Branch, b: Branch): number => b.overdue - a.overdue || b.soon - a.soon || (a.name < b.name ? -1 : 1)
