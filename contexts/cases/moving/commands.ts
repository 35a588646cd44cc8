import { isEnded, lockAssignmentsOf, saveAssignments, type Assignment } from '#contexts/assignments/index.ts'
import type { Policy } from '#contexts/people/index.ts'
import { publicActor, type Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type NewEvent } from '#platform/event.ts'
import { againAfterTwin, findReceipts, saveReceipts } from '#platform/receipt.ts'
import { actingOn } from '../acting.ts'
import { stepRow, type CaseServices } from '../commands.ts'
import { decideMove, isUnhappy } from '../decide.ts'
import { planDispatch, planRedispatch, planRework } from '../dispatch.ts'
import { planCallUp, planSendDown, postsAtRung } from '../escalating/plan.ts'
import { eventOfMove } from '../events.ts'
import { isGuess } from '../guess.ts'
import { planAssistance } from '../joining/assisting.ts'
import { caseMoves, statusNames } from '../lifecycle.ts'
import { aroundOf, asksForMerged, followMerge } from '../merging/following.ts'
import { mergedWith } from '../merging/store.ts'
import type { MoveFacts } from '../move.ts'
import { lastDispatches } from '../recalling/store.ts'
import { actorKey, partiesOf, subjectOf, type CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { insertNotes, insertSteps, lockCases, updateCases, type NoteRow, type WorkTx } from '../store.ts'
import { endWhistlesOf } from '../whistling/store.ts'
import type { CaseMoveInput, Workbench } from './bench.ts'

/** `repeated`: the command was done before, and nothing was done now. */
export type MoveOutcome =
  | { readonly ok: true; readonly record: CaseRecord; readonly repeated?: boolean }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * Makes moves on cases of one district in one transaction, in the given order; several moves may be on one case. One refusal leaves the others standing.
 * A repeated command id changes nothing and gives the case as it is.
 */
export async function moveCases(services: CaseServices, districtCode: DistrictCode, inputs: readonly CaseMoveInput[]): Promise<MoveOutcome[]> {
  return againAfterTwin(() => inTransaction(services.database, (tx: WorkTx) => moveCasesIn(tx, services, districtCode, inputs)))
}

/** The same inside the transaction of whoever asks. */
export async function moveCasesIn(
  tx: WorkTx,
  services: CaseServices,
  districtCode: DistrictCode,
  inputs: readonly CaseMoveInput[],
): Promise<MoveOutcome[]> {
  if (inputs.length === 0) return []
  const concerned = await concernedBy(tx, districtCode, inputs)
  const [receipts, records] = await Promise.all([findReceipts(tx, districtCode, ids(inputs)), lockCases(tx, districtCode, concerned)])
  const loaded = await lockAssignmentsOf(tx, districtCode, [...records.keys()])
  // Somebody merged or unmerged between the look and the lock: whoever asks about it looks again.
  const isStale = (await concernedBy(tx, districtCode, inputs.filter(asksForMerged))).some((id) => !concerned.includes(id))
  const recalled = inputs.filter(({ move }) => move === 'recall').map(({ id }) => id)
  const bench: Workbench = {
    records,
    dispatches: await lastDispatches(tx, districtCode, recalled),
    assignments: new Map([...loaded].map(([caseId, of]) => [caseId, { before: of, after: of }])),
    touched: new Set(),
    steps: [],
    notes: [],
    events: [],
    receipts: [],
  }
  const rules = services.rules()
  const now = services.clock.now()
  const outcomes = inputs.map((input): MoveOutcome => {
    if (receipts.has(input.commandId)) return repeated(bench, input)
    return isStale && asksForMerged(input) ? { ok: false, refusal: refuse.mergedMeanwhile() } : attempt(bench, input, rules, now)
  })
  await writeMoved(tx, services, districtCode, bench)
  return outcomes
}

/** The cases to lock: those that move, and those that are merged with them where the move asks for it. */
async function concernedBy(tx: WorkTx, districtCode: DistrictCode, inputs: readonly CaseMoveInput[]): Promise<string[]> {
  if (inputs.length === 0) return []
  const asked = inputs.filter(asksForMerged).map((input) => input.id)
  const merged = asked.length === 0 ? [] : await mergedWith(tx, districtCode, asked)
  const all = inputs.flatMap(({ id, mainId }) => (mainId === undefined ? [id] : [id, mainId]))
  return [...new Set([...all, ...merged])].toSorted()
}

async function writeMoved(tx: WorkTx, services: CaseServices, districtCode: DistrictCode, bench: Workbench): Promise<void> {
  await Promise.all([
    updateCases(
      tx,
      districtCode,
      [...bench.touched].map((id) => bench.records.get(id) as CaseRecord),
    ),
    saveAssignments(tx, [...bench.assignments.values()].flatMap(changedOf)),
    insertSteps(tx, bench.steps),
    insertNotes(tx, bench.notes),
    emit(tx, { actor: publicActor, commandId: '', requestId: '', subscribersOf: services.subscribersOf }, bench.events),
    saveReceipts(tx, bench.receipts),
    ...endedWhistles(tx, districtCode, bench, services.clock.now()),
  ])
}

// Whoever convened units for a case has an assignment there, so most batches ask nothing here.
function endedWhistles(tx: WorkTx, districtCode: DistrictCode, bench: Workbench, now: Instant): Promise<void>[] {
  const ended = [...bench.touched].flatMap((id) => bench.records.get(id) ?? []).filter(({ status }) => !statusNames[status].open)
  const convened = ended.filter(({ id }) => bench.assignments.get(id)?.before.some((one) => one.purpose === 'convene' && !isEnded(one)))
  return convened.map(({ id, status }) => endWhistlesOf(tx, districtCode, [id], status === 'closed' ? 'closed' : 'called_off', now))
}

function changedOf({ before, after }: { before: readonly Assignment[]; after: readonly Assignment[] }) {
  const known = new Map(before.map((one) => [one.id, one]))
  return after.filter((one) => known.get(one.id) !== one).map((one) => ({ before: known.get(one.id) ?? null, after: one }))
}

/** Leaves cases to a person because a rule refused, and says which rule in words. */
export async function holdForPerson(
  tx: WorkTx,
  services: CaseServices,
  districtCode: DistrictCode,
  held: readonly { record: CaseRecord; refusal: Refusal }[],
  by: { actor: Actor; requestId: string },
): Promise<void> {
  if (held.length === 0) return
  const locked = await lockCases(
    tx,
    districtCode,
    held.map((h) => h.record.id),
  )
  const changed = held.map(({ record, refusal }): CaseRecord => {
    const current = locked.get(record.id) ?? record
    const triageReason = refusal.code === 'cases.noDutyHolder' ? 'no_duty_holder' : 'rule_refused'
    return { ...current, version: current.version + 1, triageReason, triageNote: { zh: refusal.text('zh'), en: refusal.text('en') } }
  })
  await updateCases(tx, districtCode, changed)
  await emit(
    tx,
    { actor: by.actor, commandId: newId(), requestId: by.requestId, subscribersOf: services.subscribersOf },
    changed.map((record, index) => ({
      type: 'case.held',
      version: 1,
      districtCode,
      subjectKind: 'case',
      subjectId: record.id,
      subjectVersion: record.version,
      fromState: record.status,
      toState: record.status,
      reasonCode: held[index]?.refusal.code ?? null,
      happenedAt: services.clock.now(),
    })),
  )
}

function repeated(bench: Workbench, input: CaseMoveInput): MoveOutcome {
  const record = bench.records.get(input.id)
  return record ? { ok: true, record, repeated: true } : { ok: false, refusal: refuse.notFound() }
}

function attempt(bench: Workbench, input: CaseMoveInput, rules: Rules, now: Instant): MoveOutcome {
  try {
    const record = bench.records.get(input.id)
    // What the actor may not see does not exist for him.
    if (!record || !maySee(rules.policy, input, record)) throw refuse.notFound()
    if (input.expectedVersion !== undefined && input.expectedVersion !== record.version)
      throw refuse.versionConflict({ expected: input.expectedVersion, actual: record.version })
    applyMove(bench, input, rules, now)
    followUp(bench, input, record, rules, now)
    bench.receipts.push({
      districtCode: record.districtCode,
      commandId: input.commandId,
      command: input.move,
      actorPersonId: input.by.actor.personId,
      result: { id: input.id },
    })
    return { ok: true, record: bench.records.get(input.id) as CaseRecord }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, refusal: error }
    throw error
  }
}

/** What a move means for other cases on the bench, or for the same one after it. */
function followUp(bench: Workbench, input: CaseMoveInput, before: CaseRecord, rules: Rules, now: Instant): void {
  const { move, score = 5, reasonCode } = input
  if (move === 'merge' || move === 'unmerge' || (move === 'withdraw' && before.mergedInto !== null)) followMerge(bench, input, before, now)
  if (move === 'rate' && isUnhappy(score, reasonCode)) reopenFor(bench, input, before, rules, now)
  if (move === 'unrate') recloseFor(bench, input, before, rules, now)
}

/** An unhappy caller reopens the case that answered him; where another caller of it has done so already, it is being worked on again. */
function reopenFor(bench: Workbench, input: CaseMoveInput, rated: CaseRecord, rules: Rules, now: Instant): void {
  const id = rated.mergedInto ?? rated.id
  if (rated.mergedInto !== null && bench.records.get(id)?.status !== 'closed') return
  applyMove(bench, { ...input, id, move: 'reopen', reasonCode: 'caller_unhappy', note: undefined }, rules, now)
}

/** Whoever takes an unhappy rating back takes back what it did. Where others of the case are unhappy too, it stays open. */
function recloseFor(bench: Workbench, input: CaseMoveInput, rated: CaseRecord, rules: Rules, now: Instant): void {
  const id = rated.mergedInto ?? rated.id
  const answering = bench.records.get(id)
  if (answering?.status !== 'reopened' || answering.closedBefore === null || rated.ratedAt === null || answering.closedBefore > rated.ratedAt) return
  const others = [...bench.records.values()].filter((one) => one.id !== rated.id && (one.id === id || one.mergedInto === id))
  if (others.some(({ rating }) => isUnhappy(rating ?? 5))) return
  applyMove(bench, { ...input, id, move: 'reclose', reasonCode: undefined, note: undefined }, rules, now, { byDecision: true })
}

const ids = (items: readonly { commandId: string }[]): string[] => items.map((item) => item.commandId)

function maySee(policy: Policy, { by: { actor, isCaller } }: Pick<CaseMoveInput, 'by'>, record: CaseRecord): boolean {
  return actor.kind === 'system' || isCaller === true || policy.may(actor, 'case.read', subjectOf(record))
}

function applyMove(bench: Workbench, input: CaseMoveInput, rules: Rules, now: Instant, also: Pick<MoveFacts, 'byDecision'> = {}): void {
  const record = bench.records.get(input.id) as CaseRecord
  const held = bench.assignments.get(record.id) ?? { before: [], after: [] }
  const at = input.happenedAt !== undefined && input.happenedAt < now ? input.happenedAt : now
  const facts = { ...factsFor(input, record, rules, at, bench.records), ...also, lastDispatch: bench.dispatches.get(record.id) }
  const decision = decideMove(record, held.after, input, facts)
  const actor = actingOn(input.by.actor, record, rules.policy, caseMoves[input.move].permission)
  bench.records.set(record.id, decision.record)
  bench.touched.add(record.id)
  bench.assignments.set(record.id, { before: held.before, after: decision.assignments })
  bench.steps.push(...decision.steps.map((step) => stepRow(record, step, at, actor)))
  bench.notes.push(...noteOf(record, input))
  bench.events.push(eventOf(record, decision.record, { ...input, by: { ...input.by, actor } }, at))
}

// A transfer writes its note itself, with the number that the case gets in its new district.
function noteOf(record: CaseRecord, { commandId, move, note }: CaseMoveInput): NoteRow[] {
  const text = note?.trim()
  return text && move !== 'transfer' ? [{ districtCode: record.districtCode, id: newId(), caseId: record.id, commandId, move, text }] : []
}

/** Facts for a decision by this actor. The look-ups are closed over the rules in force and the cases at hand. */
export function factsFor(
  input: Pick<CaseMoveInput, 'by'>,
  record: CaseRecord,
  rules: Rules,
  at: Instant,
  records: ReadonlyMap<string, CaseRecord> = new Map(),
): MoveFacts {
  const { actor, isCaller = false } = input.by
  return {
    actorKey: actorKey(actor),
    isSystem: actor.kind === 'system',
    isCaller,
    organisationIds: postsAtRung(actor.posts, record).map((post) => post.organisationId),
    may: (permission) => rules.policy.may(actor, permission, subjectOf(record)),
    at,
    matter: (conditionId) => {
      const condition = rules.catalogue.condition(conditionId)
      return condition && { conditionId: condition.id, matterVersionId: condition.matterVersionId, name: condition.name, tier: condition.tier }
    },
    isGuess: (of) => isGuess(of, rules.catalogue),
    area: (code) => rules.territory.area(code),
    ...aroundOf(record, records, (other) => maySee(rules.policy, input, other)),
    planDispatch: (of, request, moment) => {
      const plan = planDispatch(of, request, moment, rules)
      return { ...plan, assistance: planAssistance(of, plan.organisationId, moment, rules) }
    },
    planCallUp: (of, moment) => planCallUp(of, moment, rules),
    planSendDown: (of, moment) => planSendDown(of, moment, rules),
    planRework: (of, moment) => planRework(of, moment, rules),
    planRedispatch: (of, moment) => planRedispatch(of, moment, rules),
    clocks: rules.catalogue,
  }
}

function eventOf(before: CaseRecord, after: CaseRecord, input: CaseMoveInput, at: Instant): NewEvent {
  return {
    type: eventOfMove[input.move],
    version: 1,
    districtCode: before.districtCode,
    subjectKind: 'case',
    subjectId: before.id,
    subjectVersion: after.version,
    fromState: before.status,
    toState: after.status,
    reasonCode: input.reasonCode ?? null,
    happenedAt: at,
    ruleVersion: after.matterVersionId,
    by: { actor: input.by.actor, commandId: input.commandId, requestId: input.by.requestId },
    data: {
      organisationId: after.leadOrganisationId ?? before.leadOrganisationId,
      organisationIds: partiesOf(before, after),
      assignmentId: after.assignmentId,
      conditionId: after.conditionId,
      areaCode: after.areaCode,
      ...(input.move === 'rate' ? { score: after.rating } : {}),
      ...(input.move === 'merge' ? { mainId: after.mergedInto } : {}),
      ...(input.move === 'unmerge' ? { mainId: before.mergedInto } : {}),
    },
  }
}
