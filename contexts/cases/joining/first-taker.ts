import { contact, isEnded, openAssignment, repurpose, stop, type Assignment } from '#contexts/assignments/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DispatchPlan, MoveFacts, MoveRequest } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { OthersThen } from './lifecycle.ts'

/** Rules under which several units were asked and the first to make contact leads (首接负责): what the others do then is decided at dispatch. */
const ruleOf = { help: 'first_taker_others_help', release: 'first_taker_others_released' } as const satisfies Record<OthersThen, string>

/** Opens an assignment of the case as planned. */
export function openFor(record: CaseRecord, purpose: Assignment['purpose'], plan: DispatchPlan, at: Instant): Assignment {
  const { organisationId, postId, why, milestones } = plan
  const subject = { districtCode: record.districtCode, subjectKind: 'case', subjectId: record.id, areaCode: record.areaCode }
  return openAssignment({ ...subject, purpose, organisationId, postId, why, openedAt: at, milestones })
}

/** Asks several units at once. Nobody leads until one of them makes contact; each has its own clocks from now on. */
export function askCandidates(record: CaseRecord, request: MoveRequest, facts: MoveFacts): Assignment[] {
  const ids = [...new Set(request.candidateIds ?? [])]
  if (ids.length < 2) throw refuse.candidatesMissing({}, 'candidateIds')
  const rule = ruleOf[request.othersThen ?? 'help']
  const note = request.note?.trim() || '多家单位同时派遣，先接者牵头'
  return ids.map((organisationId) => {
    const plan = facts.planDispatch(record, { ...request, organisationId, note }, facts.at)
    const text = { zh: `先接者牵头：${plan.why.text.zh}`, en: `The first to take it leads: ${plan.why.text.en ?? plan.why.text.zh}` }
    return openFor(record, 'candidate', { ...plan, postId: null, why: { rule, text } }, facts.at)
  })
}

/** True while a unit that may take the case has not said no. */
export function isWaitingCandidate(one: Assignment): boolean {
  return one.purpose === 'candidate' && !isEnded(one)
}

/** The first contact makes its unit the lead; the other candidates help from now on, or are released. */
export function take(record: CaseRecord, assignments: readonly Assignment[], facts: MoveFacts): { record: CaseRecord; assignments: Assignment[] } {
  const taken = assignments.find((one) => isWaitingCandidate(one) && facts.organisationIds.includes(one.organisationId))
  if (!taken) throw refuse.holdsNot()
  const afterwards = (one: Assignment): Assignment => {
    if (one === taken) return repurpose(contact(one, facts.at), 'handle')
    if (!isWaitingCandidate(one)) return one
    return one.why.rule === ruleOf.help ? repurpose(one, 'help') : stop(one, 'cancel', facts.at)
  }
  const { organisationId, postId, id, why } = taken
  return {
    record: { ...record, leadOrganisationId: organisationId, leadPostId: postId, assignmentId: id, why },
    assignments: assignments.map(afterwards),
  }
}
