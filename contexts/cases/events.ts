import type { Wording } from '#kernel/refusal.ts'
import type { CaseMoveName } from './lifecycle.ts'

/** Events of cases, past tense, with the words of the timeline. Data: ids and codes only. */
export const caseEvents = {
  'case.reported': { zh: '收到反映', en: 'Reported' },
  'case.corrected': { zh: '更正信息', en: 'Corrected' },
  'case.filed': { zh: '立案', en: 'Filed' },
  'case.rejected': { zh: '不予立案', en: 'Rejected' },
  'case.dispatched': { zh: '派遣到责任单位', en: 'Dispatched' },
  'case.contacted': { zh: '已联系或到场', en: 'Contacted' },
  'case.given_back': { zh: '责任单位退回', en: 'Given back' },
  'case.handled': { zh: '处置完成并反馈', en: 'Handled and fed back' },
  'case.sent_back': { zh: '核查不通过，返工', en: 'Sent back for rework' },
  'case.checked': { zh: '核查通过', en: 'Passed the check' },
  'case.closed': { zh: '结案', en: 'Closed' },
  'case.reopened': { zh: '重开，交督查', en: 'Reopened to the supervisor' },
  'case.rated': { zh: '反映人评价', en: 'Rated by the caller' },
  'case.withdrawn': { zh: '反映人撤回', en: 'Withdrawn by the caller' },
  'case.transferred': { zh: '移交外区', en: 'Moved to another district' },
  'case.photo_added': { zh: '添加照片', en: 'Picture added' },
  'case.exported': { zh: '导出清单', en: 'List exported' },
  'case.reassigned': { zh: '裁定改派', en: 'Reassigned by adjudication' },
  'case.request_asked': { zh: '提出申请', en: 'Request made' },
  'case.request_passed': { zh: '申请通过本级，报上级审批', en: 'Request passed on to the next level' },
  'case.request_granted': { zh: '申请批准', en: 'Request granted' },
  'case.request_refused': { zh: '申请未批准', en: 'Request refused' },
  'case.request_withdrawn': { zh: '撤回申请', en: 'Request withdrawn' },
  'case.request_rule_changed': { zh: '申请规则变更', en: 'Rules of requests changed' },
  'case.precedent_set': { zh: '裁定标为规则', en: 'Adjudication made a rule' },
  'case.precedent_lifted': { zh: '裁定不再作为规则', en: 'Adjudication no longer a rule' },
  'case.opinion_given': { zh: '被提议单位答复', en: 'The proposed unit answered' },
  'case.resumed': { zh: '挂账到期，时钟恢复', en: 'Suspension over, the clocks go on' },
  'case.held': { zh: '转人工处理', en: 'Held for a person' },
} as const satisfies Record<string, Wording>
export type CaseEventType = keyof typeof caseEvents

/** The event that each move of the state table leaves behind. */
export const eventOfMove = {
  correct: 'case.corrected',
  file: 'case.filed',
  reject: 'case.rejected',
  dispatch: 'case.dispatched',
  contact: 'case.contacted',
  giveBack: 'case.given_back',
  reassign: 'case.reassigned',
  handle: 'case.handled',
  sendBack: 'case.sent_back',
  check: 'case.checked',
  close: 'case.closed',
  reopen: 'case.reopened',
  rate: 'case.rated',
  transfer: 'case.transferred',
  withdraw: 'case.withdrawn',
} as const satisfies Record<CaseMoveName, CaseEventType>
