/** Shapes that several contracts of cases share. */
import { z } from 'zod'
import { assignmentStates, milestoneKinds, purposes } from '../../assignments/lifecycle.ts'
import { answerMoveNames, objectionStates, whistleColumns, whistleMoveNames, whistleStates } from './lifecycle.ts'

export const WordingView = z.object({ zh: z.string(), en: z.string().optional() })
export const Instant = z.iso.datetime()
export const CommandId = z.uuid().describe('Made by the sender; a repeat with the same id gets the same answer')
export const CaseKey = z.object({ districtCode: z.string().regex(/^\d{6}$/), id: z.uuid() })
export const ExpectedVersion = z.number().int().min(1).describe('The version of the case that the person saw; another version is a conflict')

export const MilestoneView = z.object({
  id: z.uuid(),
  kind: z.enum(milestoneKinds),
  limit: z.object({ value: z.number(), unit: z.string() }).nullable(),
  startsAt: Instant,
  dueAt: Instant.nullable(),
  metAt: Instant.nullable(),
  overdueAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
  pausedAt: Instant.nullable().describe('Since when it stands still'),
  extensions: z.number().int().describe('Original limits added (延期)'),
  soonAt: Instant.nullable().describe('From here on it is about to run out; counts in the limit’s own time'),
})
export type MilestoneView = z.infer<typeof MilestoneView>

/** One unit beside the lead, with its own clocks and its own answer. */
export const UnitView = z.object({
  assignmentId: z.uuid(),
  purpose: z.enum(purposes),
  organisationId: z.uuid(),
  organisation: WordingView.nullable(),
  state: z.enum(assignmentStates),
  why: WordingView.describe('Why this unit'),
  openedAt: Instant,
  endedAt: Instant.nullable(),
  milestones: z.array(MilestoneView),
  late: z.boolean().describe('One of its clocks ran out, whether it was met afterwards or not'),
  feedback: z.string().nullable().describe('What the unit fed back, or why it left'),
  answers: z.array(z.enum(answerMoveNames)).describe('Exactly the answers that this actor may give on it now'),
})
export type UnitView = z.infer<typeof UnitView>

export const UnitName = z.object({ id: z.uuid(), name: WordingView.nullable() })

/** One whistle: its grounds, and each summoned unit with its part. */
export const WhistleView = z.object({
  districtCode: z.string(),
  id: z.uuid(),
  caseId: z.uuid(),
  caseNumber: z.string(),
  caseVersion: z.number().int(),
  text: z.string().describe('What the case is about, numbers of persons masked'),
  matter: WordingView.nullable(),
  place: WordingView,
  kind: z.object({ code: z.string(), name: WordingView }),
  state: z.enum(whistleStates),
  column: z.enum(whistleColumns),
  caller: UnitName,
  street: UnitName,
  tried: z.string(),
  missing: z.string(),
  askedAt: Instant,
  soundedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  endNote: z.string().nullable(),
  units: z.array(
    z.object({
      organisation: UnitName,
      basis: z.string(),
      part: UnitView.nullable().describe('Null before the whistle sounds'),
      score: z.number().int().nullable(),
      scoreNote: z.string().nullable(),
      mayRate: z.boolean(),
      objection: z.enum(objectionStates).nullable().describe('The last objection of this unit to this whistle'),
      mayObject: z.boolean(),
    }),
  ),
  late: z.boolean(),
  moves: z.array(z.enum(whistleMoveNames)).describe('Exactly the moves that this actor may make now'),
})
export type WhistleView = z.infer<typeof WhistleView>
