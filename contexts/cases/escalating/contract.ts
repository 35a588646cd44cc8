import { z } from 'zod'
import { rungTiers, type RungLevel } from '../lifecycle.ts'

const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
const Level = z.enum(Object.keys(rungTiers) as [RungLevel, ...RungLevel[]])
const StandView = z.object({ level: Level, tier: z.string(), organisation: WordingView.nullable() })

/** One step that a case went up or down, with what was tried below before it. */
export const RungView = z.object({
  direction: z.enum(['up', 'down']),
  at: z.iso.datetime(),
  from: StandView,
  to: StandView,
  reason: WordingView,
  who: WordingView,
  note: z.string().nullable().describe('Up: what was tried'),
})
export type RungView = z.infer<typeof RungView>
