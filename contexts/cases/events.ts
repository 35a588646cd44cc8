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
  'case.called_up': { zh: '上呼到上一级', en: 'Called up one level' },
  'case.sent_down': { zh: '上级退回', en: 'Sent back down' },
  'case.settled': { zh: '当场办结', en: 'Settled on the spot' },
  'case.confirmed': { zh: '核查结案', en: 'Checked and closed' },
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
  'case.sample_published': { zh: '公布回访抽样种子', en: 'Seed of a call-back sample published' },
  'case.sample_drawn': { zh: '抽取回访样本', en: 'Call-back sample drawn' },
  'case.called_back': { zh: '回访反映人', en: 'Caller called back' },
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
  callUp: 'case.called_up',
  sendDown: 'case.sent_down',
  handle: 'case.handled',
  settle: 'case.settled',
  sendBack: 'case.sent_back',
  check: 'case.checked',
  confirm: 'case.confirmed',
  close: 'case.closed',
  reopen: 'case.reopened',
  rate: 'case.rated',
  transfer: 'case.transferred',
  withdraw: 'case.withdrawn',
} as const satisfies Record<CaseMoveName, CaseEventType>
