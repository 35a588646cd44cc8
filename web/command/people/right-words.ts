import type { Scope } from '#contexts/people/lifecycle.ts'
import type { Wording } from '#kernel/refusal.ts'

type Both = Required<Wording>

/** What a right lets somebody do, in plain words; a right without words here is shown by its code. */
export const rightWords: Readonly<Record<string, Both>> = {
  'case.read': { zh: '查看案件', en: 'see cases' },
  'case.report': { zh: '登记反映', en: 'report' },
  'case.file': { zh: '立案或不予立案', en: 'file or reject' },
  'case.correct': { zh: '更正地点和事项', en: 'correct place and matter' },
  'case.dispatch': { zh: '派遣', en: 'dispatch' },
  'case.contact': { zh: '联系反映人或到现场', en: 'contact the caller' },
  'case.handle': { zh: '处置', en: 'handle' },
  'case.return': { zh: '退回任务', en: 'give work back' },
  'case.call_up': { zh: '上呼', en: 'call up' },
  'case.check': { zh: '核查别人的结果', en: 'check the results of others' },
  'case.close': { zh: '结案', en: 'close' },
  'case.reopen': { zh: '重开', en: 'reopen' },
  'case.adjudicate': { zh: '裁定异议', en: 'adjudicate objections' },
  'case.urge': { zh: '催办督办', en: 'urge' },
  'whistle.approve': { zh: '批准吹哨', en: 'approve whistles' },
  'whistle.sound': { zh: '吹哨召集部门', en: 'summon departments by a whistle' },
  'case.attach': { zh: '添加照片', en: 'add pictures' },
  'case.export': { zh: '导出清单', en: 'take lists as files' },
  'case.call_back': { zh: '回访', en: 'call callers back' },
  'case.draw_sample': { zh: '抽取回访样本', en: 'draw call-back samples' },
  'request.ask': { zh: '提出延期等申请', en: 'ask for extensions' },
  'request.review': { zh: '初审申请', en: 'review requests' },
  'request.approve': { zh: '审批申请', en: 'approve requests' },
  'person.unmask': { zh: '查看反映人电话（留记录）', en: 'see callers’ telephones (recorded)' },
  'assignment.read': { zh: '查看任务', en: 'see assignments' },
  'territory.read': { zh: '查看区域', en: 'see areas' },
  'territory.edit': { zh: '维护网格和底图', en: 'redraw grids, set the base map' },
  'catalogue.read': { zh: '查看事项清单', en: 'read the catalogue' },
  'catalogue.edit': { zh: '维护事项和规则', en: 'change matters and rules' },
  'duty.request': { zh: '申请准入', en: 'ask for entry to the committees’ list' },
  'duty.decide': { zh: '审批准入', en: 'decide entry requests' },
  'people.read': { zh: '查看组织和岗位', en: 'see organisations and posts' },
  'people.edit': { zh: '任免岗位、管理账号', en: 'appoint, and keep accounts' },
  'people.secure': { zh: '管理两步登录', en: 'keep second factors' },
  'people.keys': { zh: '管理接口密钥', en: 'keep keys of systems' },
  'audit.read': { zh: '查看审计记录', en: 'read the records' },
  'figures.read': { zh: '查看指标', en: 'see the figures' },
  'case.count': { zh: '查看案件数量', en: 'see how many cases there are' },
  'board.read': { zh: '查看驾驶舱和大屏的数字', en: 'see the numbers of cockpit and wall' },
  'screen.share': { zh: '生成大屏链接', en: 'make links of walls' },
  'target.edit': { zh: '设定目标', en: 'set targets' },
}

/** Rights that nearly every post has say little about one; they come last. */
const plain = new Set(['case.read', 'assignment.read', 'territory.read', 'catalogue.read', 'people.read', 'figures.read', 'case.count', 'board.read'])

export interface Reach {
  readonly scope: Scope
  readonly rights: readonly Wording[]
}

/** What a post may do, the widest reach first, and in each what it does before what it sees. */
export function reachesOf(rights: readonly { readonly permission: string; readonly scope: Scope }[]): Reach[] {
  const order: readonly Scope[] = ['city', 'district', 'area', 'organisation']
  const rank = (permission: string): number => (plain.has(permission) ? 1000 : 0) + Object.keys(rightWords).indexOf(permission)
  return order.flatMap((scope) => {
    const own = rights.filter((right) => right.scope === scope).toSorted((a, b) => rank(a.permission) - rank(b.permission))
    return own.length === 0 ? [] : [{ scope, rights: own.map(({ permission }) => rightWords[permission] ?? { zh: permission, en: permission }) }]
  })
}
