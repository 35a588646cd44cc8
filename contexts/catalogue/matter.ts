/** The content of a matter as people write it: in the editor, in a catalogue file, and compared between versions. */
import { z } from 'zod'
import type { Wording } from '#kernel/refusal.ts'
import { dutyLists, leadLevels, limitUnits, matterKinds, tiers, workKinds } from './lifecycle.ts'

const WordingText = z.object({ zh: z.string().min(1).max(500), en: z.string().min(1).max(1000).optional() })

/** A word that residents use. Weight 1 unless given; a negative weight speaks against the matter. */
export const CatalogueWord = z.object({ text: z.string().min(1).max(40), weight: z.number().min(-10).max(10).default(1) })
export type CatalogueWord = z.infer<typeof CatalogueWord>

export const LimitText = z.object({ value: z.number().positive().max(10_000), unit: z.enum(limitUnits) })

/** Who leads or helps. A function code names a department's line of work (条); without one it is the territory's own office (块). */
export const Party = z.object({ level: z.enum(leadLevels), function: z.string().min(1).max(50).nullable() })
export type Party = z.infer<typeof Party>

/** A filing condition 立案条件. A draft may lack limits, tier and lead; a published one may not (publishing.ts). */
export const ConditionText = z.object({
  code: z.string().min(1).max(20),
  description: WordingText,
  words: z.array(CatalogueWord).max(200).default([]),
  respond: LimitText.nullable().default(null),
  dispose: LimitText.nullable().default(null),
  closing: WordingText.nullable().default(null).describe('结案条件'),
  tier: z.enum(tiers).nullable().default(null),
  lead: Party.nullable().default(null),
  helpers: z.array(Party).max(20).default([]),
  evidence: z.array(z.string().min(1).max(50)).max(20).default([]).describe('What must be shown, such as photo_before, photo_after'),
})
export type ConditionText = z.infer<typeof ConditionText>

export const MatterText = z.object({
  standard: z.string().min(1).max(50).describe('Where the code comes from, such as GB/T 47678.5-2026'),
  kind: z.enum(matterKinds),
  code: z.string().min(1).max(20),
  name: WordingText,
  category: WordingText.nullable().default(null).describe('大类'),
  words: z.array(CatalogueWord).max(200).default([]),
  duty: z.enum(dutyLists).nullable().default(null).describe('Which duty list of the street it stands on; null for none'),
  workKind: z.enum(workKinds).default('daily'),
  legalBasis: WordingText.nullable().default(null),
  conditions: z.array(ConditionText).max(100).default([]),
})
export type MatterText = z.infer<typeof MatterText>

/** The business key of a matter as one text. */
export function matterKey(matter: Pick<MatterText, 'standard' | 'kind' | 'code'>): string {
  return JSON.stringify([matter.standard, matter.kind, matter.code])
}

/** How a refusal names a matter: `06010 暴露垃圾`. */
export function matterTitle(matter: { code: string; name: Wording }): string {
  return `${matter.code} ${matter.name.zh}`
}

/** True when two texts say the same, whatever the order in which their fields were written. */
export function sameText(a: unknown, b: unknown): boolean {
  return inOrder(a) === inOrder(b)
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
