import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { ladderActs, ladderClocks } from '../lifecycle.ts'

const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
const Day = z.iso.date()
const CommandId = z.uuid().describe('Made by the sender; a repeat with the same id changes nothing')

export const LadderStepView = z.object({
  percent: z.number().int().min(1).max(100).nullable().describe('Share of the limit that is used up'),
  minutesAfterDue: z.number().int().min(0).max(525_600).nullable(),
  act: z.enum(ladderActs),
  toRole: z.string().max(50).nullable().describe('Null: the unit that holds the assignment'),
})
export type LadderStepView = z.infer<typeof LadderStepView>

export const LadderView = z.object({ clock: z.enum(ladderClocks), effectiveFrom: Day, steps: z.array(LadderStepView) })
export type LadderView = z.infer<typeof LadderView>

const Value = z.union([z.string().max(2000), z.number(), z.boolean()])
export const SettingView = z.object({ key: z.string(), effectiveFrom: Day, value: Value, meaning: WordingView })
export type SettingView = z.infer<typeof SettingView>

export const listTiming = endpoint({
  id: 'listTiming',
  method: 'GET',
  path: '/api/catalogue/timing',
  permission: 'catalogue.read',
  summary: 'Ladders of the clocks and settings with all their days, and the roles that an escalation may name',
  reply: z.object({
    today: Day,
    ladders: z.array(LadderView),
    settings: z.array(SettingView),
    roles: z.array(z.object({ code: z.string(), name: WordingView })),
  }),
})

export const saveLadder = endpoint({
  id: 'saveLadder',
  method: 'POST',
  path: '/api/catalogue/ladders',
  permission: 'catalogue.edit',
  summary: 'Change the ladder of a clock from a day to come; the past stays',
  body: z.object({ commandId: CommandId, clock: z.enum(ladderClocks), effectiveFrom: Day, steps: z.array(LadderStepView).min(1).max(20) }),
  reply: LadderView,
})

export const saveSetting = endpoint({
  id: 'saveSetting',
  method: 'POST',
  path: '/api/catalogue/settings',
  permission: 'catalogue.edit',
  summary: 'Change a setting from a day to come; the past stays',
  body: z.object({ commandId: CommandId, key: z.string().max(50), effectiveFrom: Day, value: Value }),
  reply: SettingView,
})
