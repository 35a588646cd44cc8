import { isEnded, isRunning, type Assignment, type Reminder } from '#contexts/assignments/index.ts'
import { addMs, MINUTE_MS, type Instant } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import { URGE_PAUSE_MINUTES, type UrgeKind } from './lifecycle.ts'

/** The role before whom a case is put: whoever leads the district, or the part of it where the case lies. */
const LEADER = 'leader'

/**
 * Whom a person reminds of one case. Urging goes to every unit that owes an answer, escalating to the leader of the place and to the units, so
 * that nobody is reported behind his back. Pure; throws a refusal where nobody is awaited, or where the case was urged within the hour.
 */
export function remindersOfUrging(
  record: CaseRecord,
  assignments: readonly Assignment[],
  { kind, lastUrgedAt, now }: { readonly kind: UrgeKind; readonly lastUrgedAt: Instant | undefined; readonly now: Instant },
): Reminder[] {
  const owing = assignments.filter((one) => !isEnded(one) && one.milestones.some(isRunning) && one.purpose !== 'redispatch')
  if (owing.length === 0) throw refuse.nobodyAwaited()
  if (kind === 'urge' && lastUrgedAt !== undefined && now < addMs(lastUrgedAt, URGE_PAUSE_MINUTES * MINUTE_MS)) throw refuse.urgedJustNow()
  const reminder = (one: Assignment, to: Pick<Reminder, 'act' | 'toOrganisationId' | 'toRole'>): Reminder => ({
    districtCode: record.districtCode,
    id: newId(),
    subjectKind: 'case',
    subjectId: record.id,
    assignmentId: one.id,
    milestoneKind: one.milestones.find(isRunning)?.kind ?? 'dispose',
    areaCode: record.areaCode,
    at: now,
    ...to,
  })
  const units = owing.map((one) => reminder(one, { act: 'urge', toOrganisationId: one.organisationId, toRole: null }))
  const leaders = owing.slice(0, 1).map((one) => reminder(one, { act: 'escalate', toOrganisationId: null, toRole: LEADER }))
  return kind === 'urge' ? units : [...leaders, ...units]
}
