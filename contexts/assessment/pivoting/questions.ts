import { organisationName } from '#contexts/cases/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { indicators, ratio, type IndicatorKey } from '../indicators.ts'
import { filterOf, type FigureScope, type FigureServices } from '../questions.ts'
import { refuse } from '../refusals.ts'
import { areaOf, levelBelow, tallyFilter } from '../sight.ts'
import { pivotFacts, type FigureTx } from '../store.ts'
import { namesOf } from '../tallying/questions.ts'
import { keyOf, pivotTally, type Grouping, type TallyTx } from '../tallying/store.ts'
import type { TallyKey } from '../tallying/tallies.ts'
import type { Dimension, Pivot, PivotCell, PivotMeasureKey } from './contract.ts'
import { pivotMeasure, pivotMeasureKeys } from './measures.ts'
import { spansOf, type Span } from './spans.ts'

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
  const ask = asking(services, actor, input)
  const [inner, rowTotals, columnTotals, total] = await Promise.all([ask(by, across), ask(by, 'none'), ask(across, 'none'), ask('none', 'none')])
  const keys = inner.flatMap(({ row, column }) => [...(by === 'matter' ? [row] : []), ...(across === 'matter' ? [column] : [])])
  const found = { cells: inner, rows: rowTotals, columns: columnTotals, total }
  const names = await namesOf(services, rest, keys)
  const nameOf = (dimension: Dimension | 'none', key: string): Wording | null => {
    if (dimension === 'area') return key === '' ? null : (rules.territory.area(key)?.name ?? { zh: key })
    if (dimension === 'unit') return organisationName(key || null, rules)
    if (dimension === 'matter') return names.get(key) ?? null
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

// What is asked twice is counted once, and two statements at a time leave connections to others.
function asking(services: FigureServices, actor: Actor, input: PivotInput): Ask {
  const level = levelBelow(areaOf(actor, input.areaCode))
  const grouping = (by: Dimension | 'none'): Grouping | null =>
    by === 'none' ? null : { by, digits: codeDigits[level ?? 'community'], zone: services.zone }
  const { of, unit } = pivotMeasure(input.measure)
  const ask =
    'tally' in of
      ? tallyAsk(services, actor, { input, grouping, tally: of.tally, hours: unit === 'hours' })
      : figureAsk(services, actor, { input, grouping, figure: of.figure })
  const lanes: Promise<unknown>[] = [Promise.resolve(), Promise.resolve()]
  const asked = new Map<string, Promise<Found[]>>()
  return (by, across) => {
    const key = `${by} ${across}`
    const lane = asked.size % lanes.length
    const answer = asked.get(key) ?? (lanes[lane] as Promise<unknown>).then(() => ask(by, across))
    if (!asked.has(key)) lanes[lane] = answer
    asked.set(key, answer)
    return answer
  }
}

type Groupings = (by: Dimension | 'none') => Grouping | null

function tallyAsk(
  services: FigureServices,
  actor: Actor,
  { input, grouping, tally, hours }: { input: PivotInput; grouping: Groupings; tally: TallyKey; hours: boolean },
): Ask {
  const { period: _period, ...filter } = tallyFilter(services, actor, input)
  return async (by, across) => {
    const dimensions = { by: grouping(by), across: grouping(across) }
    const cells = await inTransaction(services.database, (tx: TallyTx) => pivotTally(tx, tally, filter, dimensions))
    return cells.map(({ row, column, count, hours: mean }) => ({
      row,
      column,
      cell: { value: hours ? mean : count, numerator: count, denominator: null },
    }))
  }
}

// A figure's clock decides what falls into a span, so each span of time is a period of its own.
function figureAsk(
  services: FigureServices,
  actor: Actor,
  { input, grouping, figure }: { input: PivotInput; grouping: Groupings; figure: IndicatorKey },
): Ask {
  const key = (dimension: Dimension | 'none') => {
    const group = grouping(dimension)
    return group === null ? null : keyOf(group, 'unit_id')
  }
  return async (by, across) => {
    const time = [by, across].find(isTime)
    const span = time && { by: time, zone: services.zone }
    const { whole, ...filter } = filterOf(services, actor, input)
    // Matter and area are the case's own.
    const isOfCase = [by, across].some((dimension) => dimension === 'matter' || dimension === 'area')
    const asked = { ...filter, whole: isOfCase ? undefined : whole, perUnit: by === 'unit' || across === 'unit', span }
    const cells = await inTransaction(services.database, (tx: FigureTx) =>
      pivotFacts(tx, indicators[figure], asked, { by: key(by), across: key(across) }),
    )
    return cells.map(({ row, column, numerator, denominator }) => ({
      row,
      column,
      cell: { value: ratio(numerator, denominator), numerator, denominator },
    }))
  }
}
