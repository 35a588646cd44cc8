import { isEnded, type Assignment } from '#contexts/assignments/index.ts'
import type { Request } from './request.ts'

/** Assignments that asked for an opinion, ended by `end`. */
export function endOpinions(assignments: readonly Assignment[], end: (one: Assignment) => Assignment): Assignment[] {
  return assignments.map((one) => (one.purpose === 'opinion' && !isEnded(one) ? end(one) : one))
}

/** The one opinion that an objection asked for, ended by `end`; those that other objections asked for stay. */
export function endOpinionOf(
  { heardOrganisationId }: Pick<Request, 'heardOrganisationId'>,
  assignments: readonly Assignment[],
  end: (one: Assignment) => Assignment,
): Assignment[] {
  const asked = assignments.find((one) => one.purpose === 'opinion' && !isEnded(one) && one.organisationId === heardOrganisationId)
  return assignments.map((one) => (one === asked ? end(one) : one))
}
