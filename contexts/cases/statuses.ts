/** How a case came, where it stands and why it waits, in words; apart from its life, because the first screen of everybody needs only these. */
import type { Wording } from '#kernel/refusal.ts'

export const caseStatuses = [
  'reported',
  'filed',
  'dispatched',
  'contacted',
  'handled',
  'checked',
  'closed',
  'reopened',
  'rejected',
  'withdrawn',
  'transferred',
  'merged',
  'split',
  'handed_over',
] as const
export type CaseStatus = (typeof caseStatuses)[number]

/** `open` still asks somebody to act; `ended` asks nobody, though a closed case may be reopened. */
export const statusNames = {
  reported: { zh: '待受理', en: 'Awaiting triage', open: true },
  filed: { zh: '待派遣', en: 'Awaiting dispatch', open: true },
  dispatched: { zh: '待响应', en: 'Awaiting response', open: true },
  contacted: { zh: '处置中', en: 'In progress', open: true },
  handled: { zh: '待核查', en: 'Awaiting check', open: true },
  checked: { zh: '待结案', en: 'Awaiting closing', open: true },
  closed: { zh: '已结案', en: 'Closed', open: false },
  reopened: { zh: '已重开', en: 'Reopened', open: true },
  rejected: { zh: '不予立案', en: 'Rejected', open: false },
  withdrawn: { zh: '已撤回', en: 'Withdrawn', open: false },
  transferred: { zh: '已移交外区', en: 'Moved to another district', open: false },
  merged: { zh: '已并案', en: 'Merged', open: false },
  split: { zh: '已拆分', en: 'Split', open: false },
  handed_over: { zh: '已移交应急', en: 'Handed to emergency services', open: false },
} as const satisfies Record<CaseStatus, Wording & { open: boolean }>

/** Ways in which a case arrives. */
export const channels = ['resident', 'grid_worker', 'hotline', 'department', 'import'] as const
export type Channel = (typeof channels)[number]
export const channelNames = {
  resident: { zh: '居民', en: 'Resident' },
  grid_worker: { zh: '网格员', en: 'Grid worker' },
  hotline: { zh: '热线', en: 'Hotline' },
  department: { zh: '部门', en: 'Department' },
  import: { zh: '导入', en: 'Import' },
} as const satisfies Record<Channel, Wording>

/** Why a case waits for a person instead of going out by rule. */
export const triageReasons = ['danger', 'low_confidence', 'no_match', 'not_located', 'no_duty_holder', 'rule_refused'] as const
export type TriageReason = (typeof triageReasons)[number]
export const triageNames = {
  danger: { zh: '可能有险情，请立即处理', en: 'There may be danger: act at once' },
  low_confidence: { zh: '事项把握不足，需人工确认', en: 'Not sure which matter this is' },
  no_match: { zh: '事项清单中没有相符的事项', en: 'No matter in the catalogue fits' },
  not_located: { zh: '没有可用的位置', en: 'No usable place' },
  no_duty_holder: { zh: '该地点没有对应的责任单位', en: 'Nobody is on duty for this matter here' },
  rule_refused: { zh: '规则不能派遣，请看原因', en: 'A rule refused; see the reason' },
} as const satisfies Record<TriageReason, Wording>
