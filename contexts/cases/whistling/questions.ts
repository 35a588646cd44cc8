import { assignmentsOfMany, type Assignment } from '#contexts/assignments/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { addMs, DAY_MS, localDate, type Instant } from '#kernel/clock.ts'
import { districtOf } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { answerFacts } from '../joining/commands.ts'
import { subjectOf, type CaseRecord } from '../record.ts'
import { refuse as refuseCase } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { findCase, type WorkTx } from '../store.ts'
import { milestoneKinds } from '../../assignments/lifecycle.ts'
import type { WhistleView } from '../shapes/contract.ts'
import { kindsOn, type WhistleKind } from './kinds.ts'
import { boardOf, countPerStreet, findWhistle, readKinds, unitNotesOf } from './store.ts'
import { mayApprove, startsWhistles, suggestedUnits, summonable } from './summons.ts'
import { kindOfWhistle, whistleFacts, whistleView } from './view.ts'
import { rateOf, type Whistle } from './whistle.ts'
import { reword } from './lifecycle.ts'
import type { Request } from '../requesting/request.ts'
import { summonsObjections, summonsPrecedents } from '../requesting/store.ts'

/** Ended whistles stay on the board for so long. */
const ENDED_DAYS = 14

export interface BoardInput {
  readonly areaCode?: string | undefined
  readonly kind?: string | undefined
  readonly organisationId?: string | undefined
  readonly late?: boolean | undefined
  readonly limit: number
}

/** What the city calls it, and the kinds that may be chosen today. */
export async function whistleSettings(services: CaseServices) {
  const { catalogue } = services.rules()
  const on = localDate(services.clock.now(), catalogue.calendar.zone)
  const kinds = await inTransaction(services.database, (tx: WorkTx) => readKinds(tx))
  const { word, answer } = catalogue.whistle
  return {
    words: { word, answer },
    kinds: kindsOn(kinds, on).map(({ kind, name, limits, needsApproval }) => ({
      code: kind,
      name: reword(name, catalogue.whistle),
      limits: milestoneKinds.flatMap((clock) => (limits[clock] ? [{ clock, ...limits[clock] }] : [])),
      needsApproval,
    })),
  }
}

/** Every kind of whistle with all its days, for the page that changes them. */
export async function allKinds(services: CaseServices): Promise<WhistleKind[]> {
  return inTransaction(services.database, (tx: WorkTx) => readKinds(tx))
}

/** Whom a street may summon at a place, whom the catalogue names there, and what was adjudicated last about summoning each to the matter. */
export async function whistleSuggestion(services: CaseServices, { areaCode, conditionId }: { areaCode: string; conditionId?: string | undefined }) {
  const rules = services.rules()
  const districtCode = districtOf(areaCode) ?? ''
  const condition = rules.catalogue.condition(conditionId ?? '')
  const of = condition && { districtCode, matterId: condition.matterId, conditionCode: condition.code }
  const found = of ? await inTransaction(services.database, (tx: WorkTx) => summonsPrecedents(tx, of)) : []
  const precedents = new Map(found.map(({ organisationId, upheld, decidedAt }) => [organisationId, { upheld, decidedAt }]))
  return {
    duty: condition?.duty ?? null,
    suggested: conditionId === undefined ? [] : suggestedUnits(conditionId, areaCode, rules),
    units: summonable(districtCode, rules).map(({ id, name }) => ({ id, name, precedent: precedents.get(id) ?? null })),
  }
}

interface Sight {
  readonly whistle: Whistle
  readonly record: CaseRecord
}

/** One whistle on a case that the actor may see. */
export async function oneWhistle(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }): Promise<WhistleView> {
  const rules = services.rules()
  const now = services.clock.now()
  return inTransaction(services.database, async (tx: WorkTx) => {
    const whistle = await findWhistle(tx, key.districtCode, key.id)
    const record = whistle && (await findCase(tx, whistle.districtCode, whistle.caseId))
    if (!whistle || !record || !rules.policy.may(actor, 'case.read', subjectOf(record))) throw refuseCase.notFound()
    const [view] = await viewsOf(tx, [{ whistle, record }], actor, { rules, now, kinds: await readKinds(tx) })
    return view as WhistleView
  })
}

/** Whistles on the cases that the actor may see, the newest first. */
export async function listWhistles(
  services: CaseServices,
  actor: Actor,
  input: BoardInput,
): Promise<{ items: WhistleView[]; complete: boolean; mayStart: boolean }> {
  const rules = services.rules()
  const now = services.clock.now()
  const { late = false, limit, ...narrowing } = input
  const mayRead = rules.policy.visible(actor, 'case.read', 'case', 'c')
  return inTransaction(services.database, async (tx: WorkTx) => {
    const filter = { mayRead, ...narrowing, endedSince: addMs(now, -ENDED_DAYS * DAY_MS), limit: limit + 1 }
    const [found, kinds] = await Promise.all([boardOf(tx, filter), readKinds(tx)])
    const views = await viewsOf(tx, found.slice(0, limit), actor, { rules, now, kinds })
    return { items: late ? views.filter((view) => view.late) : views, complete: found.length <= limit, mayStart: startsWhistles(actor, rules) }
  })
}

async function viewsOf(
  tx: WorkTx,
  sights: readonly Sight[],
  actor: Actor,
  { rules, now, kinds }: { rules: Rules; now: Instant; kinds: readonly WhistleKind[] },
): Promise<WhistleView[]> {
  const assignments = new Map<string, readonly Assignment[]>()
  const notes: Awaited<ReturnType<typeof unitNotesOf>> = []
  const objections: Request[] = []
  for (const [districtCode, own] of Map.groupBy(sights, ({ record }) => record.districtCode)) {
    const ids = [...new Set(own.map(({ record }) => record.id))]
    const [parts, words, objected] = await Promise.all([
      assignmentsOfMany(tx, districtCode, ids),
      unitNotesOf(tx, districtCode, ids),
      summonsObjections(tx, districtCode, ids),
    ])
    objections.push(...objected)
    for (const [id, some] of parts) assignments.set(id, some)
    notes.push(...words)
  }
  const notesByCase = Map.groupBy(notes, (note) => note.caseId)
  const objectionsByCase = Map.groupBy(objections, (one) => one.caseId)
  return sights.map(({ whistle, record }) => {
    const facts = whistleFacts(answerFacts(actor, record, rules, now), kindOfWhistle(kinds, whistle), mayApprove(actor, record, rules), rules)
    const of = { assignments: assignments.get(record.id) ?? [], notes: notesByCase.get(record.id) ?? [] }
    return whistleView({ whistle, record, ...of, objections: objectionsByCase.get(record.id) ?? [], facts }, rules)
  })
}

/** 吹哨率 of every street whose figures the actor may read. Counts are of the whole street, so that everybody reads the same number. */
export async function whistleRates(services: CaseServices, actor: Actor) {
  const { directory, districts, catalogue, policy, on } = services.rules()
  const { rate } = catalogue.whistle
  const since = addMs(services.clock.now(), -rate.days * DAY_MS)
  const counted = await inTransaction(services.database, (tx: WorkTx) => countPerStreet(tx, districts, since))
  const streets = [...directory.organisations.values()].filter(
    ({ id, kind, areaCode, validTo }) =>
      kind === 'street_office' &&
      (validTo === null || on < validTo) &&
      policy.may(actor, 'figures.read', { districtCode: areaCode.slice(0, 6), areaCode, organisationIds: [id] }),
  )
  return {
    ...rate,
    items: streets.map(({ id, name, areaCode }) => {
      const counts = { whistles: counted.whistles.get(id) ?? 0, cases: counted.cases.get(areaCode) ?? 0 }
      return { organisation: { id, name }, areaCode, ...counts, ...rateOf(counts, rate) }
    }),
  }
}
