import { lockAssignmentsOf, saveAssignments, stop, type Assignment } from '#contexts/assignments/index.ts'
import { systemActor, type Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type Doing, type NewEvent } from '#platform/event.ts'
import { answerOnce } from '#platform/receipt.ts'
import { actingOn } from '../acting.ts'
import { stepRow, type CaseServices } from '../commands.ts'
import type { CaseEventType } from '../events.ts'
import { factsFor } from '../moving/commands.ts'
import { partiesOf, subjectOf, type CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import { withStanding } from '../standing.ts'
import { insertSteps, lockCases, updateCases, type WorkTx } from '../store.ts'
import type { Whistle, WhistleUnit } from '../whistling/whistle.ts'
import type { SummonsFacts } from '../whistling/relieving.ts'
import { findWhistle, insertUnit, readKinds, whistlesOf } from '../whistling/store.ts'
import { maySummon } from '../whistling/summons.ts'
import { kindOfWhistle } from '../whistling/view.ts'
import { planSummons } from '../whistling/kinds.ts'
import { organisationName } from '../view.ts'
import { endOpinionOf } from './opinions.ts'
import { ask, type AskFacts, type RequestInput } from './ask.ts'
import { decideRequest, type Decided, type VerdictInput } from './decide.ts'
import { refuseRequest } from './refusals.ts'
import { isLive, moved, nextLevel, type Request } from './request.ts'
import * as store from './store.ts'
import { liftSuspension } from './suspension.ts'

/** A case on the bench with everything that its requests look at. */
interface Bench {
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
  readonly requests: readonly Request[]
}

const zoneOf = (services: CaseServices): string => services.rules().catalogue.calendar.zone

/** Facts of asking, for the command and for the question what may be asked. */
export function askFacts(services: CaseServices, actor: Actor, record: CaseRecord, kind: Request['kind'], dispatchedBy: string | null): AskFacts {
  const rules = services.rules()
  return {
    organisationIds: actor.posts.map((post) => post.organisationId),
    may: (permission) => rules.policy.may(actor, permission, subjectOf(record)),
    at: services.clock.now(),
    personId: actor.personId ?? '',
    postId: actingOn(actor, record, rules.policy, 'request.ask').posts[0]?.id ?? null,
    rule: rules.requests.kinds.get(kind),
    zone: zoneOf(services),
    dispatchedBy,
    isUnit: (id) => rules.directory.organisations.has(id),
    maySummon: (id) => maySummon(rules.directory.organisations.get(id), record.districtCode, rules),
  }
}

/** A unit asks. Returns the id of the request. */
export async function askFor(
  services: CaseServices,
  asking: Doing,
  key: { districtCode: DistrictCode; id: string },
  input: RequestInput & { expectedVersion: number },
): Promise<{ id: string }> {
  return once(services, asking, key.districtCode, `ask.${input.kind}`, async (tx) => {
    const bench = await lockBench(tx, services, asking.actor, key)
    const doing = { ...asking, actor: actingOn(asking.actor, bench.record, services.rules().policy, 'request.ask') }
    if (bench.record.version !== input.expectedVersion)
      throw refuse.versionConflict({ expected: input.expectedVersion, actual: bench.record.version })
    const by = await store.lastDispatcher(store.requestTx(tx), key.districtCode, key.id)
    const whistles = await whistlesOf(tx, key.districtCode, key.id)
    const asked = ask({ ...bench, earlier: bench.requests, whistles }, input, askFacts(services, doing.actor, bench.record, input.kind, by))
    const record = withParties(bench, asked.assignments)
    await store.insertRequest(store.requestTx(tx), asked.request)
    await write(tx, bench, { record, assignments: asked.assignments })
    await tell(tx, services, doing, { type: 'case.request_asked', before: bench.record, after: record, request: asked.request })
    return { id: asked.request.id }
  })
}

/** Decides the next level of a request. */
export async function decide(
  services: CaseServices,
  deciding: Doing,
  key: { districtCode: DistrictCode; requestId: string },
  input: VerdictInput & { asRule: boolean },
): Promise<{ id: string }> {
  return once(services, deciding, key.districtCode, 'decideRequest', async (tx) => {
    const { bench, request } = await lockRequest(tx, services, deciding.actor, key)
    const rules = services.rules()
    const doing = { ...deciding, actor: actingOn(deciding.actor, bench.record, rules.policy, nextLevel(request) ?? 'case.read') }
    const at = services.clock.now()
    const given = await store.decisionsOf(store.requestTx(tx), [key.districtCode], [request.id])
    const moveFacts = factsFor({ by: { actor: doing.actor, requestId: doing.requestId } }, bench.record, rules, at)
    const facts = {
      ...moveFacts,
      personId: doing.actor.personId ?? '',
      postId: doing.actor.posts[0]?.id ?? null,
      zone: zoneOf(services),
      hearingHours: rules.catalogue.whistle.hearingHours,
      summons: await summonsFacts(tx, services, bench, request, at),
    }
    const decided = decideRequest(request, given, bench, input, facts)
    await store.updateRequest(store.requestTx(tx), decided.request)
    await store.insertDecision(store.requestTx(tx), decided.decision)
    await write(tx, bench, decided)
    await insertSteps(
      tx,
      decided.steps.map((step) => stepRow(decided.record, step, at, doing.actor)),
    )
    if (decided.request.kind === 'objection' && decided.request.endedAt !== null)
      await keepPrecedent(tx, services, decided, { isRule: input.asRule, insteadId: namedInstead(request, input) })
    const events = { approved_once: 'case.request_passed', approved: 'case.request_granted', refused: 'case.request_refused' } as const
    await tell(tx, services, doing, {
      type: events[decided.request.state as keyof typeof events],
      before: bench.record,
      after: decided.record,
      request: decided.request,
    })
    if (decided.whistle)
      await tellRelieved(tx, services, doing, { before: bench.record, after: decided.record, request: decided.request }, decided.whistle)
    if (decided.steps.length > 0)
      await tell(tx, services, doing, { type: 'case.reassigned', before: bench.record, after: decided.record, request: decided.request })
    return { id: request.id }
  })
}

/** The unit takes its request back. */
export async function withdraw(
  services: CaseServices,
  doing: Doing,
  key: { districtCode: DistrictCode; requestId: string },
  expectedVersion: number,
): Promise<{ id: string }> {
  return once(services, doing, key.districtCode, 'withdrawRequest', async (tx) => {
    const { bench, request } = await lockRequest(tx, services, doing.actor, key)
    if (!doing.actor.posts.some((post) => post.organisationId === request.organisationId)) throw refuse.notYours({ move: '撤回申请' })
    if (expectedVersion !== request.version) throw refuseRequest.requestChanged()
    const at = services.clock.now()
    const withdrawn = moved(request, 'withdraw', at)
    const assignments = request.kind === 'objection' ? endOpinionOf(request, bench.assignments, (one) => stop(one, 'cancel', at)) : bench.assignments
    const record = withParties(bench, assignments)
    await store.updateRequest(store.requestTx(tx), withdrawn)
    await write(tx, bench, { record, assignments })
    await tell(tx, services, doing, { type: 'case.request_withdrawn', before: bench.record, after: record, request: withdrawn })
    return { id: request.id }
  })
}

/** The other side of an objection gives its opinion, once: the unit proposed instead, or the street that summons. */
export async function answer(
  services: CaseServices,
  doing: Doing,
  key: { districtCode: DistrictCode; requestId: string },
  input: { expectedVersion: number; opinion: string },
): Promise<{ id: string }> {
  return once(services, doing, key.districtCode, 'answerObjection', async (tx) => {
    const { bench, request } = await lockRequest(tx, services, doing.actor, key)
    if (!doing.actor.posts.some((post) => post.organisationId === request.heardOrganisationId)) throw refuseRequest.notAsked()
    if (request.counteredAt !== null) throw refuseRequest.alreadyAnswered()
    if (!isLive(request, bench.record)) throw refuseRequest.requestLapsed()
    if (input.expectedVersion !== request.version) throw refuseRequest.requestChanged()
    const at = services.clock.now()
    const counter = { counterOpinion: input.opinion.trim(), counterBy: doing.actor.personId, counteredAt: at }
    const answered: Request = { ...request, ...counter, version: request.version + 1 }
    await store.updateRequest(store.requestTx(tx), answered)
    await tell(tx, services, doing, { type: 'case.opinion_given', before: bench.record, after: bench.record, request: answered })
    return { id: request.id }
  })
}

/** Lets dispatch follow an adjudication, or follow it no longer. */
export async function markPrecedent(
  services: CaseServices,
  doing: Doing,
  key: { districtCode: DistrictCode; id: string },
  isRule: boolean,
): Promise<{ isRule: boolean }> {
  return once(services, doing, key.districtCode, 'markPrecedent', async (tx) => {
    const found = await store.findPrecedent(store.requestTx(tx), key.districtCode, key.id)
    const place = found && { districtCode: found.districtCode, areaCode: found.areaCode }
    const { policy } = services.rules()
    if (!place || !policy.may(doing.actor, 'case.read', place)) throw refuseRequest.precedentNotFound()
    if (!policy.may(doing.actor, 'case.adjudicate', place)) throw refuse.notYours({ move: '标为规则' })
    if (found.summoned && isRule) throw refuseRequest.noRuleOfSummons()
    await store.markRule(store.requestTx(tx), key.districtCode, key.id, isRule)
    const [record] = (await lockCases(tx, key.districtCode, [found.caseId])).values()
    if (record)
      await tell(tx, services, doing, { type: isRule ? 'case.precedent_set' : 'case.precedent_lifted', before: record, after: record, request: null })
    return { isRule }
  })
}

const RESUME_BATCH = 200

/**
 * Lets the clocks of suspended cases go on whose day has come, from that day on and not from the moment of the sweep. Returns how many went on.
 * A case whose calendar is not known yet is left suspended and tried again.
 */
export async function resumeSuspended(services: CaseServices, districtCode: DistrictCode): Promise<number> {
  const now = services.clock.now()
  const doing: Omit<Doing, 'database' | 'clock'> = {
    actor: systemActor('sweep'),
    commandId: newId(),
    requestId: 'sweep',
    subscribersOf: services.subscribersOf,
  }
  return inTransaction(services.database, async (tx: WorkTx) => {
    const ids = await store.dueSuspensions(store.requestTx(tx), districtCode, now, RESUME_BATCH)
    if (ids.length === 0) return 0
    const [records, assignments] = [await lockCases(tx, districtCode, ids), await lockAssignmentsOf(tx, districtCode, ids)]
    let resumed = 0
    for (const record of records.values()) {
      const bench: Bench = { record, assignments: assignments.get(record.id) ?? [], requests: [] }
      const lifted = lift(services, bench)
      if (!lifted) continue
      await write(tx, bench, lifted)
      await emit(tx, doing, [eventOf('case.resumed', record, lifted.record, null, record.suspendedUntil ?? now)])
      resumed += 1
    }
    return resumed
  })
}

function lift(services: CaseServices, { record, assignments }: Bench): Pick<Bench, 'record' | 'assignments'> | undefined {
  try {
    const lifted = liftSuspension(record, assignments, record.suspendedUntil ?? services.clock.now(), services.rules().catalogue)
    return { ...lifted, record: withStanding({ ...lifted.record, version: record.version + 1 }, lifted.assignments) }
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function once<R extends object>(
  services: CaseServices,
  doing: Doing,
  districtCode: DistrictCode,
  command: string,
  work: (tx: WorkTx) => Promise<R>,
): Promise<R> {
  return answerOnce({ ...doing, database: services.database }, districtCode, command, work)
}

async function lockBench(tx: WorkTx, services: CaseServices, actor: Actor, key: { districtCode: DistrictCode; id: string }): Promise<Bench> {
  const record = (await lockCases(tx, key.districtCode, [key.id])).get(key.id)
  // What the actor may not see does not exist for him.
  if (!record || !services.rules().policy.may(actor, 'case.read', subjectOf(record))) throw refuse.notFound()
  const assignments = (await lockAssignmentsOf(tx, key.districtCode, [key.id])).get(key.id) ?? []
  return { record, assignments, requests: await store.requestsOf(store.requestTx(tx), key.districtCode, key.id) }
}

async function lockRequest(
  tx: WorkTx,
  services: CaseServices,
  actor: Actor,
  key: { districtCode: DistrictCode; requestId: string },
): Promise<{ bench: Bench; request: Request }> {
  const found = await store.findRequest(store.requestTx(tx), key.districtCode, key.requestId)
  if (!found) throw refuseRequest.requestNotFound()
  const bench = await lockBench(tx, services, actor, { districtCode: key.districtCode, id: found.caseId })
  // Read again behind the lock: somebody may have decided meanwhile.
  return { bench, request: bench.requests.find(({ id }) => id === key.requestId) ?? found }
}

/** The case after its parties changed; left as it is where they did not. */
function withParties({ record, assignments: before }: Bench, assignments: readonly Assignment[]): CaseRecord {
  if (assignments.length === before.length && assignments.every((one, index) => one === before[index])) return record
  return withStanding({ ...record, version: record.version + 1 }, assignments)
}

async function write(tx: WorkTx, before: Bench, after: Pick<Bench, 'record' | 'assignments'>): Promise<void> {
  const known = new Map(before.assignments.map((one) => [one.id, one]))
  const changed = after.assignments.filter((one) => known.get(one.id) !== one)
  if (after.record !== before.record) await updateCases(tx, after.record.districtCode, [after.record])
  await saveAssignments(
    tx,
    changed.map((one) => ({ before: known.get(one.id) ?? null, after: one })),
  )
}

/** The whistle to which a request objects, with what adjudicating it looks at; null for a request of the lead. */
async function summonsFacts(
  tx: WorkTx,
  services: CaseServices,
  { record, assignments }: Bench,
  { whistleId }: Request,
  at: Instant,
): Promise<SummonsFacts | null> {
  const whistle = whistleId === null ? undefined : await findWhistle(tx, record.districtCode, whistleId)
  if (whistle?.state !== 'sounded') return null
  const rules = services.rules()
  const kind = kindOfWhistle(await readKinds(tx), whistle)
  const isRelieved = (id: string): boolean =>
    assignments.some((one) => one.purpose === 'whistle' && one.state === 'relieved' && one.organisationId === id)
  return {
    whistle,
    at,
    nameOf: (id) => organisationName(id, rules) ?? { zh: '' },
    maySummon: (id) => maySummon(rules.directory.organisations.get(id), record.districtCode, rules) && !isRelieved(id),
    plan: (moment) => planSummons(kind, moment, rules.catalogue),
  }
}

/** Keeps the unit that is summoned instead, and tells of both. */
async function tellRelieved(tx: WorkTx, services: CaseServices, doing: Doing, told: Omit<Told, 'type'>, whistle: Whistle): Promise<void> {
  const known = await findWhistle(tx, whistle.districtCode, whistle.id)
  const joined = whistle.units.filter(({ organisationId }) => !known?.units.some((unit) => unit.organisationId === organisationId))
  for (const unit of joined) await insertUnit(tx, whistle, unit)
  const relieved = whistle.units.find(({ organisationId }) => organisationId === told.request?.organisationId)
  const about = (type: CaseEventType, { organisationId, assignmentId }: WhistleUnit): NewEvent => {
    const event = eventOf(type, told.before, told.after, told.request, services.clock.now())
    return { ...event, data: { ...event.data, whistleId: whistle.id, kind: whistle.kind, organisationId, assignmentId } }
  }
  await emit(tx, doing, [
    ...(relieved ? [about('whistle.unit_relieved', relieved)] : []),
    ...joined.map((unit) => about('whistle.unit_summoned', unit)),
  ])
}

const namedInstead = (request: Request, input: VerdictInput): string | null =>
  input.verdict === 'approve' ? (input.organisationId ?? request.proposedOrganisationId) : null

async function keepPrecedent(
  tx: WorkTx,
  services: CaseServices,
  { request, decision, record }: Decided,
  { isRule, insteadId }: { isRule: boolean; insteadId: string | null },
): Promise<void> {
  const { catalogue, directory } = services.rules()
  const condition = catalogue.condition(record.conditionId ?? '')
  const summoned = request.whistleId !== null
  const isUpheld = request.state === 'approved'
  const organisationId = !summoned ? record.leadOrganisationId : isUpheld ? insteadId : request.organisationId
  if (!condition || (organisationId === null && !summoned)) return
  await store.insertPrecedent(store.requestTx(tx), {
    districtCode: record.districtCode,
    id: newId(),
    requestId: request.id,
    caseId: record.id,
    caseNumber: record.number,
    matterId: condition.matterId,
    conditionCode: condition.code,
    areaCode: record.areaCode,
    objectingOrganisationId: request.organisationId,
    organisationId,
    upheld: isUpheld,
    opinion: decision.opinion,
    isRule: isRule && !summoned,
    summoned,
    // A unit answers for the area that it serves, so its precedent reaches as far.
    scopeArea: directory.organisations.get(organisationId ?? '')?.areaCode ?? record.areaCode,
    decidedAt: decision.at,
  })
}

interface Told {
  readonly type: CaseEventType
  readonly before: CaseRecord
  readonly after: CaseRecord
  readonly request: Request | null
}

async function tell(tx: WorkTx, services: CaseServices, doing: Doing, { type, before, after, request }: Told): Promise<void> {
  await emit(tx, doing, [eventOf(type, before, after, request, services.clock.now())])
}

function eventOf(type: CaseEventType, before: CaseRecord, after: CaseRecord, request: Request | null, at: Instant): NewEvent {
  return {
    type,
    version: 1,
    districtCode: before.districtCode,
    subjectKind: 'case',
    subjectId: before.id,
    subjectVersion: after.version,
    fromState: before.status,
    toState: after.status,
    reasonCode: request?.kind ?? null,
    happenedAt: at,
    ruleVersion: after.matterVersionId,
    data: {
      organisationId: request !== null && request.whistleId !== null ? request.organisationId : after.leadOrganisationId,
      assignmentId: after.assignmentId,
      areaCode: after.areaCode,
      conditionId: after.conditionId,
      organisationIds: partiesOf(before, after),
      requestId: request?.id ?? null,
      requestState: request?.state ?? null,
      suspendedUntil: after.suspendedUntil,
    },
  }
}
