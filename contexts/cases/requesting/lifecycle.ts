/** What a unit may ask and somebody above decides (china.md 1.7, 3.4). States, moves, reasons and levels as data, read by API, screens, database check and tests. */
import type { Wording } from '#kernel/refusal.ts'
import type { CaseStatus } from '../lifecycle.ts'

export const requestKinds = ['extension', 'suspension', 'appeal', 'objection'] as const
export type RequestKind = (typeof requestKinds)[number]

export const requestKindNames = {
  extension: { zh: '延期', en: 'Extension' },
  suspension: { zh: '挂账', en: 'Suspension' },
  appeal: { zh: '超时申诉', en: 'Overtime appeal' },
  objection: { zh: '异议', en: 'Objection' },
} as const satisfies Record<RequestKind, Wording>

/** In which statuses of the case a kind is asked and decided. Outside them an open request has lapsed. */
export const requestFits: Readonly<Record<RequestKind, readonly CaseStatus[]>> = {
  extension: ['dispatched', 'contacted'],
  // 呼应 comes first: only what was answered may stand still.
  suspension: ['contacted'],
  appeal: ['closed'],
  objection: ['dispatched', 'contacted'],
}

export const requestStates = ['asked', 'approved_once', 'approved', 'refused', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]
/** `lapsed` is an open request whose case has moved on; nobody has to act on it. It is seen, not stored. */
export const shownStates = [...requestStates, 'lapsed'] as const
export type ShownState = (typeof shownStates)[number]

export const requestStateNames = {
  asked: { zh: '待审批', en: 'Waiting' },
  approved_once: { zh: '一级已通过，待上级审批', en: 'Passed on to the next level' },
  approved: { zh: '已批准', en: 'Granted' },
  refused: { zh: '未批准', en: 'Refused' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  lapsed: { zh: '已失效', en: 'Lapsed' },
} as const satisfies Record<ShownState, Wording>

/** Of an objection to a summons. The names are Beijing's words; a city's own replace them. */
export const summonsAdjudicationNames = {
  approved: { zh: '异议成立，不再召集', en: 'Upheld; the unit is relieved' },
  refused: { zh: '异议不成立，仍须报到', en: 'Refused; the unit stays summoned' },
} as const satisfies Partial<Record<ShownState, Wording>>

/** An objection is adjudicated rather than approved. */
export const adjudicationNames = {
  approved: { zh: '异议成立，已改派', en: 'Upheld and reassigned' },
  refused: { zh: '异议不成立，仍由原单位负责', en: 'Refused; the unit keeps the case' },
} as const satisfies Partial<Record<ShownState, Wording>>

/** Every move of a request. `pass` is an approval that another level must follow. */
export const requestMoves = {
  pass: { from: ['asked', 'approved_once'], to: 'approved_once' },
  approve: { from: ['asked', 'approved_once'], to: 'approved' },
  refuse: { from: ['asked', 'approved_once'], to: 'refused' },
  withdraw: { from: ['asked', 'approved_once'], to: 'withdrawn' },
} as const satisfies Record<string, { from: readonly RequestState[]; to: RequestState }>
export type RequestMoveName = keyof typeof requestMoves

export const verdicts = ['approve', 'refuse'] as const
export type Verdict = (typeof verdicts)[number]

/** Permissions that a level of approval may ask for. */
export const requestLevels = ['request.review', 'request.approve', 'case.adjudicate'] as const
export type RequestLevel = (typeof requestLevels)[number]
export const requestLevelNames = {
  'request.review': { zh: '初审（派遣员、督查员）', en: 'First review (dispatcher, supervisor)' },
  'request.approve': { zh: '审批（督查员、分管领导）', en: 'Approval (supervisor, leader)' },
  'case.adjudicate': { zh: '裁定（派遣员、督查员，不得为派出本件的人）', en: 'Adjudication (dispatcher, supervisor; not whoever dispatched it)' },
} as const satisfies Record<RequestLevel, Wording>

/** Typed reasons; the note beside them says the rest. */
export const requestReasons = {
  extension: {
    weather: { zh: '天气等原因不能施工', en: 'Weather does not allow the work' },
    materials: { zh: '材料或设备需要采购', en: 'Material or equipment must be bought' },
    coordination: { zh: '需要多个单位协调', en: 'Several units must agree' },
    hard_case: { zh: '问题复杂，原时限不够', en: 'Too hard for the original limit' },
  },
  suspension: {
    project: { zh: '列入工程或改造计划', en: 'Part of a planned project' },
    budget: { zh: '等待经费', en: 'Waiting for money' },
    lawsuit: { zh: '诉讼、仲裁或信访程序中', en: 'In a lawsuit, arbitration or petition' },
    season: { zh: '须等待季节或时段', en: 'Must wait for a season' },
  },
  appeal: {
    force_majeure: { zh: '不可抗力', en: 'Force majeure' },
    late_approval: { zh: '申请及时提出，审批迟延', en: 'Asked in time, decided late' },
    system_failure: { zh: '系统故障', en: 'System failure' },
    caller_unreachable: { zh: '反映人无法联系', en: 'The caller could not be reached' },
  },
  objection: {
    not_our_duty: { zh: '不属于本单位职责', en: 'Not our duty' },
    no_authority: { zh: '没有处置权限', en: 'No authority' },
    other_owner: { zh: '权属属于其他单位', en: 'Another unit owns it' },
  },
} as const satisfies Record<RequestKind, Record<string, Wording>>

/** Lists of requests on the desk: what waits for this person, and what his units asked. */
export const requestViews = ['waiting', 'asked'] as const
