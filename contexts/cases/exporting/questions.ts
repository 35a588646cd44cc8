import { stringify } from 'csv-stringify/sync'
import type { Actor } from '#kernel/actor.ts'
import { MINUTE_MS, wallClock, type Instant } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Language, Wording } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type Doing, type NewEvent } from '#platform/event.ts'
import type { CaseSummary, CaseView } from '../contract.ts'
import { channelNames, statusNames } from '../lifecycle.ts'
import { exportCases } from './contract.ts'
import { listCases, type ListInput } from '../questions.ts'
import type { CaseServices } from '../commands.ts'
import { organisationName, placeName } from '../view.ts'

const PAGE = 500
// What callers wrote stays text where a spreadsheet would run it as a formula; without a byte order mark Excel reads Chinese as another encoding.
const table = { escape_formulas: true, record_delimiter: 'windows' } as const
const byteOrderMark = '\uFEFF'

interface Column extends Wording {
  readonly en: string
  readonly cell: (row: CaseSummary, write: Writer) => string | number | null
}
interface Writer {
  readonly word: (wording: Wording | null) => string | null
  readonly time: (at: string | null) => string | null
}

const columns: readonly Column[] = [
  { zh: '编号', en: 'Number', cell: (row) => row.number },
  { zh: '状态', en: 'Status', cell: (row, { word }) => word(statusNames[row.status]) },
  { zh: '渠道', en: 'Channel', cell: (row, { word }) => word(channelNames[row.channel]) },
  { zh: '事项', en: 'Matter', cell: (row, { word }) => word(row.matter) },
  { zh: '层级', en: 'Tier', cell: (row) => row.tier },
  { zh: '区划代码', en: 'Area code', cell: (row) => row.areaCode },
  { zh: '地点', en: 'Place', cell: (row, { word }) => word(row.place) },
  { zh: '地址', en: 'Address', cell: (row) => row.address },
  { zh: '内容', en: 'Text', cell: (row) => row.text },
  { zh: '责任单位', en: 'Unit', cell: (row, { word }) => word(row.holder) },
  { zh: '上报时间', en: 'Reported', cell: (row, { time }) => time(row.reportedAt) },
  { zh: '呼应时限', en: 'Respond by', cell: (row, { time }) => time(row.respondDueAt) },
  { zh: '处置时限', en: 'Dispose by', cell: (row, { time }) => time(row.disposeDueAt) },
  { zh: '是否超时', en: 'Overdue', cell: (row, { word }) => word(row.overdue ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }) },
  { zh: '返工次数', en: 'Reworks', cell: (row) => row.reworkCount },
  { zh: '重开次数', en: 'Reopenings', cell: (row) => row.reopenCount },
  { zh: '示例数据', en: 'Sample data', cell: (row, { word }) => word(row.sample ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }) },
]

/** The list of a view as a CSV file, page by page: the same rows, masked in the same way. Times on the wall of the city. */
export async function* exportedCases(
  services: CaseServices,
  actor: Actor,
  filter: Omit<ListInput, 'cursor' | 'limit'>,
  language: Language,
): AsyncGenerator<string> {
  const { zone } = services.rules().catalogue.calendar
  const write: Writer = {
    word: (wording) => wording && ((language === 'en' ? wording.en : undefined) ?? wording.zh),
    time: (at) => at && wallText(at as Instant, zone),
  }
  yield byteOrderMark + stringify([...headOf(services, actor, filter, write), [], columns.map((column) => write.word(column))], table)
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page = await listCases(services, actor, { ...filter, cursor, limit: PAGE, alsoNeeds: exportCases.permission })
    cursor = page.cursor
    yield stringify(
      page.items.map((row) => columns.map((column) => column.cell(row, write))),
      table,
    )
  }
}

/** What stands over the columns, so that a file found later says whose it is, of when, and of which list: 导出与画面一致. */
function headOf(services: CaseServices, actor: Actor, filter: Omit<ListInput, 'cursor' | 'limit'>, { word, time }: Writer): (string | null)[][] {
  const rules = services.rules()
  const [post] = actor.posts
  const unit = word(organisationName(post?.organisationId ?? null, rules))
  const chosen = [
    word(viewNames[filter.view]),
    filter.areaCode === undefined ? null : word(placeName(filter.areaCode, rules)),
    filter.q ?? null,
    filter.status === undefined ? null : word(statusNames[filter.status as keyof typeof statusNames]),
    filter.channel === undefined ? null : word(channelNames[filter.channel as keyof typeof channelNames]),
    filter.tier ?? null,
    filter.unitId === undefined ? null : word(organisationName(filter.unitId, rules)),
  ]
  return [
    [word({ zh: '筛选', en: 'Filter' }), chosen.filter(Boolean).join(' · ')],
    [word({ zh: '导出时间', en: 'Exported' }), time(services.clock.now())],
    [word({ zh: '导出人', en: 'By' }), [actor.name, unit].filter(Boolean).join(' · ')],
  ]
}

const viewNames = {
  triage: { zh: '待分派', en: 'To dispatch' },
  mine: { zh: '我的', en: 'Mine' },
  helping: { zh: '协同', en: 'Helping' },
  check: { zh: '待核查', en: 'To check' },
  close: { zh: '待结案', en: 'To close' },
  reopened: { zh: '重开', en: 'Reopened' },
  soon: { zh: '即将超时', en: 'Due soon' },
  overdue: { zh: '超时', en: 'Overdue' },
  open: { zh: '在办', en: 'Open' },
  all: { zh: '全部', en: 'All' },
} as const satisfies Record<CaseView, Wording>

function wallText(at: Instant, zone: string): string {
  const { date, ms } = wallClock(at, zone)
  const minutes = Math.floor(ms / MINUTE_MS)
  return `${date} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Records who takes which list out of the house, before the first row leaves. The words of a search stay out: people type names there. */
export async function recordExport(
  services: CaseServices,
  doing: Pick<Doing, 'actor' | 'commandId' | 'requestId' | 'subscribersOf'>,
  { view, areaCode, status }: Omit<ListInput, 'cursor' | 'limit'>,
): Promise<void> {
  const reach = [...new Set([areaCode ?? '', ...doing.actor.posts.map((post) => post.areaCode)])].filter((code) => code !== '')
  const here = services.rules().districts.filter((code) => reach.some((area) => districtOf(area) === code || code.startsWith(area)))
  const event = (districtCode: DistrictCode): NewEvent => ({
    type: 'case.exported',
    version: 1,
    districtCode,
    subjectKind: 'export',
    subjectId: newId(),
    subjectVersion: 1,
    happenedAt: services.clock.now(),
    data: { view, areaCode: areaCode ?? null, status: status ?? null },
  })
  await inTransaction(services.database, (tx) => emit(tx, doing, (here.length > 0 ? here : services.rules().districts).map(event)))
}
