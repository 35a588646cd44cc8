import { countAreas, countCases } from '#contexts/cases/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { addDays, instantAt, localDate, type LocalDate } from '#kernel/clock.ts'
import { codeDigits, type Level } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { z } from 'zod'
import { targetOn } from '../aiming/target.ts'
import { readTargets, type TargetTx } from '../aiming/store.ts'
import { ratio } from '../indicators.ts'
import { countFigures, filterOf, type FigureScope, type FigureServices } from '../questions.ts'
import { byCounting } from '../reach.ts'
import { areaOf, levelBelow, tallyFilter } from '../sight.ts'
import { countTally, overdueAt, pivotTally, turnsByDay, type TallyFilter, type TallyTx } from '../tallying/store.ts'
import type { MeasureView, readCockpit, readTrends } from './contract.ts'
import { measureKeys, measures, type Measure, type MeasureKey } from './measures.ts'

interface Counted {
  readonly value: number | null
  readonly numerator: number
  readonly denominator: number | null
}

/** Measures that are figures. */
const shareKeys = ['dispose_ontime', 'satisfied'] as const
type ShareKey = (typeof shareKeys)[number]

type Cockpit = z.infer<typeof readCockpit.reply>
type Trends = z.infer<typeof readTrends.reply>

/** The six measures with their targets, and how much work the areas below have. Stocks are those of the desk's own views. */
export async function cockpitOf(services: FigureServices, actor: Actor, scope: FigureScope): Promise<Cockpit> {
  const rules = services.rules()
  const { period, ...filter } = tallyFilter(services, actor, scope, byCounting)
  const [views, figures, tallied, targets, loads] = await Promise.all([
    countCases(services, actor, scope.areaCode, ['open', 'overdue'], byCounting.cases),
    countFigures(services, shareKeys, filterOf(services, actor, scope, byCounting)),
    inTransaction(services.database, async (tx: TallyTx) => ({
      repeated: await countTally(tx, 'repeated', filter),
      handled: await countTally(tx, 'handled', filter),
    })),
    inTransaction(services.database, (tx: TargetTx) => readTargets(tx)),
    loadsOf(services, actor, scope),
  ])
  const share = (key: ShareKey): Counted => {
    const { numerator, denominator } = figures.get('')?.get(key) ?? { numerator: 0, denominator: 0 }
    return { value: ratio(numerator, denominator), numerator, denominator }
  }
  const count = (n: number): Counted => ({ value: n, numerator: n, denominator: null })
  const counted: Record<MeasureKey, Counted> = {
    open: count(views.open),
    dispose_ontime: share('dispose_ontime'),
    overdue: count(views.overdue),
    repeated: count(tallied.repeated.count),
    satisfied: share('satisfied'),
    handling_time: { value: tallied.handled.hours, numerator: tallied.handled.count, denominator: null },
  }
  const here = areaOf(actor, scope.areaCode)
  return {
    now: filter.now,
    from: period.from,
    to: period.to,
    area: rules.territory.area(here)?.name ?? null,
    sample: rules.sample,
    measures: measureKeys.map((key) => ({ ...viewOf(key, counted[key]), target: targetOn(targets, key, here, period.to) })),
    ...loads,
  }
}

function viewOf(key: MeasureKey, counted: Counted): Omit<MeasureView, 'target'> {
  const { behind, ...measure }: Measure = measures[key]
  const of = behind.kind === 'view' ? behind.view : behind.kind === 'figure' ? behind.figure : behind.tally
  return { key, ...measure, ...counted, behind: { kind: behind.kind, key: of } }
}

const noLoad = { open: 0, overdue: 0, reported: 0, closed: 0 }

/** Open, overdue, new and closed cases of the areas one level below. */
export async function loadsOf(services: FigureServices, actor: Actor, scope: FigureScope): Promise<Pick<Cockpit, 'areas' | 'unplaced'>> {
  const { territory } = services.rules()
  const level = levelBelow(areaOf(actor, scope.areaCode))
  if (level === undefined) return { areas: [], unplaced: noLoad }
  const { period: _period, ...filter } = tallyFilter(services, actor, scope, byCounting)
  const [stock, reported, closed] = await Promise.all([
    countAreas(services, actor, { view: 'open', areaCode: scope.areaCode, level, right: byCounting.cases }),
    byArea(services, 'reported', filter, level),
    byArea(services, 'closed', filter, level),
  ])
  const codes = [...new Set([...stock.items.map(({ areaCode }) => areaCode), ...reported.keys(), ...closed.keys()])].filter((code) => code !== '')
  const open = new Map(stock.items.map((item) => [item.areaCode, item]))
  const flows = (code: string) => ({ reported: reported.get(code) ?? 0, closed: closed.get(code) ?? 0 })
  const areas = codes.toSorted().map((code) => ({
    code,
    name: territory.area(code)?.name ?? { zh: code },
    open: open.get(code)?.count ?? 0,
    overdue: open.get(code)?.overdue ?? 0,
    ...flows(code),
  }))
  return { areas, unplaced: { open: stock.unplaced.count, overdue: stock.unplaced.overdue, ...flows('') } }
}

async function byArea(services: FigureServices, key: 'reported' | 'closed', filter: TallyFilter, level: Level): Promise<Map<string, number>> {
  const by = { by: 'area', digits: codeDigits[level], zone: services.zone } as const
  const cells = await inTransaction(services.database, (tx: TallyTx) => pivotTally(tx, key, filter, { by, across: null }))
  return new Map(cells.map(({ row, count }) => [row, count]))
}

/** The measures day by day. A stock is what stood at the end of the day, and now for today; a share or a mean is that of the day alone. */
export async function trendsOf(
  services: FigureServices,
  actor: Actor,
  { areaCode, to, days }: { areaCode?: string | undefined; to?: string | undefined; days: number },
): Promise<Trends> {
  const now = services.clock.now()
  const last = (to as LocalDate | undefined) ?? localDate(now, services.zone)
  const dates = Array.from({ length: days }, (_, index) => addDays(last, index - days + 1))
  const scope = { from: dates[0], to: last, areaCode }
  const { period: _period, ...filter } = tallyFilter(services, actor, scope, byCounting)
  const ends = dates.map((date) => instantAt(addDays(date, 1), 0, services.zone))
  const [views, tallied, shares] = await Promise.all([
    countCases(services, actor, areaCode, ['open', 'overdue'], byCounting.cases),
    inTransaction(services.database, async (tx: TallyTx) => {
      const by = { by: 'day', digits: 0, zone: services.zone } as const
      // What changed after the last day shown is undone as well.
      const turns = await turnsByDay(tx, { ...filter, until: instantAt(addDays(localDate(now, services.zone), 1), 0, services.zone) }, services.zone)
      const repeated = await pivotTally(tx, 'repeated', filter, { by, across: null })
      const handled = await pivotTally(tx, 'handled', filter, { by, across: null })
      return { turns, repeated, handled, overdue: await overdueAt(tx, filter, ends) }
    }),
    // Each day is a period of its own.
    countFigures(services, shareKeys, { ...filterOf(services, actor, scope, byCounting), span: { by: 'day', zone: services.zone } }),
  ])
  const share = (date: LocalDate, key: ShareKey): number | null => {
    const { numerator, denominator } = shares.get(date)?.get(key) ?? { numerator: 0, denominator: 0 }
    return ratio(numerator, denominator)
  }
  const stock = (date: LocalDate): number => views.open - tallied.turns.filter(({ day }) => day > date).reduce((sum, { change }) => sum + change, 0)
  const isToday = (date: LocalDate): boolean => date === localDate(now, services.zone)
  const values: Record<MeasureKey, (number | null)[]> = {
    open: dates.map(stock),
    dispose_ontime: dates.map((date) => share(date, 'dispose_ontime')),
    overdue: dates.map((date, index) => (isToday(date) ? views.overdue : (tallied.overdue[index] ?? 0))),
    repeated: dates.map((date) => tallied.repeated.find(({ row }) => row === date)?.count ?? 0),
    satisfied: dates.map((date) => share(date, 'satisfied')),
    handling_time: dates.map((date) => tallied.handled.find(({ row }) => row === date)?.hours ?? null),
  }
  return { now, days: dates, series: measureKeys.map((key) => ({ key, values: values[key] })) }
}
