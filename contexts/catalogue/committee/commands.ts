import type { Policy } from '#contexts/people/index.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import { answerOnce } from '#platform/receipt.ts'
import { holdsOn, type MatterVersion } from '../catalogue.ts'
import type { Surroundings } from '../delegating/commands.ts'
import { catalogueEvent } from '../events.ts'
import { entryMoves, mayDecide, type CommitteeList, type EntryMove } from '../lifecycle.ts'
import { matterTitle } from '../matter.ts'
import { todayOf } from '../questions.ts'
import { refuse } from '../refusals.ts'
import * as catalogue from '../store.ts'
import { entryOf, entryRefusal, type CommitteeDuty, type EntryRequest } from './committee.ts'
import * as store from './store.ts'

type CatalogueTx = catalogue.CatalogueTx

/** What the commands ask of the rest of the product. */
export interface CommitteeGround extends Surroundings {
  readonly policy: Pick<Policy, 'may'>
}

export type NewEntryRequest = Omit<EntryRequest, 'id' | 'status' | 'askedAt' | 'askedBy' | 'decidedAt' | 'decidedBy' | 'decisionReason'>

/** 准入申请: a department asks for a matter to enter the 协助 list. Only for the asker's own department. */
export async function askEntry(doing: Doing, { policy, organisation, isArea }: CommitteeGround, asked: NewEntryRequest): Promise<{ id: string }> {
  if (!policy.may(doing.actor, 'duty.request', { organisationIds: [asked.organisationId] })) throw refuse.notYours({ permission: 'duty.request' })
  const districtCode = districtOrRefuse(asked.areaCode)
  const department = organisation(asked.organisationId)
  return changing(doing, districtCode, 'askEntry', async (tx, { today, announce }) => {
    const asking = { askedAt: doing.clock.now(), askedBy: doing.actor.personId, decidedAt: null, decidedBy: null, decisionReason: null }
    const made: EntryRequest = { ...asked, id: newId(), status: 'asked', ...asking }
    const refusal = entryRefusal(made, {
      today,
      matter: matterFacts(await catalogue.readVersions(tx, { matterIds: [asked.matterId] }), today),
      department: department && { isLine: department.lineOrBlock === 'line', areaCode: department.areaCode },
      isArea,
      requests: await store.openRequests(tx),
      duties: await store.readDuties(tx),
    })
    if (refusal) throw refusal
    await store.insertRequest(tx, made)
    const data = { matterId: made.matterId, organisationId: made.organisationId, areaCode: made.areaCode }
    await announce({ type: 'catalogue.entry_asked', data, entry: { id: made.id, from: null, to: 'asked' } })
    return { id: made.id }
  })
}

/** The district says yes or no, once, with reasons; with a yes the matter stands on the 协助 list for the term asked. Nobody decides what he asked himself. */
export async function decideEntry(
  doing: Doing,
  { policy }: Pick<CommitteeGround, 'policy'>,
  requestId: string,
  { move, reason }: { move: EntryMove; reason: string },
): Promise<{ id: string }> {
  const found = await inTransaction<catalogue.CatalogueTables, EntryRequest | undefined>(doing.database, (tx) => store.findRequest(tx, requestId))
  if (!found) throw refuse.requestNotFound()
  if (!policy.may(doing.actor, 'duty.decide', { areaCode: found.areaCode })) throw refuse.notYours({ permission: 'duty.decide' })
  if (found.askedBy !== null && found.askedBy === doing.actor.personId) throw refuse.ownRequest()
  return changing(doing, districtOrRefuse(found.areaCode), 'decideEntry', async (tx, { today, announce }) => {
    const request = await store.lockRequest(tx, requestId)
    if (!request || !mayDecide(move, request.status)) throw refuse.requestDecided()
    if (move === 'approve' && request.validTo <= today) throw refuse.termOver()
    const { to } = entryMoves[move]
    const decision = { status: to, decidedAt: doing.clock.now(), decidedBy: doing.actor.personId, decisionReason: reason }
    await store.decideRequest(tx, request.id, decision)
    if (to === 'approved') await store.insertDuties(tx, [entryOf(request, newId(), today)])
    const data = { matterId: request.matterId, organisationId: request.organisationId, areaCode: request.areaCode }
    await announce({ type: 'catalogue.entry_decided', data, entry: { id: request.id, from: 'asked', to } })
    return { id: request.id }
  })
}

export type NewCommitteeDuty = Pick<CommitteeDuty, 'list' | 'matterId' | 'areaCode' | 'listed' | 'validFrom' | 'validTo'> & {
  readonly reason: string
}

/** Puts a matter of the committees' own on their list, or makes an exception. Work for the government enters the 协助 list only by an approved request. */
export async function listDuty(doing: Doing, { policy, isArea }: CommitteeGround, asked: NewCommitteeDuty): Promise<{ id: string }> {
  if (asked.list === 'assist' && asked.listed) throw refuse.entryNeeded({}, 'list')
  if (!policy.may(doing.actor, 'duty.decide', { areaCode: asked.areaCode })) throw refuse.notYours({ permission: 'duty.decide' })
  const districtCode = districtOrRefuse(asked.areaCode)
  if (!isArea(asked.areaCode)) throw refuse.noSuchCommunity({}, 'areaCode')
  return changing(doing, districtCode, 'listDuty', async (tx, { today, announce }) => {
    const matter = matterFacts(await catalogue.readVersions(tx, { matterIds: [asked.matterId] }), today)
    if (!matter) throw refuse.matterNotFound({}, 'matterId')
    if (asked.listed && matter.duty === 'withdrawn') throw refuse.withdrawnNotDelegated({ matter: matter.title }, 'matterId')
    if (asked.validFrom < today) throw refuse.listedInPast({}, 'validFrom')
    if (asked.validTo !== null && asked.validTo <= asked.validFrom) throw refuse.termReversed({}, 'validTo')
    const made: CommitteeDuty = { ...asked, id: newId(), requestId: null, endReason: null }
    await store.insertDuties(tx, [made])
    await announce({ type: 'catalogue.committee_duty_listed', data: aboutDuty(made), duty: made.id })
    return { id: made.id }
  })
}

/** Takes a row away from today on: what it listed is off the list, what it excepted is on it again. */
export async function endDuty(doing: Doing, { policy }: Pick<CommitteeGround, 'policy'>, dutyId: string, reason: string): Promise<{ id: string }> {
  const found = await inTransaction<catalogue.CatalogueTables, CommitteeDuty | undefined>(doing.database, (tx) => store.findDuty(tx, dutyId))
  if (!found) throw refuse.dutyNotFound()
  if (!policy.may(doing.actor, 'duty.decide', { areaCode: found.areaCode })) throw refuse.notYours({ permission: 'duty.decide' })
  return changing(doing, districtOrRefuse(found.areaCode), 'endDuty', async (tx, { today, announce }) => {
    const duty = await store.findDuty(tx, dutyId)
    if (!duty || (duty.validTo !== null && duty.validTo <= today)) throw refuse.dutyOver()
    const validTo = duty.validFrom > today ? duty.validFrom : today
    await store.endDuty(tx, duty.id, validTo, reason)
    await announce({ type: 'catalogue.committee_duty_ended', data: aboutDuty(duty), duty: duty.id })
    return { id: duty.id }
  })
}

function aboutDuty({ list, matterId, areaCode, listed }: CommitteeDuty): {
  list: CommitteeList
  matterId: string
  areaCode: string
  listed: boolean
} {
  return { list, matterId, areaCode, listed }
}

interface Turn {
  readonly today: LocalDate
  readonly announce: (about: Parameters<typeof catalogueEvent>[3]) => Promise<void>
}

// Changes of the lists take turns with those of the catalogue; processes that hold it in memory load it anew.
function changing<R extends object>(
  doing: Doing,
  districtCode: DistrictCode,
  command: string,
  work: (tx: CatalogueTx, turn: Turn) => Promise<R>,
): Promise<R> {
  return answerOnce<catalogue.CatalogueTables, R>(doing, districtCode, command, async (tx) => {
    const revision = (await catalogue.lockCatalogue(tx)) + 1
    const announce: Turn['announce'] = (about) => emit(tx, doing, catalogueEvent(doing, [districtCode], revision, about))
    const done = await work(tx, { today: await todayOf(tx, doing.clock), announce })
    await catalogue.setRevision(tx, revision)
    return done
  })
}

function districtOrRefuse(areaCode: string): DistrictCode {
  const district = districtOf(areaCode)
  if (district === undefined) throw refuse.noSuchCommunity({}, 'areaCode')
  return district
}

function matterFacts(versions: readonly MatterVersion[], today: LocalDate): { title: string; duty: MatterVersion['duty'] } | undefined {
  const shown = versions.find((version) => holdsOn(version, today)) ?? versions.at(-1)
  return shown && { title: matterTitle(shown), duty: shown.duty }
}
