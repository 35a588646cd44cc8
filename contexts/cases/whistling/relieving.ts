import { stop, type PlannedMilestone } from '#contexts/assignments/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { openFor } from '../joining/first-taker.ts'
import { stood, unrated, type WhistleWork } from './decide.ts'
import type { Whistle, WhistleUnit } from './whistle.ts'

/** What an adjudication about a summons looks at. */
export interface SummonsFacts {
  readonly whistle: Whistle
  readonly at: Instant
  readonly nameOf: (organisationId: string) => Wording
  readonly maySummon: (organisationId: string) => boolean
  /** Clocks of the whistle's kind, from a moment on. */
  readonly plan: (at: Instant) => readonly PlannedMilestone[]
}

/** Takes a unit out of a whistle by adjudication; its overdue facts stay. A unit named instead is summoned from now on, with clocks in full. */
export function relieveSummoned(work: WhistleWork, organisationId: string, insteadId: string | null, facts: SummonsFacts): WhistleWork {
  const { record, whistle } = work
  const { assignmentId } = whistle.units.find((unit) => unit.organisationId === organisationId) ?? unrated
  const assignments = work.assignments.map((one) => (one.id === assignmentId ? stop(one, 'relieve', facts.at) : one))
  // Who is summoned already keeps its part and its clocks.
  if (insteadId === null || whistle.units.some((unit) => unit.organisationId === insteadId)) return stood({ record, assignments, whistle })
  const why = { rule: 'adjudication', text: insteadOf(facts.nameOf(organisationId)) }
  const opened = openFor(record, 'whistle', { organisationId: insteadId, postId: null, why, milestones: facts.plan(facts.at) }, facts.at)
  const ordinal = Math.max(...whistle.units.map((unit) => unit.ordinal)) + 1
  const unit: WhistleUnit = { ...unrated, organisationId: insteadId, ordinal, basis: why.text.zh, assignmentId: opened.id }
  return stood({ record, assignments: [...assignments, opened], whistle: { ...whistle, units: [...whistle.units, unit] } })
}

const insteadOf = (unit: Wording): Required<Wording> => ({
  zh: `异议裁定：代替${unit.zh}`,
  en: `Adjudicated after an objection: instead of ${unit.en ?? unit.zh}`,
})
