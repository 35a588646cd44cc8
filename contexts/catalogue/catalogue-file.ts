/** The one-file form of a catalogue: what `importCatalogue` reads and `exportCatalogue` writes. */
import { z } from 'zod'
import type { LocalDate } from '#kernel/clock.ts'
import { CalendarYearText } from './calendars.ts'
import { committeeLists, delegationLevels, ladderActs, ladderClocks, matterKinds } from './lifecycle.ts'
import { ConditionText, MatterText, Party } from './matter.ts'

const Day = z.iso.date() as unknown as z.ZodType<LocalDate, string>

// In a file the function of a territory's own office may be left out. (In a request it may not: its checker fills no defaults inside alternatives.)
const PartyEntry = Party.extend({ function: Party.shape.function.default(null) })
const ConditionEntry = ConditionText.extend({
  lead: PartyEntry.nullable().default(null),
  helpers: z.array(PartyEntry).max(20).default([]),
})

// A draft without conditions only names a class: it makes the matter where there is none and leaves every existing one as it is.
export const MatterEntry = MatterText.extend({
  conditions: z.array(ConditionEntry).max(100).default([]),
  status: z.enum(['draft', 'published']).default('published'),
  effectiveFrom: Day.nullable().default(null),
  effectiveTo: Day.nullable().default(null).describe('First day on which it no longer holds'),
})
export type MatterEntry = z.infer<typeof MatterEntry>
/** As a person may write it. */
export type MatterEntryInput = z.input<typeof MatterEntry>

const HoursEntry = z.object({
  from: Day,
  periods: z.array(z.object({ startMinute: z.number().int().min(0).max(1439), endMinute: z.number().int().min(1).max(1440) })).min(1),
})

const LadderEntry = z.object({
  milestone: z.enum(ladderClocks),
  effectiveFrom: Day,
  ordinal: z.number().int().min(1).max(100),
  percent: z.number().int().min(1).max(100).nullable().default(null).describe('Share of the limit that is used up'),
  minutesAfterDue: z.number().int().min(0).max(525_600).nullable().default(null),
  act: z.enum(ladderActs),
  toRole: z.string().min(1).max(50).nullable().default(null).describe('Null: the unit that holds the assignment'),
})

const SettingEntry = z.object({
  key: z.string().min(1).max(50),
  effectiveFrom: Day,
  value: z.union([z.string(), z.number(), z.boolean()]),
  meaning: z.object({ zh: z.string().min(1), en: z.string().optional() }),
})

// A matter on the committees' lists as they stand; later ones enter by a request (committee/).
const CommitteeEntry = z.object({
  list: z.enum(committeeLists),
  standard: z.string().min(1).max(50),
  kind: z.enum(matterKinds),
  code: z.string().min(1).max(20),
  areaCode: z
    .string()
    .regex(/^\d{0,12}$/)
    .default('')
    .describe('Communities whose code begins so'),
  listed: z.boolean().default(true),
  from: Day,
  to: Day.nullable().default(null),
  reason: z.string().min(1).max(1000).nullable().default(null),
})
export type CommitteeEntry = z.infer<typeof CommitteeEntry>

const Means = z.object({ zh: z.string().min(1).max(500), en: z.string().min(1).max(1000).optional() })

// A delegation with its whole term. The department is named by the code of its organisation, which the other database must know.
const DelegationEntry = z.object({
  standard: z.string().min(1).max(50),
  kind: z.enum(matterKinds),
  code: z.string().min(1).max(20),
  condition: z.string().min(1).max(20).nullable().default(null).describe('Null: all conditions of the matter'),
  organisation: z.string().min(1).max(50),
  function: z.string().min(1).max(50).describe('Of the department when it delegated'),
  level: z.enum(delegationLevels),
  areaCode: z.string().regex(/^\d{6,12}$/),
  authority: Means,
  people: Means.nullable().default(null),
  goods: Means.nullable().default(null),
  money: Means.nullable().default(null),
  legalBasis: Means,
  from: Day,
  to: Day,
  signedBy: z.string().min(1).max(200),
  ended: z
    .object({ on: Day, reason: z.string().min(1).max(1000) })
    .nullable()
    .default(null)
    .describe('Before its term'),
})
export type DelegationEntry = z.infer<typeof DelegationEntry>

export const CatalogueFile = z.object({
  format: z.literal('huying-catalogue/1'),
  source: z.string().optional().describe('Where its facts come from'),
  matters: z.array(MatterEntry).max(20_000).default([]),
  calendars: z.array(CalendarYearText).default([]),
  hours: z.array(HoursEntry).default([]),
  ladder: z.array(LadderEntry).default([]),
  settings: z.array(SettingEntry).default([]),
  committee: z.array(CommitteeEntry).max(20_000).default([]),
  delegations: z.array(DelegationEntry).max(20_000).default([]),
})
export type CatalogueFile = z.infer<typeof CatalogueFile>
/** As a person may write it: what has a default may be left out. */
export type CatalogueFileInput = z.input<typeof CatalogueFile>
