/** Delegations of a catalogue file: what is new, and what stands against it. */
import type { DirectoryOrganisation } from '#contexts/people/index.ts'
import { newId } from '#kernel/id.ts'
import type { CatalogueFile, DelegationEntry } from '../catalogue-file.ts'
import type { MatterVersion } from '../catalogue.ts'
import type { MatterIds, Was } from '../matter-import.ts'
import { matterKey, matterTitle, sameText } from '../matter.ts'
import { refuse } from '../refusals.ts'
import { importedRefusal, type Delegation } from './delegation.ts'

/** Organisations of the city, of which departments delegate. */
export type Departments = readonly Pick<DirectoryOrganisation, 'id' | 'code' | 'areaCode' | 'lineOrBlock'>[]

interface Before {
  readonly versions: readonly MatterVersion[]
  readonly delegations: readonly Delegation[]
  readonly departments: Departments
}

/** One plan per entry, which throws what stands against it. A delegation that is there already, with the same end, is left alone. */
export function planDelegations(file: CatalogueFile, before: Before, idOf: MatterIds): (() => { item: Delegation; was: Was })[] {
  const others = [...before.delegations]
  return file.delegations.map((entry) => () => {
    const matterId = idOf(matterKey(entry))
    if (matterId === undefined) throw refuse.matterNotFound({}, 'delegations')
    const department = before.departments.find(({ code }) => code === entry.organisation)
    if (!department) throw refuse.departmentUnknown({ code: entry.organisation }, 'delegations')
    const item = delegationOf(entry, matterId, department.id)
    if (before.delegations.some((one) => sameText({ ...one, id: '' }, { ...item, id: '' }))) return { item, was: 'unchanged' }
    const known = before.versions.findLast((version) => version.matterId === matterId)
    const matter = known ?? file.matters.findLast((one) => matterKey(one) === matterKey(entry))
    const isLine = department.lineOrBlock === 'line'
    const refusal = importedRefusal(item, {
      matter: matter && { title: matterTitle(matter), duty: matter.duty },
      department: { isLine, areaCode: department.areaCode },
      isArea: () => true,
      others,
    })
    if (refusal) throw refusal
    others.push(item)
    return { item, was: 'added' }
  })
}

function delegationOf(entry: DelegationEntry, matterId: string, organisationId: string): Delegation {
  const { condition, level, areaCode, authority, people, goods, money, legalBasis, signedBy, ended } = entry
  return {
    id: newId(),
    matterId,
    conditionCode: condition,
    organisationId,
    functionCode: entry.function,
    level,
    areaCode,
    authority,
    people,
    goods,
    money,
    legalBasis,
    validFrom: entry.from,
    validTo: entry.to,
    signedBy,
    endedOn: ended?.on ?? null,
    endReason: ended?.reason ?? null,
  }
}

/** The other way: delegations as a file tells them. One whose matter or department nobody knows any more is left out. */
export function delegationEntries(
  delegations: readonly Delegation[],
  versions: readonly MatterVersion[],
  departments: Departments,
): DelegationEntry[] {
  const matters = new Map(versions.map((version) => [version.matterId, version]))
  const codes = new Map(departments.map(({ id, code }) => [id, code]))
  return delegations.flatMap(({ matterId, organisationId, conditionCode, functionCode, validFrom, validTo, endedOn, endReason, ...one }) => {
    const { standard, kind, code } = matters.get(matterId) ?? {}
    const organisation = codes.get(organisationId)
    if (standard === undefined || kind === undefined || code === undefined || organisation === undefined) return []
    const { level, areaCode, authority, people, goods, money, legalBasis, signedBy } = one
    const ended = endedOn === null ? null : { on: endedOn, reason: endReason ?? '' }
    const what = { standard, kind, code, condition: conditionCode, organisation, function: functionCode, level, areaCode }
    return [{ ...what, authority, people, goods, money, legalBasis, from: validFrom, to: validTo, signedBy, ended }]
  })
}
