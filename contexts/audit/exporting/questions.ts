/** The trail as a file: the rows of the screen under the same filter, with what stands over them. */
import { stringify } from 'csv-stringify/sync'
import { MINUTE_MS, wallClock, type Instant } from '#kernel/clock.ts'
import type { Language, Wording } from '#kernel/refusal.ts'
import type { Doing } from '#platform/event.ts'
import type { AuditEntry } from '../contract.ts'
import { entriesFor, type AskedEntries, type AuditServices } from '../questions.ts'

const PAGE = 200
const table = { escape_formulas: true, record_delimiter: 'windows' } as const
// Without a byte order mark Excel reads Chinese as another encoding.
const byteOrderMark = '\uFEFF'

interface Writer {
  readonly word: (wording: Wording | null) => string | null
  readonly time: (at: string) => string
}

interface Column extends Wording {
  readonly en: string
  readonly cell: (entry: AuditEntry, write: Writer) => string | number | null
}

const columns: readonly Column[] = [
  { zh: '序号', en: 'Number', cell: ({ number }) => number },
  { zh: '记录时间', en: 'Recorded', cell: ({ recordedAt }, { time }) => time(recordedAt) },
  { zh: '发生时间', en: 'Happened', cell: ({ happenedAt }, { time }) => time(happenedAt) },
  { zh: '事项', en: 'What', cell: ({ name }, { word }) => word(name) },
  { zh: '操作人', en: 'Who', cell: ({ who }, { word }) => word(who) },
  { zh: '单位', en: 'Organisation', cell: ({ organisation }, { word }) => word(organisation) },
  { zh: '案件编号', en: 'Case', cell: ({ caseNumber }) => caseNumber },
  { zh: '对象编号', en: 'Subject', cell: ({ subjectId }) => subjectId },
  { zh: '原状态', en: 'From', cell: ({ fromState }) => fromState },
  { zh: '新状态', en: 'To', cell: ({ toState }) => toState },
  { zh: '理由', en: 'Reason', cell: ({ reasonCode }) => reasonCode },
  { zh: '其他记录', en: 'Data', cell: ({ data }) => JSON.stringify(data) },
  { zh: '封存', en: 'Sealed', cell: ({ sealed }, { word }) => word(sealed ? { zh: '已封存', en: 'sealed' } : { zh: '未封存', en: 'not sealed' }) },
  { zh: '请求编号', en: 'Request', cell: ({ requestId }) => requestId },
  { zh: '事件编号', en: 'Event', cell: ({ eventId }) => eventId },
]

/** Every page of the asked entries as a CSV file; each page leaves its record of a look. Times on the wall of the city. */
export async function* exportedEntries(
  services: AuditServices,
  doing: Doing,
  district: string,
  asked: Omit<AskedEntries, 'cursor' | 'limit'>,
  language: Language,
): AsyncGenerator<string> {
  const write: Writer = {
    word: (wording) => wording && ((language === 'en' ? wording.en : undefined) ?? wording.zh),
    time: (at) => wallText(at as Instant, services.zone),
  }
  const { from, to, who, caseNumber, type } = asked
  const filter = [district, [from, to].filter(Boolean).join(' – '), who, caseNumber, type && write.word(services.eventNames[type] ?? null)]
  const head = [
    [write.word({ zh: '筛选', en: 'Filter' }), filter.filter(Boolean).join(' · ')],
    [write.word({ zh: '导出时间', en: 'Exported' }), write.time(doing.clock.now())],
    [write.word({ zh: '导出人', en: 'By' }), doing.actor.name],
  ]
  yield byteOrderMark + stringify([...head, [], columns.map((column) => write.word(column))], table)
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page = await entriesFor(services, doing, district, { ...asked, cursor, limit: PAGE })
    cursor = page.cursor
    yield stringify(
      page.items.map((entry) => columns.map((column) => column.cell(entry, write))),
      table,
    )
  }
}

function wallText(at: Instant, zone: string): string {
  const { date, ms } = wallClock(at, zone)
  const minutes = Math.floor(ms / MINUTE_MS)
  return `${date} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
