import { addReminders, lastUrged, lockAssignmentsOf } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type NewEvent } from '#platform/event.ts'
import { againAfterTwin, findReceipts, saveReceipts } from '#platform/receipt.ts'
import { actingOn } from '../acting.ts'
import type { CaseServices } from '../commands.ts'
import { refusalView, seenOf } from '../together/commands.ts'
import type { ResultOfOne } from '../together/contract.ts'
import { subjectOf, type CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import { insertNotes, lockCases, type WorkTx } from '../store.ts'
import { urgeNames, type UrgeKind } from './lifecycle.ts'
import { remindersOfUrging } from './urging.ts'

interface Urging {
  readonly kind: UrgeKind
  readonly words: string
  readonly cases: readonly { districtCode: string; id: string; commandId: string }[]
}
type By = { readonly actor: Actor; readonly requestId: string }

/** Urges or escalates many cases: reminders to whom it concerns, an event and the words as a note of the case. Each is done or refused by itself. */
export async function urgeTogether(services: CaseServices, urging: Urging, by: By): Promise<ResultOfOne[]> {
  if (!urging.words.trim()) throw refuse.noPhrase({}, 'words')
  const refused = new Map<string, Refusal>()
  const once = [...new Map(urging.cases.map((one) => [one.commandId, one])).values()]
  for (const [district, some] of Map.groupBy(once, (one) => one.districtCode as DistrictCode)) {
    const found = await againAfterTwin(() =>
      inTransaction(services.database, (tx: WorkTx) => urgeIn(tx, services, district, { ...urging, cases: some }, by)),
    )
    for (const [commandId, refusal] of found) refused.set(commandId, refusal)
  }
  const seen = await seenOf(services, by.actor, urging.cases)
  return urging.cases.map(({ districtCode, id, commandId }) => {
    const record = seen.get(id)
    const refusal = refused.get(commandId)
    const facts = { number: record?.number ?? null, version: record?.version ?? null, status: record?.status ?? null }
    return { districtCode, id, ...facts, done: !refusal, refusal: refusal ? refusalView(refusal) : null }
  })
}

async function urgeIn(
  tx: WorkTx,
  services: CaseServices,
  districtCode: DistrictCode,
  { kind, words, cases }: Urging,
  by: By,
): Promise<Map<string, Refusal>> {
  const ids = cases.map(({ id }) => id).toSorted()
  const [receipts, records] = await Promise.all([
    findReceipts(
      tx,
      districtCode,
      cases.map(({ commandId }) => commandId),
    ),
    lockCases(tx, districtCode, ids),
  ])
  const [assignments, urged] = await Promise.all([lockAssignmentsOf(tx, districtCode, ids), lastUrged(tx, districtCode, ids)])
  const now = services.clock.now()
  const refused = new Map<string, Refusal>()
  const made = cases
    .filter(({ commandId }) => !receipts.has(commandId))
    .flatMap(({ id, commandId }) => {
      try {
        const record = mayUrge(services, by.actor, kind, records.get(id))
        return [{ record, commandId, reminders: remindersOfUrging(record, assignments.get(id) ?? [], { kind, lastUrgedAt: urged.get(id), now }) }]
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        refused.set(commandId, error)
        return []
      }
    })
  const note = words.trim()
  await Promise.all([
    addReminders(
      tx,
      made.flatMap(({ reminders }) => reminders),
    ),
    insertNotes(
      tx,
      made.map(({ record, commandId }) => ({ districtCode, id: newId(), caseId: record.id, commandId, move: kind, text: note })),
    ),
    emit(
      tx,
      { ...by, commandId: '', subscribersOf: services.subscribersOf },
      made.map(({ record, commandId }) => eventOf(record, kind, now, { ...actingBy(services, by, record), commandId })),
    ),
    saveReceipts(
      tx,
      made.map(({ record, commandId }) => ({
        districtCode,
        commandId,
        command: kind,
        actorPersonId: by.actor.personId,
        result: { id: record.id },
      })),
    ),
  ])
  return refused
}

const actingBy = ({ rules }: CaseServices, by: By, record: CaseRecord): By => ({
  ...by,
  actor: actingOn(by.actor, record, rules().policy, 'case.urge'),
})

function mayUrge({ rules }: CaseServices, actor: Actor, kind: UrgeKind, record: CaseRecord | undefined): CaseRecord {
  const { policy } = rules()
  if (!record || !policy.may(actor, 'case.read', subjectOf(record))) throw refuse.notFound()
  if (!policy.may(actor, 'case.urge', subjectOf(record))) throw refuse.notYours({ move: urgeNames[kind].zh })
  return record
}

function eventOf(record: CaseRecord, kind: UrgeKind, happenedAt: NewEvent['happenedAt'], by: NonNullable<NewEvent['by']>): NewEvent {
  return {
    type: kind === 'urge' ? 'case.urged' : 'case.escalated',
    version: 1,
    districtCode: record.districtCode,
    subjectKind: 'case',
    subjectId: record.id,
    subjectVersion: record.version,
    fromState: record.status,
    toState: record.status,
    happenedAt,
    by,
    data: { organisationIds: record.organisationIds.join(), areaCode: record.areaCode },
  }
}
