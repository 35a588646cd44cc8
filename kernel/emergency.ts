import type { Wording } from './refusal.ts'

/** Numbers to dial in an emergency: police, fire and rescue, ambulance, traffic accidents. */
export const emergencyServices = ['110', '119', '120', '122'] as const
export type EmergencyService = (typeof emergencyServices)[number]
export const emergencyNames = {
  110: { zh: '公安 110', en: 'police 110' },
  119: { zh: '消防救援 119', en: 'fire and rescue 119' },
  120: { zh: '医疗急救 120', en: 'ambulance 120' },
  122: { zh: '交通事故 122', en: 'traffic accidents 122' },
} as const satisfies Record<EmergencyService, Wording>
