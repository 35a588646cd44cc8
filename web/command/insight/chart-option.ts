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

/** Rows that a chart can show and still be read. */
export const DRAWN_ROWS = { bars: 15, lines: 8 } as const

const shown = (value: number | null, unit: Unit): number | null => (value === null ? null : unit === 'share' ? Math.round(value * 1000) / 10 : Math.round(value * 10) / 10)

/** Options of ECharts: lines where a side is time, else bars; words in the reader's language, colours of the theme. */
export function chartOption({ names, columns, values, unit, time }: Drawn, inks: Inks): Record<string, unknown> {
  const isLine = time !== null
  const axisText = { color: inks.soft, fontFamily: inks.font }
  const category = { type: 'category', axisLabel: { ...axisText, hideOverlap: true }, axisLine: { lineStyle: { color: inks.line } }, axisTick: { show: false } }
  const value = {
    type: 'value',
    axisLabel: { ...axisText, formatter: unit === 'share' ? '{value}%' : '{value}' },
    splitLine: { lineStyle: { color: inks.line } },
    ...(unit === 'share' && isLine ? { max: 100, min: (range: { min: number }) => Math.max(0, Math.floor(range.min / 10) * 10) } : {}),
  }
  const tooltip = {
    trigger: isLine ? 'axis' : 'item',
    confine: true,
    backgroundColor: inks.surface,
    borderColor: inks.line,
    textStyle: { color: inks.text, fontFamily: inks.font },
    valueFormatter: (found: unknown) => (typeof found === 'number' ? amountWords(unit === 'share' ? found / 100 : found, unit) : '–'),
  }
  const base = { animation: false, color: inks.hues, textStyle: { fontFamily: inks.font, color: inks.text }, tooltip }
  const grid = { left: 8, right: 24, top: columns.length > 0 || time === 'rows' ? 44 : 12, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' }
  const legend = { top: 0, left: 0, type: 'scroll', textStyle: axisText, pageTextStyle: axisText }
  if (time === 'rows') {
    const series = (columns.length > 0 ? columns : ['']).slice(0, DRAWN_ROWS.lines).map((name, index) => line(name, values.map((row) => shown(row[index] ?? null, unit))))
    return { ...base, grid: { ...grid, top: columns.length > 0 ? 44 : 12 }, ...(columns.length > 0 ? { legend } : {}), xAxis: { ...category, data: names }, yAxis: value, series }
  }
  if (time === 'columns') {
    const series = names.slice(0, DRAWN_ROWS.lines).map((name, index) => line(name, (values[index] ?? []).map((cell) => shown(cell, unit))))
    return { ...base, grid, legend, xAxis: { ...category, data: columns }, yAxis: value, series }
  }
  const rows = names.slice(0, DRAWN_ROWS.bars)
  const series = (columns.length > 0 ? columns.slice(0, DRAWN_ROWS.lines) : ['']).map((name, index) => ({
    name,
    type: 'bar',
    barMaxWidth: 22,
    ...(columns.length > 0 && unit === 'cases' ? { stack: 'all' } : {}),
    data: rows.map((_, row) => shown(values[row]?.[index] ?? null, unit)),
  }))
  return { ...base, grid, ...(columns.length > 0 ? { legend } : {}), xAxis: value, yAxis: { ...category, inverse: true, data: rows, axisLabel: { ...axisText, width: 150, overflow: 'truncate' } }, series }
}

const line = (name: string, data: readonly (number | null)[]) => ({ name, type: 'line', data, symbolSize: 6, lineStyle: { width: 2 } })
