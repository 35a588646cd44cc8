import { organisationName, placeName, type CaseServices } from '#contexts/cases/index.ts'
import type { CaseStatus } from '#contexts/cases/lifecycle.ts'
import type { Actor } from '#kernel/actor.ts'
import { packCursor, unpackCursor } from '#kernel/page.ts'
import { inTransaction } from '#platform/database/database.ts'
import { composite } from './composite.ts'
import type { FigureCase, FigurePart, FigureView, listFigures } from './contract.ts'
import { figureSources, indicatorKeys, indicators, ratio, type Indicator, type IndicatorKey } from './indicators.ts'
import { periodOf, type Period } from './period.ts'
import { byReading, districtsIn, wholeDistricts } from './reach.ts'
import { casesOfFigure, compositesOn, countFacts, type Counted, type FigureFilter, type FigureTx } from './store.ts'
import type { z } from 'zod'

/** What figures are counted from. `zone` is the city's. */
export interface FigureServices extends CaseServices {
  readonly zone: string
}

/** Days and area of a question; days as `2026-03-02`, both included. */
export interface FigureScope {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly areaCode?: string | undefined
}

/** Besides, the cases of one matter or of what one unit did; `-` asks for those without. */
export interface NarrowScope extends FigureScope {
  readonly matter?: string | undefined
  readonly organisationId?: string | undefined
  /** A right that must hold for a case besides reading it. */
  readonly alsoNeeds?: string | undefined
}

// A figure of a unit counts what it did as lead, and not what others did before or after it, nor what it helped with.
const where = { districtCode: 'c.district_code', areaCode: 'c.area_code' }
const done = { ...where, organisationId: 'p.organisation_id' }
const opened = { ...where, organisationIds: 'c.organisation_ids' }

// Only cases that the reader may open besides: the list behind a number is the case list's own.
export function filterOf(services: FigureServices, actor: Actor, scope: NarrowScope, by = byReading): FigureFilter & { period: Period } {
  const { policy, districts } = services.rules()
  const now = services.clock.now()
  const period = periodOf(scope, now, services.zone)
  const mayRead = [policy.visible(actor, by.figures, done), policy.visible(actor, by.cases, opened)]
  if (scope.alsoNeeds !== undefined) mayRead.push(policy.visible(actor, scope.alsoNeeds, opened))
  const [matter, organisationId] = [scope.matter, scope.organisationId].map((value) => (value === '-' ? '' : value))
  const permissions = [by.figures, by.cases, ...(scope.alsoNeeds === undefined ? [] : [scope.alsoNeeds])]
  const whole = matter === undefined ? wholeDistricts(policy, actor, { permissions, areaCode: scope.areaCode, column: 'p.district_code' }) : undefined
  const narrow = { whole, areaCode: scope.areaCode, matter, organisationId, perUnit: organisationId !== undefined }
  return { period, since: period.since, until: period.until, now, mayRead, districts: districtsIn(districts, scope.areaCode), ...narrow }
}

/**
 * Figures over the cases that the actor may see, by span of time where the filter has one. Each source is a statement of its own, two of them at a time:
 * the answer takes as long as half of them, and leaves connections to others.
 */
export async function countFigures<K extends IndicatorKey>(
  { database }: FigureServices,
  keys: readonly K[],
  filter: FigureFilter,
): Promise<Map<string, Map<K, Counted>>> {
  const waiting = figureSources.filter((source) => keys.some((key) => indicators[key].source === source))
  const found = new Map<string, Map<K, Counted>>()
  const work = async (): Promise<void> => {
    for (let source = waiting.shift(); source; source = waiting.shift()) {
      const own = keys.filter((key) => indicators[key].source === source).map((key) => [key, indicators[key] as Indicator] as const)
      const from = source
      const counted = await inTransaction(database, (tx: FigureTx) => countFacts(tx, from, own, filter))
      for (const [span, some] of counted) found.set(span, new Map([...(found.get(span) ?? []), ...some]))
    }
  }
  await Promise.all([work(), work()])
  return found
}

/** Every figure of a period and an area, over the cases that the actor may see. */
export async function figuresOf(services: FigureServices, actor: Actor, scope: FigureScope): Promise<z.infer<typeof listFigures.reply>> {
  const filter = filterOf(services, actor, scope)
  const counted = (await countFigures(services, indicatorKeys, filter)).get('')
  const rules = await inTransaction(services.database, (tx: FigureTx) => compositesOn(tx, filter.period.to))
  const figures = indicatorKeys.map((key) => figureOf(key, counted?.get(key) ?? { numerator: 0, denominator: 0, exempted: 0 }))
  const valueOf = (key: IndicatorKey): number | null => figures.find((figure) => figure.key === key)?.value ?? null
  const composites = rules.map(({ parts, ...rule }) => {
    const { missing, ...score } = composite(parts, valueOf)
    const named = parts.map((part) => ({ ...part, name: indicators[part.key].name }))
    return { ...rule, ...score, missing: missing.map((key) => indicators[key].name), parts: named }
  })
  const { from, to } = filter.period
  return { from, to, now: filter.now, figures, composites }
}

function figureOf(key: IndicatorKey, { numerator, denominator, exempted }: Counted): FigureView {
  const { name, clock, better, ...of } = indicators[key]
  return {
    key,
    name,
    numerator,
    numeratorName: of.numerator.name,
    denominator,
    denominatorName: of.denominator.name,
    value: ratio(numerator, denominator),
    exempted,
    clock,
    better,
  }
}

/** The cases of one part of a figure, newest first; `total` is the number that the figure shows. */
export async function figureCases(
  services: FigureServices,
  actor: Actor,
  key: IndicatorKey,
  asked: NarrowScope & { part: FigurePart; cursor?: string | undefined; limit: number },
): Promise<{ items: FigureCase[]; total: number; cursor: string | null }> {
  const rules = services.rules()
  const filter = filterOf(services, actor, asked)
  const after = asked.cursor === undefined ? undefined : (unpackCursor(asked.cursor)?.map(String) as [string, string] | undefined)
  const { rows, total } = await inTransaction(services.database, (tx: FigureTx) =>
    casesOfFigure(tx, indicators[key], asked.part, filter, { after, limit: asked.limit + 1 }),
  )
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const items = page.map(({ districtCode, id, number, status, matterName, areaCode, leadOrganisationId, reportedAt, mainId }) => ({
    districtCode,
    id,
    number,
    status: status as CaseStatus,
    matter: matterName,
    place: placeName(areaCode, rules),
    holder: organisationName(leadOrganisationId, rules),
    reportedAt,
    mainId,
  }))
  return { items, total, cursor: rows.length > asked.limit && last ? packCursor([last.reportedAt, last.id]) : null }
}
