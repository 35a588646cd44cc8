/** Organisations as a tree by area: blocks before lines, each with what stands below and beside it. */
import type { OrganisationView } from '#contexts/people/contract.ts'
import type { TieView } from '#contexts/people/organising/contract.ts'

export interface TreeNode {
  readonly unit: OrganisationView
  /** How deep it stands below another organisation of the same area. */
  readonly depth: number
  readonly ties: readonly TieOf[]
}

/** A tie seen from one of its two ends. */
export interface TieOf {
  readonly tie: TieView
  /** False where this organisation is the other end. */
  readonly isOwn: boolean
}

export interface AreaGroup {
  readonly areaCode: string
  readonly nodes: readonly TreeNode[]
}

/** One group per area, in order of codes. A unit whose parent serves another area stands at the top of its own. Those that ended before `today` are left out. */
export function treeOf(units: readonly OrganisationView[], ties: readonly TieView[], today: string): AreaGroup[] {
  const existing = units.filter((unit) => unit.validTo === null || unit.validTo > today)
  const byArea = groupsBy(existing, (unit) => unit.areaCode)
  return [...byArea].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([areaCode, own]) => ({ areaCode, nodes: branches(own, ties) }))
}

function branches(units: readonly OrganisationView[], ties: readonly TieView[]): TreeNode[] {
  const ids = new Set(units.map((unit) => unit.id))
  const below = groupsBy(units, (unit) => (unit.parentId !== null && ids.has(unit.parentId) ? unit.parentId : ''))
  const rank = (unit: OrganisationView): string => `${unit.lineOrBlock === 'block' ? 0 : 1} ${unit.code}`
  const grow = (parent: string, depth: number): TreeNode[] =>
    (below.get(parent) ?? [])
      .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))
      .flatMap((unit) => [{ unit, depth, ties: tiesOf(unit, ties) }, ...grow(unit.id, depth + 1)])
  return grow('', 0)
}

function tiesOf({ id }: OrganisationView, ties: readonly TieView[]): TieOf[] {
  return ties.filter((tie) => tie.organisationId === id || tie.otherId === id).map((tie) => ({ tie, isOwn: tie.organisationId === id }))
}

// Map.groupBy is younger than some of the browsers in use.
function groupsBy(units: readonly OrganisationView[], keyOf: (unit: OrganisationView) => string): Map<string, OrganisationView[]> {
  const groups = new Map<string, OrganisationView[]>()
  for (const unit of units) groups.set(keyOf(unit), [...(groups.get(keyOf(unit)) ?? []), unit])
  return groups
}
