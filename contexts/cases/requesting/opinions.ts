import { isEnded, type Assignment } from '#contexts/assignments/index.ts'

/** Assignments that asked for an opinion, ended by `end`. */
export function endOpinions(assignments: readonly Assignment[], end: (one: Assignment) => Assignment): Assignment[] {
  return assignments.map((one) => (one.purpose === 'opinion' && !isEnded(one) ? end(one) : one))
}
