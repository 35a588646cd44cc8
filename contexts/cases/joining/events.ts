import type { Wording } from '#kernel/refusal.ts'
import type { AnswerMoveName } from './lifecycle.ts'

/** Events of units beside the lead; the subject is the case, so its timeline reads in one piece. */
export const unitEvents = {
  'case.unit_added': { zh: '增加协同单位', en: 'Unit asked to help' },
  'case.unit_signed': { zh: '协同单位签收', en: 'Unit signed for it' },
  'case.unit_contacted': { zh: '协同单位已联系', en: 'Unit made contact' },
  'case.unit_arrived': { zh: '协同单位已到场', en: 'Unit arrived on the site' },
  'case.unit_finished': { zh: '协同单位反馈结果', en: 'Unit fed back' },
  'case.unit_returned': { zh: '协同单位退回', en: 'Unit returned its part' },
  'case.unit_dropped': { zh: '撤下协同单位', en: 'Unit let go' },
} as const satisfies Record<string, Wording>
export type UnitEventType = keyof typeof unitEvents

/** The event that each answer leaves behind. */
export const eventOfAnswer = {
  sign: 'case.unit_signed',
  contact: 'case.unit_contacted',
  arrive: 'case.unit_arrived',
  finish: 'case.unit_finished',
  return: 'case.unit_returned',
  drop: 'case.unit_dropped',
} as const satisfies Record<AnswerMoveName, UnitEventType>
