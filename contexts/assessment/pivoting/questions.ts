import { organisationName } from '#contexts/cases/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { indicators, ratio, type IndicatorKey } from '../indicators.ts'
import { filterOf, type FigureScope, type FigureServices } from '../questions.ts'
import { refuse } from '../refusals.ts'
import { areaOf, levelBelow, tallyFilter } from '../sight.ts'
import { pivotFacts, type FigureTables, type FigureTx } from '../store.ts'
import { keyOf, matterNames, pivotTally, type Grouping, type TallyTables, type TallyTx } from '../tallying/store.ts'
import type { TallyKey } from '../tallying/tallies.ts'
import type { Dimension, Pivot, PivotCell, PivotMeasureKey } from './contract.ts'
import { pivotMeasure, pivotMeasureKeys } from './measures.ts'
import { daysOfSpan, spansOf, type Span } from './spans.ts'

type PivotTx = Tx<FigureTables & TallyTables>
export interface PivotInput extends FigureScope {
  readonly measure: PivotMeasureKey
  readonly rows: Dimension
  readonly columns: Dimension | 'none'
}
interface Found {
  readonly row: string
  readonly column: string
  readonly cell: PivotCell
}
type Ask = (by: Dimension | 'none', across: Dimension | 'none') => Promise<Found[]>

const MOST_COLUMNS = 62
const MOST_ROWS = 200
const isTime = (dimension: Dimension | 'none'): dimension is Span => ['day', 'week', 'month'].includes(dimension)

/** A measure in rows and columns. Totals are asked for themselves: a case that falls into two spans of time counts once in the whole period. */
export async function pivotOf(services: FigureServices, actor: Actor, input: PivotInput): Promise<Pivot> {
  const { rows: by, columns: across } = input
  if (by === across || (isTime(by) && isTime(across))) throw refuse.sameDimension({}, 'columns')
  const rules = services.rules()
  const measure = pivotMeasure(input.measure)
  const { period, now, ...rest } = tallyFilter(services, actor, input)
  for (const time of [by, across].filter(isTime)) checkSpans(time, spansOf(time, period).length)
  const { found, names } = await inTransaction(services.database, async (tx: PivotTx) => {
    const ask = asking(tx, services, actor, input)
    const answers = {
      cells: await ask(by, across),
      rows: await ask(by, 'none'),
      columns: await ask(across, 'none'),
      total: await ask('none', 'none'),
    }
    const keys = answers.cells.flatMap(({ row, column }) => [...(by === 'matter' ? [row] : []), ...(across === 'matter' ? [column] : [])])
    return { found: answers, names: await matterNames(tx as unknown as TallyTx, rest, [...new Set(keys)]) }
  })
  const nameOf = (dimension: Dimension | 'none', key: string): Wording | null => {
    if (dimension === 'area') return key === '' ? null : (rules.territory.area(key)?.name ?? { zh: key })
    if (dimension === 'unit') return organisationName(key || null, rules)
    if (dimension === 'matter') return names.find(({ zh }) => zh === key) ?? null
    return key === '' ? null : { zh: key }
  }
  const heads = (dimension: Dimension | 'none', totals: readonly Found[]) =>
    headsOf(dimension, totals, period).map((key) => ({ key, name: nameOf(dimension, key) }))
  const rows = heads(by, found.rows).slice(0, MOST_ROWS)
  const columns = across === 'none' ? [] : heads(across, found.columns)
  const cells = new Map(found.cells.map(({ row, column, cell }) => [`${row}\t${column}`, cell]))
  const totalOf = (totals: readonly Found[], key: string): PivotCell => totals.find(({ row }) => row === key)?.cell ?? nothing(measure.unit)
  const { of, ...shown } = measure
  return {
    now,
    from: period.from,
    to: period.to,
    area: rules.territory.area(areaOf(actor, input.areaCode))?.name ?? null,
    sample: rules.sample,
    measure: { key: input.measure, ...shown },
    measures: pivotMeasureKeys.map((key) => ({ key, name: pivotMeasure(key).name })),
    behind: 'tally' in of ? { kind: 'tally', key: of.tally } : { kind: 'figure', key: of.figure },
    rows,
    columns,
    cells: rows.map((row) => columns.map((column) => cells.get(`${row.key}\t${column.key}`) ?? null)),
    rowTotals: rows.map(({ key }) => totalOf(found.rows, key)),
    columnTotals: columns.map(({ key }) => totalOf(found.columns, key)),
    total: found.total[0]?.cell ?? nothing(measure.unit),
  }
}

function checkSpans(span: Span, n: number): void {
  const names = { day: { zh: '日', en: 'day' }, week: { zh: '周', en: 'week' }, month: { zh: '月', en: 'month' } }
  if (n > MOST_COLUMNS) throw refuse.tooManyColumns({ span: names[span].zh, n, most: MOST_COLUMNS }, 'columns')
}

const nothing = (unit: 'cases' | 'share' | 'hours'): PivotCell => ({
  value: unit === 'cases' ? 0 : null,
  numerator: 0,
  denominator: unit === 'share' ? 0 : null,
})

/** Time in its order and whole; everything else by how many cases it has. */
function headsOf(dimension: Dimension | 'none', totals: readonly Found[], period: { from: LocalDate; to: LocalDate }): string[] {
  if (isTime(dimension)) return spansOf(dimension, period)
  const weight = ({ cell }: Found): number => cell.denominator ?? cell.numerator
  return totals.toSorted((one, other) => weight(other) - weight(one) || (one.row < other.row ? -1 : 1)).map(({ row }) => row)
}

function asking(tx: PivotTx, services: FigureServices, actor: Actor, input: PivotInput): Ask {
  const level = levelBelow(areaOf(actor, input.areaCode))
  const grouping = (by: Dimension | 'none'): Grouping | null =>
    by === 'none' ? null : { by, digits: codeDigits[level ?? 'community'], zone: services.zone }
  const { of, unit } = pivotMeasure(input.measure)
  return 'tally' in of
    ? tallyAsk(tx, services, actor, { input, grouping, tally: of.tally, hours: unit === 'hours' })
    : figureAsk(tx, services, actor, { input, grouping, figure: of.figure })
}

function tallyAsk(
  tx: PivotTx,
  services: FigureServices,
  actor: Actor,
  { input, grouping, tally, hours }: { input: PivotInput; grouping: (by: Dimension | 'none') => Grouping | null; tally: TallyKey; hours: boolean },
): Ask {
  const { period: _period, ...filter } = tallyFilter(services, actor, input)
  return async (by, across) => {
    const cells = await pivotTally(tx as unknown as TallyTx, tally, filter, { by: grouping(by), across: grouping(across) })
    return cells.map(({ row, column, count, hours: mean }) => ({
      row,
      column,
      cell: { value: hours ? mean : count, numerator: count, denominator: null },
    }))
  }
}

// A figure's clock decides what falls into a span, so each span of time is a period of its own.
function figureAsk(
  tx: PivotTx,
  services: FigureServices,
  actor: Actor,
  { input, grouping, figure }: { input: PivotInput; grouping: (by: Dimension | 'none') => Grouping | null; figure: IndicatorKey },
): Ask {
  const whole = filterOf(services, actor, input)
  const one = async (scope: FigureScope, by: Dimension | 'none', across: Dimension | 'none'): Promise<Found[]> => {
    const perUnit = by === 'unit' || across === 'unit'
    const key = (dimension: Dimension | 'none') => {
      const group = grouping(dimension)
      return group === null || isTime(dimension) ? null : keyOf(group, 'unit_id')
    }
    const filter = { ...filterOf(services, actor, scope), perUnit }
    const cells = await pivotFacts(tx as unknown as FigureTx, indicators[figure], filter, { by: key(by), across: key(across) })
    return cells.map(({ row, column, numerator, denominator }) => ({
      row,
      column,
      cell: { value: ratio(numerator, denominator), numerator, denominator },
    }))
  }
  return async (by, across) => {
    const time = [by, across].find(isTime)
    if (time === undefined) return one(input, by, across)
    const found: Found[] = []
    for (const start of spansOf(time, whole.period)) {
      const cells = await one({ ...input, ...daysOfSpan(time, start, whole.period) }, by, across)
      found.push(...cells.map(({ row, column, cell }) => ({ row: by === time ? start : row, column: across === time ? start : column, cell })))
    }
    return found
  }
}
