import type { DirectoryOrganisation } from '#contexts/people/index.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { districtOf } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { answerOnce } from '#platform/receipt.ts'
import { catalogueEvent } from '../events.ts'
import { holdsOn, type MatterVersion } from '../catalogue.ts'
import { matterTitle } from '../matter.ts'
import { todayOf } from '../questions.ts'
import { refuse } from '../refusals.ts'
import * as catalogue from '../store.ts'
import { delegationRefusal, endOf, type Delegation, type DelegationFacts } from './delegation.ts'
import * as store from './store.ts'

/** What the commands ask of the rest of the product. */
export interface Surroundings {
  readonly organisation: (id: string) => DirectoryOrganisation | undefined
  /** Is this the code of an area today? */
  readonly isArea: (code: string) => boolean
}

export type NewDelegation = Omit<Delegation, 'id' | 'functionCode' | 'endedOn' | 'endReason'>

/** Records that a department's work goes down as lead, with the means that go with it (权随事转). Returns its id. */
export async function delegate(doing: Doing, around: Surroundings, asked: NewDelegation): Promise<{ id: string }> {
  const department = around.organisation(asked.organisationId)
  const made: Delegation = { ...asked, id: newId(), functionCode: department?.functionCode ?? '', endedOn: null, endReason: null }
  const districtCode = districtOf(asked.areaCode)
  if (districtCode === undefined) throw refuse.notBelowDepartment({}, 'areaCode')
  return answerOnce<catalogue.CatalogueTables, { id: string }>(doing, districtCode, 'delegate', async (tx) => {
    const revision = await catalogue.lockCatalogue(tx)
    const today = await todayOf(tx, doing.clock)
    const facts: DelegationFacts = {
      today,
      matter: matterFacts(await catalogue.readVersions(tx, { matterIds: [asked.matterId] }), today),
      department: department && { isLine: department.lineOrBlock === 'line' && department.functionCode !== null, areaCode: department.areaCode },
      isArea: around.isArea,
      others: await store.readDelegations(tx),
    }
    const refusal = delegationRefusal(made, facts)
    if (refusal) throw refusal
    await store.insertDelegations(tx, [made])
    await catalogue.setRevision(tx, revision + 1)
    const { level, areaCode, validFrom, validTo } = made
    const data = { matterId: made.matterId, organisationId: made.organisationId, level, areaCode, validFrom, validTo }
    await emit(tx, doing, catalogueEvent(doing, [districtCode], revision + 1, { type: 'catalogue.delegated', data, delegation: made.id }))
    return { id: made.id }
  })
}

/** Ends a delegation from today on, before its term: the lead returns to the department with the next dispatch. */
export async function endDelegation(doing: Doing, delegationId: string, reason: string): Promise<{ id: string }> {
  const districtCode = districtOf((await findOrRefuse(doing.database, delegationId)).areaCode)
  if (districtCode === undefined) throw refuse.delegationNotFound()
  return answerOnce<catalogue.CatalogueTables, { id: string }>(doing, districtCode, 'endDelegation', async (tx) => {
    const revision = await catalogue.lockCatalogue(tx)
    const found = await store.findDelegation(tx, delegationId)
    if (!found) throw refuse.delegationNotFound()
    const today = await todayOf(tx, doing.clock)
    if (endOf(found) <= today || found.endedOn !== null) throw refuse.delegationOver()
    await store.endDelegation(tx, found.id, today, reason)
    await catalogue.setRevision(tx, revision + 1)
    const data = { matterId: found.matterId, endedOn: today }
    await emit(tx, doing, catalogueEvent(doing, [districtCode], revision + 1, { type: 'catalogue.delegation_ended', data, delegation: found.id }))
    return { id: found.id }
  })
}

async function findOrRefuse(database: Doing['database'], id: string): Promise<Delegation> {
  const found = await inTransaction<catalogue.CatalogueTables, Delegation | undefined>(database, (tx) => store.findDelegation(tx, id))
  if (!found) throw refuse.delegationNotFound()
  return found
}

function matterFacts(versions: readonly MatterVersion[], today: LocalDate): DelegationFacts['matter'] {
  const shown = versions.find((version) => holdsOn(version, today)) ?? versions.at(-1)
  if (!shown) return undefined
  // A delegation may be recorded for a condition that is still a draft, and is needed before that can be published.
  const conditionCodes = versions.flatMap((version) => version.conditions.map((condition) => condition.code))
  return { title: matterTitle(shown), duty: shown.duty, conditionCodes }
}
