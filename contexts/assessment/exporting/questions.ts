import { stringify } from 'csv-stringify/sync'
import type { Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import type { Language, Wording } from '#kernel/refusal.ts'
import { statusNames } from '#contexts/cases/lifecycle.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import type { FigureCase, FigurePart } from '../contract.ts'
import { indicators, type IndicatorKey } from '../indicators.ts'
import { pivotOf, type PivotInput } from '../pivoting/questions.ts'
import { figureCases, type FigureServices } from '../questions.ts'
import { areaOf, tallyFilter, type TallyScope } from '../sight.ts'
import { tallyCases } from '../tallying/questions.ts'
import { tallies, type TallyKey } from '../tallying/tallies.ts'
import { exportFigureCases, exportTallyCases } from './contract.ts'
import { sheetHead, wallText, type Cell, type SheetHead } from './sheet.ts'

const PAGE = 200
// What callers and cities wrote stays text where a spreadsheet would run it as a formula; without a byte order mark Excel reads Chinese as another encoding.
const table = { escape_formulas: true, record_delimiter: 'windows' } as const
const byteOrderMark = '\uFEFF'

/** Rows of a file, safe to open in a spreadsheet. */
export function sheetRows(rows: readonly (readonly Cell[])[]): string {
  return rows.length === 0 ? '' : stringify(rows as Cell[][], table)
}

type Say = (wording: Wording | null) => string
const sayIn =
  (language: Language): Say =>
  (wording) =>
    wording === null ? '' : language === 'en' ? (wording.en ?? wording.zh) : wording.zh

/** Records who takes which figures out of the house, before the first row leaves. */
export async function recordFile(services: FigureServices, doing: Doing, key: string, scope: TallyScope): Promise<void> {
  const { districts } = tallyFilter(services, doing.actor, scope)
  const events = services
    .rules()
    .districts.filter((code) => districts.includes(code))
    .map((districtCode) => ({
      type: 'assessment.exported',
      version: 1,
      districtCode,
      subjectKind: 'export',
      subjectId: newId(),
      subjectVersion: 1,
      happenedAt: services.clock.now(),
      data: { key, areaCode: scope.areaCode ?? null, from: scope.from ?? null, to: scope.to ?? null },
    }))
  await inTransaction(services.database, (tx: Tx<never>) => emit(tx, doing, events))
}

function headOf(services: FigureServices, actor: Actor, of: Pick<SheetHead, 'title' | 'meaning' | 'filters'>, scope: TallyScope): SheetHead {
  const rules = services.rules()
  const { period, now } = tallyFilter(services, actor, scope)
  const area = rules.territory.area(areaOf(actor, scope.areaCode))?.name ?? null
  return { ...of, from: period.from, to: period.to, area, now, by: actor.kind === 'person' ? actor.name : '', sample: rules.sample }
}

/** The table of the analysis as it stands on the screen, with its totals. Shares are numbers of 0 to 1. */
export async function pivotFile(services: FigureServices, actor: Actor, input: PivotInput, language: Language): Promise<string> {
  const say = sayIn(language)
  const pivot = await pivotOf(services, actor, input)
  const total = say({ zh: '合计', en: 'Total' })
  const digits = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)
  const name = (head: { key: string; name: Wording | null }): string => say(head.name) || '–'
  const head = headOf(services, actor, { title: pivot.measure.name, meaning: pivot.measure.meaning, filters: [] }, input)
  const rows = pivot.rows.map((row, index) => [
    name(row),
    ...(pivot.cells[index] ?? []).map((cell) => digits(cell?.value ?? null)),
    digits(pivot.rowTotals[index]?.value ?? null),
  ])
  const foot = [total, ...pivot.columnTotals.map(({ value }) => digits(value)), digits(pivot.total.value)]
  return byteOrderMark + sheetRows([...sheetHead(head, ['', ...pivot.columns.map(name), total], language, services.zone), ...rows, foot])
}

const columns = (say: Say): string[] =>
  [
    { zh: '编号', en: 'Number' },
    { zh: '状态', en: 'Status' },
    { zh: '事项', en: 'Matter' },
    { zh: '地点', en: 'Place' },
    { zh: '责任单位', en: 'Unit' },
    { zh: '反映时间', en: 'Reported' },
  ].map(say)

type Row = Pick<FigureCase, 'number' | 'status' | 'matter' | 'place' | 'holder' | 'reportedAt'>
const cells = (row: Row, say: Say, zone: string): string[] => [
  row.number,
  say(statusNames[row.status]),
  say(row.matter),
  say(row.place),
  say(row.holder),
  wallText(row.reportedAt as Parameters<typeof wallText>[0], zone),
]

/** Pages of a list as lines, after the head of the file. */
async function* linesOf(
  services: FigureServices,
  head: SheetHead,
  language: Language,
  page: (cursor: string | undefined) => Promise<{ items: readonly Row[]; cursor: string | null }>,
): AsyncGenerator<string> {
  const say = sayIn(language)
  yield byteOrderMark + sheetRows(sheetHead(head, columns(say), language, services.zone))
  let cursor: string | null | undefined
  while (cursor !== null) {
    const found = await page(cursor)
    cursor = found.cursor
    yield sheetRows(found.items.map((row) => cells(row, say, services.zone)))
  }
}

const filtersOf = (services: FigureServices, { matter, organisationId }: TallyScope): SheetHead['filters'] => [
  ...(matter === undefined ? [] : [[{ zh: '事项', en: 'Matter' }, { zh: matter }] as const]),
  ...(organisationId === undefined
    ? []
    : [[{ zh: '责任单位', en: 'Unit' }, services.rules().directory.organisations.get(organisationId)?.name ?? { zh: '-' }] as const]),
]

/** The list of a tally as lines of a file, page by page. */
export function tallyFile(services: FigureServices, actor: Actor, key: TallyKey, scope: TallyScope, language: Language): AsyncGenerator<string> {
  const { name: title, meaning } = tallies[key]
  const head = headOf(services, actor, { title, meaning, filters: filtersOf(services, scope) }, scope)
  return linesOf(services, head, language, (cursor) =>
    tallyCases(services, actor, key, { ...scope, cursor, limit: PAGE, alsoNeeds: exportTallyCases.permission }),
  )
}

/** The list of one part of a figure as lines of a file, page by page. */
export function figureFile(
  services: FigureServices,
  actor: Actor,
  asked: { key: IndicatorKey; part: FigurePart; scope: TallyScope },
  language: Language,
): AsyncGenerator<string> {
  const { key, part, scope } = asked
  const { name: title, clock: meaning, numerator } = indicators[key]
  const parts: Record<FigurePart, Wording> = {
    numerator: numerator.name,
    rest: { zh: '其余', en: 'the rest' },
    exempted: { zh: '申诉成立，不计入', en: 'left out after an appeal' },
  }
  const filters = [[{ zh: '部分', en: 'Part' }, parts[part]] as const, ...filtersOf(services, scope)]
  const head = headOf(services, actor, { title, meaning, filters }, scope)
  return linesOf(services, head, language, (cursor) =>
    figureCases(services, actor, key, { ...scope, part, cursor, limit: PAGE, alsoNeeds: exportFigureCases.permission }),
  )
}
