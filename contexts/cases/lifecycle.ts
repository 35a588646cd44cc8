/**
 * The life of a case, as data. The API's checks, the buttons on the screens, the database's check constraint,
 * the diagram in the documents and the property tests all read these tables.
 */
import type { Wording } from '#kernel/refusal.ts'
import { emergencyNames } from '#kernel/emergency.ts'
import type { CaseStatus } from './statuses.ts'

// The names stand apart, so that a screen which only names a case does not load the rules of its moves.
export * from './statuses.ts'

/** The seven official steps of digital city management (扶沟县政办〔2019〕3号). A closed case has all of them. */
export const caseSteps = ['collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'] as const
export type CaseStep = (typeof caseSteps)[number]

export const stepNames = {
  collect: { zh: '信息收集', en: 'Collected' },
  file: { zh: '案卷建立', en: 'Filed' },
  dispatch: { zh: '任务派遣', en: 'Dispatched' },
  handle: { zh: '任务处理', en: 'Handled' },
  feedback: { zh: '处理反馈', en: 'Fed back' },
  check: { zh: '核查结案', en: 'Checked' },
  evaluate: { zh: '综合评价', en: 'Evaluated' },
} as const satisfies Record<CaseStep, Wording>

/** Conditions beyond status, each named so that a refusal can say which one failed (contexts/cases/needs.ts). */
export const caseNeeds = [
  'matter',
  'place',
  'dutyHolder',
  'holdsAssignment',
  'holdsOrMayTake',
  'reason',
  'result',
  'notOwnWork',
  'allSteps',
  'withinReopenWindow',
  'notRated',
  'ratedJustNow',
  'mayTakeBack',
  'otherDistrict',
  'notBound',
  'byDecision',
  'tried',
  'rungAbove',
  'rungBelow',
  'trifle',
  'mainCase',
  'mainAtWork',
  'answered',
  'parts',
  'standsAlone',
  'takenBy',
  'untouched',
] as const
export type CaseNeed = (typeof caseNeeds)[number]

export interface CaseMove extends Wording {
  readonly from: readonly CaseStatus[]
  /** `same` keeps the status. */
  readonly to: CaseStatus | 'same'
  /** Permission the actor must hold for this case; `caller` means the person who reported it, by tracking code. */
  readonly permission: string
  readonly needs: readonly CaseNeed[]
  /** Official steps that this move records. */
  readonly steps: readonly CaseStep[]
}

/** Every move a case may make. Nothing outside this table changes a case's status. */
export const caseMoves = {
  correct: { zh: '更正', en: 'Correct', from: ['reported', 'filed', 'reopened'], to: 'same', permission: 'case.correct', needs: [], steps: [] },
  file: { zh: '立案', en: 'File', from: ['reported'], to: 'filed', permission: 'case.file', needs: ['matter'], steps: ['file'] },
  reject: { zh: '不予立案', en: 'Reject', from: ['reported', 'filed'], to: 'rejected', permission: 'case.file', needs: ['reason'], steps: [] },
  dispatch: {
    zh: '派遣',
    en: 'Dispatch',
    from: ['filed', 'reopened'],
    to: 'dispatched',
    permission: 'case.dispatch',
    needs: ['matter', 'place', 'dutyHolder'],
    steps: ['dispatch'],
  },
  contact: {
    zh: '已联系',
    en: 'Contacted',
    from: ['dispatched'],
    to: 'contacted',
    permission: 'case.contact',
    needs: ['holdsOrMayTake'],
    steps: [],
  },
  giveBack: {
    zh: '退回',
    en: 'Give back',
    from: ['dispatched', 'contacted'],
    to: 'filed',
    permission: 'case.return',
    needs: ['holdsAssignment', 'reason', 'notBound'],
    steps: [],
  },
  // The undo of a dispatch: as long as nothing happened since, whoever may dispatch may take it back.
  recall: {
    zh: '撤回派遣',
    en: 'Recall the dispatch',
    from: ['dispatched'],
    to: 'filed',
    permission: 'case.dispatch',
    needs: ['untouched'],
    steps: [],
  },
  // Only through the adjudication of an objection (requesting/decide.ts).
  reassign: {
    zh: '裁定改派',
    en: 'Reassign by adjudication',
    from: ['dispatched', 'contacted'],
    to: 'dispatched',
    permission: 'case.adjudicate',
    needs: ['byDecision', 'dutyHolder'],
    steps: ['dispatch'],
  },
  callUp: {
    zh: '上呼',
    en: 'Call up',
    from: ['dispatched', 'contacted'],
    to: 'dispatched',
    permission: 'case.call_up',
    needs: ['holdsAssignment', 'rungAbove', 'reason', 'tried'],
    steps: ['dispatch'],
  },
  sendDown: {
    zh: '退回下级',
    en: 'Send back down',
    from: ['dispatched', 'contacted'],
    to: 'dispatched',
    permission: 'case.return',
    needs: ['holdsAssignment', 'rungBelow', 'reason'],
    steps: ['dispatch'],
  },
  handle: {
    zh: '处置完成',
    en: 'Handled',
    from: ['contacted'],
    to: 'handled',
    permission: 'case.handle',
    needs: ['holdsAssignment', 'result'],
    steps: ['handle', 'feedback'],
  },
  settle: {
    zh: '当场办结',
    en: 'Settle',
    from: ['dispatched', 'contacted'],
    to: 'handled',
    permission: 'case.handle',
    needs: ['trifle', 'holdsAssignment', 'result'],
    steps: ['handle', 'feedback'],
  },
  sendBack: {
    zh: '核查不通过',
    en: 'Send back',
    from: ['handled'],
    to: 'contacted',
    permission: 'case.check',
    needs: ['notOwnWork', 'reason'],
    steps: [],
  },
  check: {
    zh: '核查通过',
    en: 'Pass the check',
    from: ['handled'],
    to: 'checked',
    permission: 'case.check',
    needs: ['notOwnWork'],
    steps: ['check'],
  },
  confirm: {
    zh: '核查结案',
    en: 'Check and close',
    from: ['handled'],
    to: 'closed',
    permission: 'case.check',
    needs: ['trifle', 'notOwnWork', 'allSteps'],
    steps: ['check', 'evaluate'],
  },
  close: { zh: '结案', en: 'Close', from: ['checked'], to: 'closed', permission: 'case.close', needs: ['allSteps'], steps: ['evaluate'] },
  reopen: {
    zh: '重开',
    en: 'Reopen',
    from: ['closed'],
    to: 'reopened',
    permission: 'case.reopen',
    needs: ['reason', 'withinReopenWindow'],
    steps: [],
  },
  transfer: {
    zh: '移交外区',
    en: 'Move to another district',
    from: ['reported', 'filed', 'reopened'],
    to: 'transferred',
    permission: 'case.correct',
    needs: ['otherDistrict', 'standsAlone'],
    steps: [],
  },
  merge: {
    zh: '并案',
    en: 'Merge',
    from: ['reported', 'filed', 'dispatched', 'contacted', 'reopened'],
    to: 'merged',
    permission: 'case.dispatch',
    needs: ['mainCase'],
    steps: [],
  },
  unmerge: { zh: '撤销并案', en: 'Undo the merge', from: ['merged'], to: 'reported', permission: 'case.dispatch', needs: ['mainAtWork'], steps: [] },
  split: {
    zh: '拆分',
    en: 'Split',
    from: ['reported', 'filed', 'dispatched', 'reopened'],
    to: 'split',
    permission: 'case.dispatch',
    needs: ['parts', 'standsAlone'],
    steps: [],
  },
  handOver: {
    zh: '移交应急',
    en: 'Hand to emergency services',
    from: ['reported', 'filed', 'dispatched', 'contacted', 'reopened'],
    to: 'handed_over',
    permission: 'case.dispatch',
    needs: ['reason', 'takenBy'],
    steps: [],
  },
  rate: { zh: '评价', en: 'Rate', from: ['closed', 'merged'], to: 'same', permission: 'caller', needs: ['answered', 'notRated'], steps: [] },
  unrate: {
    zh: '收回评价',
    en: 'Take the rating back',
    from: ['closed', 'merged', 'reopened'],
    to: 'same',
    permission: 'caller',
    needs: ['ratedJustNow'],
    steps: [],
  },
  // Only with `unrate`: what an unhappy rating reopened is closed again as it was, while nobody has acted on it.
  reclose: { zh: '恢复结案', en: 'Close again', from: ['reopened'], to: 'closed', permission: 'caller', needs: ['byDecision'], steps: [] },
  withdraw: {
    zh: '撤回',
    en: 'Withdraw',
    from: ['reported', 'filed', 'dispatched', 'contacted', 'merged'],
    to: 'withdrawn',
    permission: 'caller',
    needs: ['standsAlone', 'mayTakeBack'],
    steps: [],
  },
} as const satisfies Record<string, CaseMove>
export type CaseMoveName = keyof typeof caseMoves
export const caseMoveNames = Object.keys(caseMoves) as [CaseMoveName, ...CaseMoveName[]]

/** Moves that the table allows from a status, in the table's order. */
export function movesFrom(status: CaseStatus): CaseMoveName[] {
  return caseMoveNames.filter((name) => (caseMoves[name].from as readonly CaseStatus[]).includes(status))
}

/** Reasons that a move may give; the free text beside it is a note. That something is not one's duty is no reason to return it but an objection (requesting/). */
export const moveReasons = {
  reject: {
    duplicate_of_closed: { zh: '已办结的重复反映', en: 'Repeats a closed case' },
    not_our_matter: { zh: '不属于管理范围', en: 'Outside our duties' },
    not_enough: { zh: '信息不足且无法联系', en: 'Too little to act on' },
  },
  giveBack: {
    wrong_place: { zh: '不在本单位辖区', en: 'Not our area' },
    nothing_found: { zh: '现场没有发现问题', en: 'Nothing found on site' },
    cannot_locate: { zh: '地点不清，无法到场', en: 'The place cannot be found' },
  },
  /** Why a lead finishes while other units have not answered. Only the first releases them. */
  handle: {
    not_needed: { zh: '不再需要协同单位处置', en: 'The others’ help is not needed any more' },
    goes_on_apart: { zh: '协同单位的工作另行继续', en: 'The others go on by themselves' },
    no_answer: { zh: '协同单位逾期没有答复', en: 'The others gave no answer in time' },
  },
  callUp: {
    beyond_means: { zh: '超出本级能力', en: 'Beyond our means' },
    needs_authority: { zh: '需要其他单位的权限', en: 'Needs another authority' },
    several_areas: { zh: '涉及多个区域', en: 'Concerns several areas' },
    repeated: { zh: '反复发生，本级根治不了', en: 'Comes back again and again' },
  },
  sendDown: {
    within_means: { zh: '下级有能力办理', en: 'Within the means of the level below' },
    not_tried: { zh: '下级尚未处置', en: 'Not tried below yet' },
    wrong_way: { zh: '应由下级另请单位', en: 'The level below should ask another unit' },
  },
  sendBack: {
    not_fixed: { zh: '问题仍在', en: 'Not fixed' },
    partly_fixed: { zh: '只解决一部分', en: 'Partly fixed' },
    no_evidence: { zh: '反馈与现场不符', en: 'Feedback does not match the site' },
  },
  reopen: {
    caller_unhappy: { zh: '群众不满意', en: 'The caller is unhappy' },
    came_back: { zh: '问题复发', en: 'The problem came back' },
    audit: { zh: '督查抽查', en: 'Found by audit' },
    call_back: { zh: '回访未解决', en: 'Not solved, says the caller called back' },
  },
  /** What the caller minds, beside the rating. That it is not solved reopens the case whatever the rating. */
  rate: {
    not_solved: { zh: '问题没有解决', en: 'It is not solved' },
    came_back: { zh: '问题又出现了', en: 'It came back' },
    too_slow: { zh: '办得太慢', en: 'It took too long' },
    not_explained: { zh: '结果没有说清楚', en: 'The result was not explained' },
    unfriendly: { zh: '态度不好', en: 'I was not treated well' },
  },
  handOver: {
    110: emergencyNames[110],
    119: emergencyNames[119],
    120: emergencyNames[120],
    122: emergencyNames[122],
  },
} as const satisfies Partial<Record<CaseMoveName, Record<string, Wording>>>

/** Why a unit that is asked beside others, or summoned, says no. A unit that leads objects instead, and an adjudicator decides. */
export const summonedReasons = {
  not_our_duty: { zh: '不属于本单位职责', en: 'Not our duty' },
  no_authority: { zh: '没有处置权限', en: 'No authority' },
} as const satisfies Record<string, Wording>
/** Levels from below, and the tier that each of them solves (琐事网格共治、小事社区共治、难事镇街联治、大事区街联治). */
export const rungTiers = { grid: 'D', community: 'C', street: 'B', district: 'A' } as const
export type RungLevel = keyof typeof rungTiers

/** Trifles 琐事、小事: closed in two light steps by two people. */
export const trifleTiers: readonly string[] = ['D', 'C']

/** The caller's answer after closing, five labelled choices; the top two count as satisfied, the bottom two reopen. */
export const ratingNames = {
  5: { zh: '非常满意', en: 'Very satisfied' },
  4: { zh: '满意', en: 'Satisfied' },
  3: { zh: '一般', en: 'Neither' },
  2: { zh: '不满意', en: 'Unsatisfied' },
  1: { zh: '非常不满意', en: 'Very unsatisfied' },
} as const satisfies Record<number, Wording>
export const UNHAPPY_AT_MOST = 2

/** How long a caller may change his mind about what has an effect (工信部适老化规范: submissions can be undone or changed for ten minutes). */
export const SECOND_THOUGHTS_MINUTES = 10

/** What a split call is made into. */
export const FEWEST_PARTS = 2
export const MOST_PARTS = 10
