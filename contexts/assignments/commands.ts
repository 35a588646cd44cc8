import type { Clock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { systemActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { emit, type Doing, type NewEvent } from '#platform/event.ts'
import type { AssignmentEventType } from './events.ts'
import type { TimerAct } from './lifecycle.ts'
import { addReminders, claimDueTimers, markOverdue, type AssignmentsTx, type DueTimer } from './store.ts'

const BATCH = 500
const eventOf = { remind: 'assignment.reminded', overdue: 'assignment.overdue', escalate: 'assignment.escalated' } as const satisfies Record<
  TimerAct,
  AssignmentEventType
>

/**
 * Acts on every step of the ladder that is due in one district, each exactly once: the claim, the effect, the event and the reminder are one transaction.
 * Returns the number of steps acted on; a full batch means that more may wait.
 */
export async function sweepDistrict(
  services: { database: Database; clock: Clock; subscribersOf: Doing['subscribersOf'] },
  districtCode: DistrictCode,
): Promise<number> {
  const now = services.clock.now()
  return inTransaction(services.database, async (tx: AssignmentsTx) => {
    const due = await claimDueTimers(tx, districtCode, now, BATCH)
    if (due.length === 0) return 0
    const marked = await markOverdue(
      tx,
      districtCode,
      due.filter((t) => t.act === 'overdue').map((t) => t.milestoneId),
    )
    const acting = due.filter((t) => t.act !== 'overdue' || marked.has(t.milestoneId))
    await Promise.all([
      addReminders(
        tx,
        acting.map((t) => reminderOf(t, districtCode)),
      ),
      emit(
        tx,
        { actor: systemActor('sweep'), commandId: newId(), requestId: 'sweep', subscribersOf: services.subscribersOf },
        acting.map((t) => eventFor(t, districtCode)),
      ),
    ])
    return due.length
  })
}

function reminderOf(timer: DueTimer, districtCode: DistrictCode) {
  return {
    districtCode,
    id: newId(),
    subjectKind: timer.subjectKind,
    subjectId: timer.subjectId,
    assignmentId: timer.assignmentId,
    milestoneKind: timer.kind,
    act: timer.act,
    toOrganisationId: timer.toRole === null ? timer.organisationId : null,
    toRole: timer.toRole,
    areaCode: timer.areaCode,
    at: timer.actAt,
  }
}

function eventFor(timer: DueTimer, districtCode: DistrictCode): NewEvent {
  return {
    type: eventOf[timer.act],
    version: 1,
    districtCode,
    subjectKind: timer.subjectKind,
    subjectId: timer.subjectId,
    subjectVersion: timer.assignmentVersion,
    happenedAt: timer.actAt,
    data: {
      assignmentId: timer.assignmentId,
      milestoneId: timer.milestoneId,
      milestone: timer.kind,
      dueAt: timer.dueAt,
      organisationId: timer.organisationId,
      organisationIds: timer.organisationIds,
      areaCode: timer.areaCode,
      toRole: timer.toRole,
    },
  }
}
