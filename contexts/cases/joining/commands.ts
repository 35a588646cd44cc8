import { isEnded, lockAssignmentsOf, saveAssignments, type Assignment } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type NewEvent } from '#platform/event.ts'
import { againAfterTwin, findReceipts, saveReceipts } from '#platform/receipt.ts'
import { actingOn } from '../acting.ts'
import { stepRow, type CaseServices } from '../commands.ts'
import { factsFor } from '../moving/commands.ts'
import { partiesOf, subjectOf, type CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { withStanding } from '../standing.ts'
import { insertNotes, insertSteps, lockCases, updateCases, type NoteRow, type WorkTx } from '../store.ts'
import { decideAnswer, type AnswerFacts, type AnswerRequest, type CaseWork } from './answering.ts'
import { planAssistant } from './assisting.ts'
import { eventOfAnswer } from './events.ts'
import { openFor } from './first-taker.ts'
import { isBesideLead } from './view.ts'

/** A command about one case, as a person gives it. */
export interface CaseCommand {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly commandId: string
  /** The version that the person saw; undefined where the case is new. */
  readonly expectedVersion: number | undefined
  readonly actor: Actor
  readonly requestId: string
  /** When it happened, where that was before now. */
  readonly happenedAt?: Instant | undefined
}

/** What a command makes of a case: its work afterwards, and what is to be told. */
export interface Worked extends CaseWork {
  readonly events: readonly Pick<NewEvent, 'type' | 'reasonCode' | 'data'>[]
  readonly notes?: readonly Pick<NoteRow, 'move' | 'text' | 'assignmentId'>[]
}

/** The case on which a command works, inside its transaction. */
export interface AtWork extends CaseWork {
  readonly tx: WorkTx
  readonly rules: Rules
  readonly now: Instant
  readonly facts: AnswerFacts
}

/** Runs a command about one case: receipt, lock, right to see, version, decision, rows and events are one transaction. A repeat does nothing twice. */
export function workOnCase(
  services: CaseServices,
  command: CaseCommand,
  name: string,
  decide: (at: AtWork) => Promise<Worked> | Worked,
): Promise<void> {
  return againAfterTwin(() =>
    inTransaction(services.database, async (tx: WorkTx) => {
      const done = await findReceipts(tx, command.districtCode, [command.commandId])
      if (!done.has(command.commandId)) await workOnCaseIn(tx, services, command, name, decide)
    }),
  )
}

/** The same inside the transaction of whoever asks, for a command that is not a repeat. */
export async function workOnCaseIn(
  tx: WorkTx,
  services: CaseServices,
  command: CaseCommand,
  name: string,
  decide: (at: AtWork) => Promise<Worked> | Worked,
): Promise<CaseRecord> {
  const { districtCode, id, actor, expectedVersion } = command
  const rules = services.rules()
  const before = (await lockCases(tx, districtCode, [id])).get(id)
  if (!before || !rules.policy.may(actor, 'case.read', subjectOf(before))) throw refuse.notFound()
  if (expectedVersion !== undefined && expectedVersion !== before.version)
    throw refuse.versionConflict({ expected: expectedVersion, actual: before.version })
  const assignments = (await lockAssignmentsOf(tx, districtCode, [id])).get(id) ?? []
  const clock = services.clock.now()
  const now = command.happenedAt !== undefined && command.happenedAt < clock ? command.happenedAt : clock
  const worked = await decide({ tx, rules, now, record: before, assignments, facts: answerFacts(actor, before, rules, now) })
  await write(
    tx,
    services,
    { ...command, actor: actingOn(actor, before, rules.policy, 'case.read') },
    { name, before, known: assignments, worked, now },
  )
  return worked.record
}

/** Facts for a decision about one unit's part. */
export function answerFacts(actor: Actor, record: CaseRecord, rules: Rules, now: Instant): AnswerFacts {
  const facts = factsFor({ by: { actor, requestId: '' } }, record, rules, now)
  return {
    ...facts,
    mayFor: (permission, organisationId) => rules.policy.may(actor, permission, { ...subjectOf(record), organisationIds: [organisationId] }),
  }
}

interface Write {
  readonly name: string
  readonly before: CaseRecord
  readonly known: readonly Assignment[]
  readonly worked: Worked
  readonly now: Instant
}

async function write(tx: WorkTx, services: CaseServices, command: CaseCommand, { name, before, known, worked, now }: Write): Promise<void> {
  const { districtCode, commandId, actor } = command
  const { record, assignments, events, notes = [] } = worked
  const byId = new Map(known.map((one) => [one.id, one]))
  const changed = assignments.filter((one) => byId.get(one.id) !== one)
  const steps = record.steps.filter((step) => !before.steps.includes(step))
  await Promise.all([
    updateCases(tx, districtCode, [record]),
    saveAssignments(
      tx,
      changed.map((after) => ({ before: byId.get(after.id) ?? null, after })),
    ),
    insertSteps(
      tx,
      steps.map((step) => stepRow(record, step, now, actor)),
    ),
    insertNotes(
      tx,
      notes.map((note) => ({ districtCode, id: newId(), caseId: record.id, commandId, ...note })),
    ),
    emit(
      tx,
      { ...command, subscribersOf: services.subscribersOf },
      events.map((event) => eventOf(event, before, record, now)),
    ),
    saveReceipts(tx, [{ districtCode, commandId, command: name, actorPersonId: actor.personId, result: { id: record.id } }]),
  ])
}

function eventOf(event: Worked['events'][number], before: CaseRecord, after: CaseRecord, happenedAt: Instant): NewEvent {
  return {
    version: 1,
    districtCode: after.districtCode,
    subjectKind: 'case',
    subjectId: after.id,
    subjectVersion: after.version,
    fromState: before.status,
    toState: after.status,
    happenedAt,
    ruleVersion: after.matterVersionId,
    ...event,
    data: { areaCode: after.areaCode, organisationIds: partiesOf(before, after), ...event.data },
  }
}

/** A unit answers on its own part, or whoever called it lets it go. */
export function answerCase(services: CaseServices, command: CaseCommand, request: AnswerRequest): Promise<void> {
  return workOnCase(services, command, `answer ${request.move}`, (at) => answered(at, request))
}

/** The same for a unit that is named, on its own open part; for whoever does not show the parts first. */
export function answerAsUnit(
  services: CaseServices,
  command: CaseCommand,
  request: Omit<AnswerRequest, 'assignmentId'> & { organisationId: string },
) {
  return workOnCase(services, command, `answer ${request.move}`, (at) => {
    const own = at.assignments.find((one) => isBesideLead(one) && !isEnded(one) && one.organisationId === request.organisationId)
    if (!own) throw refuse.noSuchAssignment()
    return answered(at, { ...request, assignmentId: own.id })
  })
}

function answered({ record, assignments, facts }: AtWork, request: AnswerRequest): Worked {
  const work = decideAnswer({ record, assignments }, request, facts)
  const unit = assignments.find(({ id }) => id === request.assignmentId)
  const text = request.note?.trim()
  const about = { organisationId: unit?.organisationId ?? null, assignmentId: request.assignmentId }
  const gone = work.record.status === record.status ? [] : [{ type: 'case.given_back', reasonCode: request.reasonCode ?? null, data: {} }]
  return {
    ...work,
    events: [{ type: eventOfAnswer[request.move], reasonCode: request.reasonCode ?? null, data: about }, ...gone],
    notes: text ? [{ move: `unit.${request.move}`, text, assignmentId: request.assignmentId }] : [],
  }
}

/** A dispatcher asks one more unit to help, and says why. */
export function addHelper(services: CaseServices, command: CaseCommand, asked: { organisationId: string; note: string }): Promise<void> {
  return workOnCase(services, command, 'addHelper', ({ record, assignments, facts, rules, now }) => {
    if (!facts.may('case.dispatch')) throw refuse.notYours({ move: '增加协同单位' })
    const works = record.status === 'dispatched' || record.status === 'contacted'
    if (!works || record.assignmentId === null) throw refuse.nothingToHelp()
    if (record.awaitedOrganisationIds.includes(asked.organisationId)) throw refuse.alreadyTakesPart({}, 'organisationId')
    const opened = openFor(record, 'help', planAssistant(record, asked, now, rules), now)
    const joined = [...assignments, opened]
    return {
      record: withStanding({ ...record, version: record.version + 1 }, joined),
      assignments: joined,
      events: [{ type: 'case.unit_added', data: { organisationId: asked.organisationId, assignmentId: opened.id } }],
      notes: [{ move: 'unit.add', text: asked.note.trim(), assignmentId: opened.id }],
    }
  })
}
