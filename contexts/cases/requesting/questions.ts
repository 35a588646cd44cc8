import { assignmentsOf, type Assignment } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { addDays, addMs, HOUR_MS } from '#kernel/clock.ts'
import { liesWithin } from '#kernel/codes.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { factsFor } from '../moving/commands.ts'
import { visibleCase } from '../questions.ts'
import { actorKey, subjectOf, type CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { personName } from '../timeline.ts'
import { organisationName, placeName } from '../view.ts'
import { whistlesOf } from '../whistling/store.ts'
import { mayAsk } from './ask.ts'
import { todayOf } from '../ruling/commands.ts'
import { askFacts } from './commands.ts'
import type { KindView, PrecedentView, RequestView } from './contract.ts'
import { checkDecider } from './decide.ts'
import { kindsOn, type RequestKindRule, type RequestRules } from './kind.ts'
import { requestKinds, requestReasons } from './lifecycle.ts'
import { isLive, type Request, type RequestDecision } from './request.ts'
import { leadSeat, summonedSeats, type Seat } from './seat.ts'
import * as store from './store.ts'

type ReadTx = Parameters<typeof visibleCase>[0]
const own = (tx: ReadTx) => store.requestTx(tx as never)

/** What is loaded of requests into memory: the rules in force on a day, and the adjudications that dispatch follows. */
export async function loadRequestRules(database: Database, on: RequestKindRule['effectiveFrom']): Promise<RequestRules> {
  return inTransaction(database, async (tx: Tx<store.RequestTables>) => ({
    kinds: kindsOn(await store.readKinds(tx), on),
    precedents: await store.rulePrecedents(tx),
  }))
}

/** A request with the case as far as it matters here. */
interface Shown {
  readonly request: Request
  readonly decisions: readonly RequestDecision[]
  readonly record: Pick<
    CaseRecord,
    'number' | 'matterName' | 'areaCode' | 'districtCode' | 'status' | 'assignmentId' | 'organisationIds' | 'awaitedOrganisationIds'
  >
}

/** Requests of one case, oldest first, and what this actor's unit may ask for now. */
export async function caseRequests(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }) {
  const rules = services.rules()
  return inTransaction(services.database, async (tx: ReadTx) => {
    const record = await visibleCase(tx, actor, rules, key)
    const requests = await store.requestsOf(own(tx), key.districtCode, key.id)
    const assignments = await assignmentsOf(tx, key.districtCode, key.id)
    const decisions = Map.groupBy(
      await store.decisionsOf(
        own(tx),
        [key.districtCode],
        requests.map(({ id }) => id),
      ),
      (one) => one.requestId,
    )
    const by = await store.lastDispatcher(own(tx), key.districtCode, key.id)
    const situation = { record, assignments, earlier: requests }
    const ownUnits = actor.posts.map((post) => post.organisationId)
    const seats = summonedSeats(await whistlesOf(tx as never, key.districtCode, key.id), assignments, ownUnits)
    const precedents = await precedentsOfSummons(tx, services, record, seats)
    return {
      items: requests.map((request) => viewOf({ request, decisions: decisions.get(request.id) ?? [], record }, actor, services)),
      mayAsk: [
        ...requestKinds.flatMap((kind) => askable(services, actor, situation, { kind, seat: leadSeat(record, assignments), by })),
        ...seats.flatMap((seat) => askable(services, actor, situation, { kind: 'objection', seat, by, precedents })),
      ],
      suspendedUntil: record.suspendedUntil,
      exemptedAt: record.exemptedAt,
    }
  })
}

function askable(
  services: CaseServices,
  actor: Actor,
  situation: { record: CaseRecord; assignments: readonly Assignment[]; earlier: readonly Request[] },
  asked: { kind: Request['kind']; seat: Seat; by: string | null; precedents?: readonly store.SummonsPrecedent[] },
): KindView[] {
  const { kind, seat, by, precedents = [] } = asked
  try {
    const { explanation, longestDays } = mayAsk(situation, kind, askFacts(services, actor, situation.record, kind, by), seat)
    const found = precedents.find(({ organisationId }) => organisationId === seat.organisationId)
    const precedent = found ? { upheld: found.upheld, decidedAt: found.decidedAt } : null
    const lastDay = longestDays === null ? null : addDays(todayOf(services), longestDays)
    return [{ kind, explanation, lastDay, whistleId: seat.whistle?.id ?? null, precedent }]
  } catch (error) {
    if (error instanceof Refusal) return []
    throw error
  }
}

async function precedentsOfSummons(tx: ReadTx, { rules }: CaseServices, { districtCode, conditionId }: CaseRecord, seats: readonly Seat[]) {
  const condition = seats.length === 0 ? undefined : rules().catalogue.condition(conditionId ?? '')
  if (!condition) return []
  return store.summonsPrecedents(tx as never, { districtCode, matterId: condition.matterId, conditionCode: condition.code })
}

/** One request as the actor sees it after he acted on it. */
export async function requestOf(
  services: CaseServices,
  actor: Actor,
  key: { districtCode: string; caseId: string; id: string },
): Promise<RequestView> {
  const { items } = await caseRequests(services, actor, { districtCode: key.districtCode, id: key.caseId })
  return items.find(({ id }) => id === key.id) as RequestView
}

/** The case that a request is about. */
export async function caseOfRequest(services: CaseServices, districtCode: string, requestId: string): Promise<string> {
  const found = await inTransaction(services.database, (tx: ReadTx) => store.findRequest(own(tx), districtCode, requestId))
  return found?.caseId ?? ''
}

function readerOf(actor: Actor, services: CaseServices): store.Reader {
  const { policy, catalogue } = services.rules()
  const mayDecide = (level: string) => policy.visible(actor, level, 'case', 'c')
  return {
    mayRead: policy.visible(actor, 'case.read', 'case', 'c'),
    personId: actor.personId,
    actorKey: actorKey(actor),
    organisationIds: policy.may(actor, 'request.ask') ? actor.posts.map((post) => post.organisationId) : [],
    mayDecide: {
      'request.review': mayDecide('request.review'),
      'request.approve': mayDecide('request.approve'),
      'case.adjudicate': mayDecide('case.adjudicate'),
    },
    heardBefore: addMs(services.clock.now(), -catalogue.whistle.hearingHours * HOUR_MS),
  }
}

/** Requests that wait for this actor, or that his units made. */
export async function requestList(services: CaseServices, actor: Actor, view: 'waiting' | 'asked', limit: number): Promise<RequestView[]> {
  return inTransaction(services.database, async (tx: ReadTx) => {
    const rows = await store.listedRequests(own(tx), readerOf(actor, services), view, limit)
    const districts = [...new Set(rows.map((row) => row.districtCode))]
    const ids = rows.map((row) => row.id)
    const decisions = Map.groupBy(await store.decisionsOf(own(tx), districts, ids), (one) => one.requestId)
    return rows.map((row) => {
      const record = { ...row, status: row.caseStatus as CaseRecord['status'], assignmentId: row.caseAssignmentId }
      return viewOf({ request: row, decisions: decisions.get(row.id) ?? [], record }, actor, services)
    })
  })
}

export async function requestCounts(services: CaseServices, actor: Actor): Promise<{ waiting: number; asked: number }> {
  const reader = readerOf(actor, services)
  return inTransaction(services.database, (tx: ReadTx) => store.countRequests(own(tx), reader))
}

function viewOf(shown: Shown, actor: Actor, services: CaseServices): RequestView {
  const { request, record } = shown
  const rules = services.rules()
  const isOpen = isLive(request, record as CaseRecord)
  return {
    districtCode: request.districtCode,
    id: request.id,
    caseId: request.caseId,
    number: record.number,
    matter: record.matterName,
    place: placeName(record.areaCode, rules),
    kind: request.kind,
    state: request.endedAt === null && !isOpen ? 'lapsed' : request.state,
    version: request.version,
    mayOpen: rules.policy.may(actor, 'case.read', subjectOf(record)),
    ...saidOf(shown, rules),
    ...opinionsOf(request, rules),
    ...(isOpen ? actsOf(shown, actor, services) : { mayDecide: false, mayWithdraw: false, mayAnswer: false }),
  }
}

/** Who asked for what and why, and what each level decided. */
function saidOf({ request, decisions }: Shown, rules: Rules) {
  const reasons: Readonly<Record<string, Wording>> = requestReasons[request.kind]
  return {
    unit: unitOf(request.organisationId, rules),
    askedBy: personName(request.askedBy, request.askedPostId, rules.directory),
    askedAt: request.askedAt,
    reason: reasons[request.reasonCode] ?? { zh: request.reasonCode },
    note: request.note,
    until: request.until,
    levels: request.levels.map((level, index) => {
      const given = decisions.find((one) => one.level === index + 1)
      return {
        level,
        decision: given
          ? { verdict: given.verdict, opinion: given.opinion, who: personName(given.personId, given.postId, rules.directory), at: given.at }
          : null,
      }
    }),
  }
}

/** 异议: both sides, and why the case was sent where it is. */
function opinionsOf(
  { kind, whistleId, proposedOrganisationId, heardOrganisationId, counterOpinion, counteredAt, dispatchedWhy }: Request,
  rules: Rules,
) {
  return {
    whistleId,
    heard: heardOrganisationId === null ? null : unitOf(heardOrganisationId, rules),
    proposed: proposedOrganisationId === null ? null : unitOf(proposedOrganisationId, rules),
    counter: counterOpinion === null || counteredAt === null ? null : { opinion: counterOpinion, at: counteredAt },
    why: kind === 'objection' ? (dispatchedWhy?.text ?? null) : null,
  }
}

function actsOf(shown: Shown, actor: Actor, services: CaseServices) {
  const { request } = shown
  const mayAct = services.rules().policy.may(actor, 'request.ask')
  const holds = (organisationId: string | null): boolean => mayAct && actor.posts.some((post) => post.organisationId === organisationId)
  return {
    mayDecide: mayDecide(shown, actor, services),
    mayWithdraw: holds(request.organisationId),
    mayAnswer: request.counteredAt === null && holds(request.heardOrganisationId),
  }
}

function mayDecide({ request, decisions, record }: Shown, actor: Actor, services: CaseServices): boolean {
  try {
    const rules = services.rules()
    const { hearingHours } = rules.catalogue.whistle
    const facts = factsFor({ by: { actor, requestId: '' } }, record as CaseRecord, rules, services.clock.now())
    checkDecider(
      request,
      decisions,
      record as CaseRecord,
      { expectedVersion: request.version },
      { ...facts, personId: actor.personId ?? '', hearingHours },
    )
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

const unitOf = (id: string, rules: Rules) => ({ id, name: organisationName(id, rules) ?? { zh: '（已撤销）', en: '(dissolved)' } })

/** Adjudications that bear on a case: the same condition of the same matter in its district. */
export async function precedentsFor(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }): Promise<PrecedentView[]> {
  const rules = services.rules()
  return inTransaction(services.database, async (tx: ReadTx) => {
    const record = await visibleCase(tx, actor, rules, key)
    if (!rules.policy.may(actor, 'request.review', subjectOf(record))) throw refuse.notYours({ move: '先例' })
    const condition = rules.catalogue.condition(record.conditionId ?? '')
    if (!condition) return []
    const { matterId, code: conditionCode } = condition
    const found = await store.precedentsOf(own(tx), { districtCode: key.districtCode, matterId, conditionCode, areaCode: record.areaCode })
    // A reader of one area learns nothing of cases elsewhere.
    const readable = found.filter((one) => rules.policy.may(actor, 'request.review', subjectOf({ ...one, organisationIds: [] })))
    return readable.map((one) => ({
      districtCode: one.districtCode,
      id: one.id,
      caseId: one.caseId,
      number: one.caseNumber,
      place: placeName(one.areaCode, rules),
      objecting: organisationName(one.objectingOrganisationId, rules),
      responsible: organisationName(one.organisationId, rules),
      summoned: one.summoned,
      upheld: one.upheld,
      opinion: one.opinion,
      isRule: one.isRule,
      decidedAt: one.decidedAt,
    }))
  })
}

/** The rules of every kind with all their days, for the page that changes them. */
export async function kindRules(services: CaseServices): Promise<RequestKindRule[]> {
  return inTransaction(services.database, (tx: Tx<store.RequestTables>) => store.readKinds(tx))
}

/** Units in force that serve a district or a part of it, by code. Their names are no secret to anybody who works on cases. */
export function unitsOf(services: CaseServices, districtCode: string) {
  const { directory, on } = services.rules()
  return [...directory.organisations.values()]
    .filter(({ areaCode, validFrom, validTo }) => liesWithin(areaCode, districtCode) && validFrom <= on && (validTo === null || on < validTo))
    .map(({ id, name }) => ({ id, name }))
}
