import { soonAtOf, wasEverLate, type Assignment, type Milestone } from '#contexts/assignments/index.ts'
import type { Directory } from '#contexts/people/index.ts'
import type { MilestoneView, UnitView } from '../shapes/contract.ts'
import { answersOpenTo, type AnswerFacts } from './answering.ts'

/** What was typed beside an answer, by the assignment it is about. */
export interface UnitNote {
  readonly assignmentId?: string | null
  readonly move: string
  readonly text: string
}

/** A clock as screens read it. */
export function milestoneView(milestone: Milestone): MilestoneView {
  const { id, kind, limitValue, limitUnit, startsAt, dueAt, metAt, overdueAt, cancelledAt, pausedAt, extensions } = milestone
  const limit = limitValue === null ? null : { value: limitValue, unit: limitUnit ?? '' }
  return { id, kind, limit, startsAt, dueAt, metAt, overdueAt, cancelledAt, pausedAt, extensions, soonAt: soonAtOf(milestone) }
}

/** One unit beside the lead. */
export function unitView(
  one: Assignment,
  {
    assignments,
    notes,
    directory,
    facts,
  }: { assignments: readonly Assignment[]; notes: readonly UnitNote[]; directory: Directory; facts: AnswerFacts },
): UnitView {
  // The words of the last answer that ended the part: a result, or why the unit left.
  const words = notes.findLast(({ assignmentId, move }) => assignmentId === one.id && /^unit\.(finish|return|drop)$/.test(move))
  return {
    assignmentId: one.id,
    purpose: one.purpose,
    organisationId: one.organisationId,
    organisation: directory.organisations.get(one.organisationId)?.name ?? null,
    state: one.state,
    why: one.why.text,
    openedAt: one.openedAt,
    endedAt: one.endedAt,
    milestones: one.milestones.map(milestoneView),
    late: wasEverLate(one, facts.at),
    feedback: words?.text ?? null,
    answers: answersOpenTo(one, assignments, facts),
  }
}

/** Units beside the lead, oldest first; who convenes shows with the whistle. */
export function isBesideLead({ purpose }: Pick<Assignment, 'purpose'>): boolean {
  return purpose === 'candidate' || purpose === 'help' || purpose === 'whistle'
}
