import type { Wording } from '#kernel/refusal.ts'
import type { WhistleMoveName } from './lifecycle.ts'

/** Events of whistles; the subject is the case. Data: ids, the kind and a score, never a text. */
export const whistleEvents = {
  'whistle.proposed': { zh: '社区提请街道吹哨', en: 'Community asks its street to whistle' },
  'whistle.submitted': { zh: '吹哨报区领导批准', en: 'Whistle put before a leader of the district' },
  'whistle.sounded': { zh: '街道吹哨', en: 'The street whistles' },
  'whistle.unit_summoned': { zh: '吹哨召集单位', en: 'Unit summoned by whistle' },
  'whistle.unit_relieved': { zh: '经裁定不再召集', en: 'Unit relieved by adjudication' },
  'whistle.kind_changed': { zh: '吹哨种类变更', en: 'Kind of whistle changed' },
  'whistle.declined': { zh: '吹哨未获批准', en: 'Whistle declined' },
  'whistle.called_off': { zh: '吹哨撤销', en: 'Whistle called off' },
  'whistle.rated': { zh: '街道评价报到单位', en: 'The street rates an answer' },
  'whistle.closed': { zh: '吹哨结束', en: 'Whistle ended' },
} as const satisfies Record<string, Wording>
export type WhistleEventType = keyof typeof whistleEvents

/** The event that each move leaves behind. */
export const eventOfWhistleMove = {
  sound: 'whistle.sounded',
  submit: 'whistle.submitted',
  approve: 'whistle.sounded',
  decline: 'whistle.declined',
  callOff: 'whistle.called_off',
  close: 'whistle.closed',
} as const satisfies Record<WhistleMoveName, WhistleEventType>
