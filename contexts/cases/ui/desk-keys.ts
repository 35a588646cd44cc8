/** Names of the questions that only the desk asks. */
import { touchedBy } from './keys.ts'

export const deskKeys = {
  /** Says that lists changed; the queue decides itself when it asks again. */
  pulse: ['cases', 'list', 'pulse'] as const,
  overdue: ['cases', 'list', 'overdue'] as const,
  onlookers: ['cases', 'onlookers'] as const,
  views: ['cases', 'views'] as const,
}

/** Questions of the desk that a change may have altered: who looks on and which views are kept alter no case. */
export function touchedOnDesk(change: { readonly subjectId: string; readonly type: string }): (readonly string[])[] {
  if (change.type === 'case.onlookers') return [deskKeys.onlookers]
  if (change.type.startsWith('case.view_')) return [deskKeys.views]
  return [...touchedBy(change), deskKeys.views]
}
