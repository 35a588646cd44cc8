/** Pages of the desk, once: the menu, the first page of whoever sees no cases, and the tests read this list. A new page is a row here and a route. */
import type { Wording } from '#kernel/refusal.ts'

export interface DeskPage {
  readonly id: string
  readonly path: string
  readonly name: Wording & { readonly en: string }
  /** Any of these rights opens it. */
  readonly rights: readonly string[]
  readonly group: 'work' | 'look' | 'rules'
}

export const pageGroups = {
  work: { zh: '办理', en: 'Work' },
  look: { zh: '查看', en: 'Look' },
  rules: { zh: '规则与人员', en: 'Rules and people' },
} as const satisfies Record<DeskPage['group'], Wording>

export const deskPages: readonly DeskPage[] = [
  { id: 'desk', path: '/', name: { zh: '派单台', en: 'Queue' }, rights: ['case.read'], group: 'work' },
  { id: 'supervise', path: '/supervise', name: { zh: '督办', en: 'Overdue' }, rights: ['case.urge'], group: 'work' },
  { id: 'whistles', path: '/whistles', name: { zh: '吹哨看板', en: 'Whistle board' }, rights: ['case.read'], group: 'work' },
  {
    id: 'requests',
    path: '/requests',
    name: { zh: '申请与审批', en: 'Requests' },
    rights: ['request.ask', 'request.review', 'request.approve'],
    group: 'work',
  },
  { id: 'cockpit', path: '/cockpit', name: { zh: '驾驶舱', en: 'Cockpit' }, rights: ['figures.read'], group: 'look' },
  { id: 'briefing', path: '/briefing', name: { zh: '每日简报', en: 'Daily briefing' }, rights: ['figures.read'], group: 'look' },
  { id: 'insight', path: '/insight', name: { zh: '分析', en: 'Analysis' }, rights: ['figures.read'], group: 'look' },
  { id: 'wall', path: '/wall/all', name: { zh: '大屏', en: 'Wall display' }, rights: ['board.read'], group: 'look' },
  { id: 'screens', path: '/screens', name: { zh: '大屏链接', en: 'Links of walls' }, rights: ['screen.share'], group: 'look' },
  { id: 'callBacks', path: '/call-backs', name: { zh: '回访抽样', en: 'Call-back samples' }, rights: ['case.call_back'], group: 'look' },
  { id: 'map', path: '/map', name: { zh: '一张图', en: 'Map' }, rights: ['case.read'], group: 'look' },
  { id: 'figures', path: '/figures', name: { zh: '指标', en: 'Figures' }, rights: ['figures.read'], group: 'look' },
  { id: 'audit', path: '/audit', name: { zh: '审计', en: 'Audit' }, rights: ['audit.read'], group: 'look' },
  { id: 'catalogue', path: '/catalogue', name: { zh: '事项清单', en: 'Catalogue' }, rights: ['catalogue.read'], group: 'rules' },
  { id: 'rules', path: '/rules', name: { zh: '时限与审批规则', en: 'Limits and approvals' }, rights: ['catalogue.edit'], group: 'rules' },
  { id: 'duties', path: '/duties', name: { zh: '履职与准入', en: 'Duties and entry' }, rights: ['catalogue.read'], group: 'rules' },
  { id: 'grids', path: '/grids', name: { zh: '网格管理', en: 'Grids' }, rights: ['territory.edit'], group: 'rules' },
  { id: 'baseMap', path: '/base-map', name: { zh: '底图设置', en: 'Base map' }, rights: ['territory.edit'], group: 'rules' },
  { id: 'people', path: '/people', name: { zh: '组织与岗位', en: 'Organisations and posts' }, rights: ['people.edit'], group: 'rules' },
]

/** Pages for these rights, group by group, in the order of the list. */
export function pagesFor(may: (permission: string) => boolean): DeskPage[] {
  const open = deskPages.filter(({ rights }) => rights.some(may))
  return (Object.keys(pageGroups) as DeskPage['group'][]).flatMap((group) => open.filter((page) => page.group === group))
}

/** Addresses that are no page of the menu, by their first part. */
const besides: Readonly<Record<string, readonly string[]>> = { report: ['case.report'], tally: ['figures.read'], case: ['case.read'] }

/** Whether these rights open an address, so that a page is never drawn for somebody whom every answer would refuse. The first page looks after itself. */
export function opens(path: string, may: (permission: string) => boolean): boolean {
  const [, first = ''] = path.split('/')
  if (first === '') return true
  const rights = besides[first] ?? deskPages.find((page) => page.path.split('/')[1] === first)?.rights
  return rights?.some(may) ?? true
}
