/** Lists of the catalogue that rules, rows, checks in the database, screens and tests share. */
import type { Wording } from '#kernel/refusal.ts'

/** 部件 component: a thing in the street. 事件 event: something that happens. Local: a city's own class. */
export const matterKinds = ['component', 'event', 'local'] as const
export type MatterKind = (typeof matterKinds)[number]

export const matterKindNames = {
  component: { zh: '部件', en: 'Component' },
  event: { zh: '事件', en: 'Event' },
  local: { zh: '自定义', en: 'Local' },
} as const satisfies Record<MatterKind, Wording>

/** `retired` was published, then replaced before a single day passed or ended for good; it takes no new cases. */
export const versionStatuses = ['draft', 'published', 'retired'] as const
export type VersionStatus = (typeof versionStatuses)[number]

export const versionStatusNames = {
  draft: { zh: '草稿', en: 'Draft' },
  published: { zh: '已发布', en: 'Published' },
  retired: { zh: '已停用', en: 'Retired' },
} as const satisfies Record<VersionStatus, Wording>

/** What a list of matters may be narrowed to: those that take cases today, or those with a draft. */
export const matterStates = ['in_force', 'draft'] as const
export type MatterState = (typeof matterStates)[number]

/** Every move of a matter's version. A published version is never edited: cases were decided under it. */
export const versionMoves = {
  publish: { from: ['draft'], to: 'published' },
  retire: { from: ['published'], to: 'retired' },
} as const satisfies Record<string, { from: readonly VersionStatus[]; to: VersionStatus }>

/** True when the table lets a version of this status make the move. */
export function mayMove(move: keyof typeof versionMoves, status: VersionStatus): boolean {
  const from: readonly VersionStatus[] = versionMoves[move].from
  return from.includes(status)
}

/** The three duty lists of a street or town (履职事项清单, china.md 2.3). */
export const dutyLists = ['basic', 'assist', 'withdrawn'] as const
export type DutyList = (typeof dutyLists)[number]

export const dutyListNames = {
  basic: { zh: '基本履职', en: 'Own duty' },
  assist: { zh: '配合履职', en: 'Helps a department' },
  withdrawn: { zh: '上级收回', en: 'Taken back by a department' },
} as const satisfies Record<DutyList, Wording>

export const workKinds = ['patrol', 'emergency', 'daily'] as const
export type WorkKind = (typeof workKinds)[number]

export const workKindNames = {
  patrol: { zh: '巡查', en: 'Patrol' },
  emergency: { zh: '应急', en: 'Emergency' },
  daily: { zh: '日常', en: 'Daily' },
} as const satisfies Record<WorkKind, Wording>

/** D is solved by the grid, C by the community, B by the street's joint team, A by district and street together. */
export const tiers = ['A', 'B', 'C', 'D'] as const
export type Tier = (typeof tiers)[number]

export const tierNames = {
  A: { zh: '区街联动', en: 'District and street' },
  B: { zh: '街道联勤', en: 'Street' },
  C: { zh: '社区解决', en: 'Community' },
  D: { zh: '网格解决', en: 'Grid' },
} as const satisfies Record<Tier, Wording>

/** Levels at which a lead or a helper may stand, from below. */
export const leadLevels = ['grid', 'community', 'street', 'district'] as const
export type LeadLevel = (typeof leadLevels)[number]

export const leadLevelNames = {
  grid: { zh: '网格', en: 'Grid' },
  community: { zh: '社区', en: 'Community' },
  street: { zh: '街镇', en: 'Street' },
  district: { zh: '区县部门', en: 'District department' },
} as const satisfies Record<LeadLevel, Wording>

/** Levels to which a department's work may be delegated as lead 权随事转. */
export const delegationLevels = ['street', 'community'] as const satisfies readonly LeadLevel[]
export type DelegationLevel = (typeof delegationLevels)[number]

/** How a delegation stands on a day, in the order of the list. Only dates decide; no job ends one. */
export const delegationStates = ['in_force', 'ending', 'planned', 'ended'] as const
export type DelegationState = (typeof delegationStates)[number]

export const delegationStateNames = {
  in_force: { zh: '生效中', en: 'In force' },
  ending: { zh: '即将到期', en: 'Ending soon' },
  planned: { zh: '未生效', en: 'Not begun' },
  ended: { zh: '已结束', en: 'Ended' },
} as const satisfies Record<DelegationState, Wording>

/** The two lists of a residents' committee, which governs itself: its own matters 自治, and those that it assists the government with 协助. */
export const committeeLists = ['own', 'assist'] as const
export type CommitteeList = (typeof committeeLists)[number]

export const committeeListNames = {
  own: { zh: '自治事项', en: 'Own matter' },
  assist: { zh: '协助事项', en: 'Assists the government' },
} as const satisfies Record<CommitteeList, Wording>

/** Statuses of an entry request 准入申请; decided once. */
export const entryStatuses = ['asked', 'approved', 'refused'] as const
export type EntryStatus = (typeof entryStatuses)[number]

export const entryStatusNames = {
  asked: { zh: '待审批', en: 'Awaiting the district' },
  approved: { zh: '已准入', en: 'Approved' },
  refused: { zh: '不予准入', en: 'Refused' },
} as const satisfies Record<EntryStatus, Wording>

/** Every move of an entry request. */
export const entryMoves = {
  approve: { zh: '准入', en: 'Approve', from: ['asked'], to: 'approved' },
  refuse: { zh: '不准入', en: 'Refuse', from: ['asked'], to: 'refused' },
} as const satisfies Record<string, Wording & { from: readonly EntryStatus[]; to: EntryStatus }>
export type EntryMove = keyof typeof entryMoves
export const entryMoveNames = Object.keys(entryMoves) as [EntryMove, ...EntryMove[]]

/** True when the table lets a request of this status make the move. */
export function mayDecide(move: EntryMove, status: EntryStatus): boolean {
  const from: readonly EntryStatus[] = entryMoves[move].from
  return from.includes(status)
}

/** Units of a limit (china.md 1.7). Urgent hours and natural days run on; work hours and work days count working time only. */
export const limitUnits = ['urgent_hour', 'work_hour', 'work_day', 'natural_day'] as const
export type LimitUnit = (typeof limitUnits)[number]

export const limitUnitNames = {
  urgent_hour: { zh: '紧急工作时', en: 'hours, day and night' },
  work_hour: { zh: '工作时', en: 'working hours' },
  work_day: { zh: '工作日', en: 'working days' },
  natural_day: { zh: '自然日', en: 'calendar days' },
} as const satisfies Record<LimitUnit, Wording>

/** The two clocks of every assignment that a condition sets: 呼应 and 处置. */
export const clockKinds = ['respond', 'dispose'] as const
export type ClockKind = (typeof clockKinds)[number]

/** Clocks that have a ladder: the two of a condition, those of a unit that is summoned, and 派遣, which runs while a case that was given back waits. */
export const ladderClocks = ['sign', 'respond', 'arrive', 'dispose', 'dispatch'] as const
export type LadderClock = (typeof ladderClocks)[number]

/** What a step of the ladder does. `overdue` marks the raw fact, which nothing erases later. */
export const ladderActs = ['remind', 'overdue', 'escalate'] as const
export type LadderAct = (typeof ladderActs)[number]
