/** What a pivot looks like as a chart. Pure: the drawing is in ChartBox.vue, the same numbers are in the table below it. */
import { amountWords, type Unit } from '#contexts/assessment/ui/amounts.ts'

export interface Drawn {
  readonly names: readonly string[]
  readonly columns: readonly string[]
  /** By row and column; without columns one value a row. */
  readonly values: readonly (readonly (number | null)[])[]
  readonly unit: Unit
  /** Columns are spans of time, or rows are. */
  readonly time: 'rows' | 'columns' | null
}
export interface Inks {
  readonly text: string
  readonly soft: string
  readonly line: string
  readonly surface: string
  readonly font: string
  readonly hues: readonly string[]
}
type Part = Record<string, unknown>

/** Rows that a chart can show and still be read. */
export const DRAWN_ROWS = { bars: 15, lines: 8 } as const

const round = (value: number): number => Math.round(value * 10) / 10
const scaled = (value: number | null, unit: Unit): number | null => (value === null ? null : round(unit === 'share' ? value * 100 : value))

/** Options of ECharts: lines where a side is time, else bars; words in the reader's language, colours of the theme. */
export function chartOption(drawn: Drawn, inks: Inks): Part {
  const { category, value } = axes(drawn, inks)
  const text = { color: inks.soft, fontFamily: inks.font }
  const hasLegend = drawn.time === 'columns' || drawn.columns.length > 0
  const base = {
    animation: false,
    color: inks.hues,
    textStyle: { fontFamily: inks.font, color: inks.text },
    tooltip: tooltip(drawn, inks),
    grid: { left: 8, right: 24, top: hasLegend ? 44 : 12, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    ...(hasLegend ? { legend: { top: 0, left: 0, type: 'scroll', textStyle: text, pageTextStyle: text } } : {}),
  }
  if (drawn.time !== null) {
    const data = drawn.time === 'rows' ? drawn.names : drawn.columns
    return { ...base, xAxis: { ...category, data }, yAxis: value, series: lines(drawn) }
  }
  const names = { ...category, inverse: true, data: drawn.names.slice(0, DRAWN_ROWS.bars), axisLabel: { ...text, width: 150, overflow: 'truncate' } }
  return { ...base, xAxis: value, yAxis: names, series: bars(drawn) }
}

function axes({ unit, time }: Drawn, inks: Inks): { category: Part; value: Part } {
  const text = { color: inks.soft, fontFamily: inks.font }
  const stroke = { lineStyle: { color: inks.line } }
  // Shares over time are told apart near the top; bars always begin at nothing.
  const near = { max: 100, min: (range: { min: number }) => Math.max(0, Math.floor(range.min / 10) * 10) }
  return {
    category: { type: 'category', axisLabel: { ...text, hideOverlap: true }, axisLine: stroke, axisTick: { show: false } },
    value: {
      type: 'value',
      axisLabel: { ...text, formatter: unit === 'share' ? '{value}%' : '{value}' },
      splitLine: stroke,
      ...(unit === 'share' && time !== null ? near : {}),
    },
  }
}

function tooltip({ unit, time }: Drawn, inks: Inks): Part {
  const words = (found: unknown): string => (typeof found === 'number' ? amountWords(unit === 'share' ? found / 100 : found, unit) : '–')
  const textStyle = { color: inks.text, fontFamily: inks.font }
  const looks = { backgroundColor: inks.surface, borderColor: inks.line, textStyle }
  return { trigger: time === null ? 'item' : 'axis', confine: true, valueFormatter: words, ...looks }
}

function lines({ names, columns, values, unit, time }: Drawn): Part[] {
  const line = (name: string, data: readonly (number | null)[]): Part => ({
    name,
    type: 'line',
    data: data.map((value) => scaled(value, unit)),
    symbolSize: 6,
    lineStyle: { width: 2 },
  })
  if (time === 'columns') return names.slice(0, DRAWN_ROWS.lines).map((name, row) => line(name, values[row] ?? []))
  return (columns.length > 0 ? columns : ['']).slice(0, DRAWN_ROWS.lines).map((name, column) =>
    line(
      name,
      values.map((row) => row[column] ?? null),
    ),
  )
}

function bars({ columns, values, unit }: Drawn): Part[] {
  const stack = columns.length > 0 && unit === 'cases' ? { stack: 'all' } : {}
  return (columns.length > 0 ? columns : ['']).slice(0, DRAWN_ROWS.lines).map((name, column) => ({
    name,
    type: 'bar',
    barMaxWidth: 22,
    ...stack,
    data: values.slice(0, DRAWN_ROWS.bars).map((row) => scaled(row[column] ?? null, unit)),
  }))
}
