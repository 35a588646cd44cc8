/** Which units do what a function code names, so that nobody has to know the codes by heart. */
import { listOrganisations, type OrganisationView } from '#contexts/people/contract.ts'
import { call } from '#web/kit/call.ts'
import type { Wording } from '#kernel/refusal.ts'

type Unit = Pick<OrganisationView, 'functionCode' | 'name'>

export interface UnitFunction {
  readonly code: string
  /** Names of the units that have it, in the order of the list. */
  readonly units: readonly Wording[]
}

/** Functions in the order of their codes; units without one (blocks) are left out. */
export function functionsOf(units: readonly Unit[]): UnitFunction[] {
  const codes = [...new Set(units.flatMap(({ functionCode }) => functionCode ?? []))].toSorted()
  return codes.map((code) => ({ code, units: units.filter(({ functionCode }) => functionCode === code).map(({ name }) => name) }))
}

/** Every function that some unit has. */
export async function loadFunctions(): Promise<UnitFunction[]> {
  const found: Unit[] = []
  let cursor: string | undefined
  do {
    const page = await call(listOrganisations, { query: { limit: 200, cursor } })
    found.push(...page.items)
    cursor = page.cursor ?? undefined
  } while (cursor)
  return functionsOf(found)
}
