/** Which views a person's rights make useful, the one they need first at the top. Pure. */
import type { CaseView } from '#contexts/cases/contract.ts'

const neededFor: readonly (readonly [CaseView, string])[] = [
  ['triage', 'case.file'],
  ['mine', 'case.handle'],
  ['helping', 'case.handle'],
  ['check', 'case.check'],
  ['reopened', 'case.reopen'],
  ['close', 'case.close'],
]
const forEverybody: readonly CaseView[] = ['soon', 'overdue', 'open', 'all']

/** Views for these rights, in order; empty for somebody who sees no cases. */
export function viewsFor(may: (permission: string) => boolean): CaseView[] {
  if (!may('case.read')) return []
  return [...neededFor.filter(([, permission]) => may(permission)).map(([view]) => view), ...forEverybody]
}
