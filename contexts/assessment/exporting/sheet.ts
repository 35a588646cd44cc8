import { MINUTE_MS, wallClock, type Instant } from '#kernel/clock.ts'
import type { Language, Wording } from '#kernel/refusal.ts'

/** Who takes what out of the house, as lines above the table. */
export interface SheetHead {
  readonly title: Wording
  readonly meaning: Wording
  readonly from: string
  readonly to: string
  readonly area: Wording | null
  readonly filters: readonly (readonly [Wording, Wording | null])[]
  readonly now: Instant
  readonly by: string
  readonly sample: boolean
}

export type Cell = string | number | null

/** Times on the wall of the city: `2026-03-02 09:30`. */
export function wallText(at: Instant, zone: string): string {
  const { date, ms } = wallClock(at, zone)
  const minutes = Math.floor(ms / MINUTE_MS)
  return `${date} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

const none: Wording = { zh: '全部', en: 'all' }

/** The beginning of a file: what it is, its filter, when and by whom, an empty line, and the heads of the columns. */
export function sheetHead(head: SheetHead, columns: readonly string[], language: Language, zone: string): Cell[][] {
  const say = ({ zh, en }: Wording): string => (language === 'en' ? (en ?? zh) : zh)
  return [
    [say(head.title)],
    [say({ zh: '口径', en: 'What counts' }), say(head.meaning)],
    [say({ zh: '期间', en: 'Period' }), `${head.from} – ${head.to}`],
    [say({ zh: '区域', en: 'Area' }), say(head.area ?? none)],
    ...head.filters.map(([name, value]) => [say(name), say(value ?? none)]),
    [say({ zh: '导出时间', en: 'Exported' }), wallText(head.now, zone)],
    [say({ zh: '导出人', en: 'By' }), head.by],
    ...(head.sample ? [[say({ zh: '示例数据', en: 'Sample data' })]] : []),
    [],
    [...columns],
  ]
}
