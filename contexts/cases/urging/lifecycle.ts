/** 催办 and 升级 by hand, as data. */
import type { Wording } from '#kernel/refusal.ts'

export const urgeKinds = ['urge', 'escalate'] as const
export type UrgeKind = (typeof urgeKinds)[number]
export const urgeNames = {
  urge: { zh: '催办', en: 'Urge' },
  escalate: { zh: '升级', en: 'Escalate' },
} as const satisfies Record<UrgeKind, Wording>

/** The same case is urged once an hour at most: whoever answers three reminders does not handle the case. */
export const URGE_PAUSE_MINUTES = 60
