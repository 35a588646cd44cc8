/** Shapes that several contracts of cases share. */
import { z } from 'zod'
import { assignmentStates, milestoneKinds, purposes } from '../assignments/lifecycle.ts'
import { answerMoveNames } from './joining/lifecycle.ts'

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
