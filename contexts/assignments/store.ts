import { insertRows, sql, type Tx } from '#platform/database/database.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Tables } from '#database/tables.ts'
import { isRunning, type Assignment, type Milestone } from './answer.ts'
import type { ReminderAct, TimerAct } from './lifecycle.ts'

export type AssignmentsTables = Pick<Tables, 'assignments.assignment' | 'assignments.milestone' | 'assignments.timer' | 'assignments.reminder'>
export type AssignmentsTx = Tx<AssignmentsTables>

// The latest: a clock that was planned anew may remind again.
const remindAt = sql<Instant | null>`(select max(t.act_at) from assignments.timer t
  where t.district_code = milestone.district_code and t.milestone_id = milestone.id and t.act = 'remind' and t.cancelled_at is null)`.as('remindAt')

/** All assignments of each subject, oldest first, their clocks locked until the transaction ends: a sweep skips them, a second move waits. */
export async function lockAssignmentsOf(
  tx: AssignmentsTx,
  districtCode: DistrictCode,
  subjectIds: readonly string[],
): Promise<Map<string, readonly Assignment[]>> {
  if (subjectIds.length === 0) return new Map()
  const [assignments, milestones] = await Promise.all([
    tx
      .selectFrom('assignments.assignment')
      .selectAll()
      .where('districtCode', '=', districtCode)
      .where('subjectId', 'in', subjectIds)
      .orderBy('openedAt')
      .orderBy('id')
      .execute(),
    tx
      .selectFrom('assignments.milestone')
      .selectAll()
      .select(remindAt)
      .where('districtCode', '=', districtCode)
      .where('subjectId', 'in', subjectIds)
      .orderBy('id')
      .forUpdate()
      .execute(),
  ])
  return Map.groupBy(assemble(assignments, milestones).values(), (assignment) => assignment.subjectId)
}

/** All assignments of each subject, oldest first, read without a lock. */
export async function assignmentsOfMany(
  tx: AssignmentsTx,
  districtCode: string,
  subjectIds: readonly string[],
): Promise<Map<string, readonly Assignment[]>> {
  if (subjectIds.length === 0) return new Map()
  const [assignments, milestones] = await Promise.all([
    tx
      .selectFrom('assignments.assignment')
      .selectAll()
      .where('districtCode', '=', districtCode)
      .where('subjectId', 'in', subjectIds)
      .orderBy('openedAt')
      .orderBy('id')
      .execute(),
    tx
      .selectFrom('assignments.milestone')
      .selectAll()
      .select(remindAt)
      .where('districtCode', '=', districtCode)
      .where('subjectId', 'in', subjectIds)
      .orderBy('startsAt')
      .execute(),
  ])
  return Map.groupBy(assemble(assignments, milestones).values(), (assignment) => assignment.subjectId)
}

/** All assignments of one subject, oldest first. */
export async function assignmentsOf(tx: AssignmentsTx, districtCode: string, subjectId: string): Promise<Assignment[]> {
  const assignments = await tx
    .selectFrom('assignments.assignment')
    .selectAll()
    .where('districtCode', '=', districtCode)
    .where('subjectId', '=', subjectId)
    .orderBy('openedAt')
    .execute()
  if (assignments.length === 0) return []
  const milestones = await tx
    .selectFrom('assignments.milestone')
    .selectAll()
    .select(remindAt)
    .where('districtCode', '=', districtCode)
    .where(
      'assignmentId',
      'in',
      assignments.map((a) => a.id),
    )
    .orderBy('startsAt')
    .execute()
  return [...assemble(assignments, milestones).values()]
}

function assemble(assignments: readonly object[], milestones: readonly object[]): Map<string, Assignment> {
  const found = new Map<string, Assignment & { milestones: Milestone[] }>()
  for (const row of assignments as Omit<Assignment, 'milestones'>[]) found.set(row.id, { ...row, milestones: [] })
  for (const row of milestones as Milestone[]) found.get(row.assignmentId)?.milestones.push({ ...row, newTimers: [], replannedAt: null })
  return found
}

/** Writes new and changed assignments with their clocks: one statement per table, whatever the number. */
export async function saveAssignments(tx: AssignmentsTx, saved: readonly { before: Assignment | null; after: Assignment }[]): Promise<void> {
  const fresh = saved.filter((s) => s.before === null).map((s) => s.after)
  const changed = saved.filter((s) => s.before !== null).map((s) => s.after)
  const known = new Map(saved.flatMap((s) => s.before?.milestones ?? []).map((m) => [m.id, m]))
  const all = saved.flatMap(({ after }) => {
    const { districtCode, subjectId, organisationId } = after
    return after.milestones.map((m) => ({ ...m, districtCode, subjectId, organisationId, leads: leadsCase(after) }))
  })
  const turned = saved.filter(({ before, after }) => before !== null && leadsCase(before) !== leadsCase(after)).map(({ after }) => after)
  const recalled = saved.filter(({ before, after }) => before?.state !== 'recalled' && after.state === 'recalled').map(({ after }) => after)
  const newMilestones = all.filter((m) => !known.has(m.id))
  const changedMilestones = all.filter((m) => {
    const before = known.get(m.id)
    return before !== undefined && before !== m
  })
  await Promise.all([
    insertRows(
      tx,
      'assignments.assignment',
      fresh.map(({ milestones: _milestones, ...row }) => row),
    ),
    insertRows(
      tx,
      'assignments.milestone',
      newMilestones.map(({ newTimers: _newTimers, replannedAt: _replannedAt, remindAt: _remindAt, ...row }) => row),
    ),
    insertRows(tx, 'assignments.timer', newMilestones.flatMap(timersOf)),
    updateAssignments(tx, changed),
    updateMilestones(tx, changedMilestones),
    turnMilestones(tx, turned),
  ])
  // After the pending steps were cancelled: a clock that goes on gets its steps anew.
  await insertRows(tx, 'assignments.timer', changedMilestones.flatMap(timersOf))
  await markFirst(tx, [...fresh, ...turned, ...recalled].filter(leadsCase))
}

/**
 * Says anew which assignment handles its subject first, where one was opened, turned or recalled. A new one is taken for the first until it is not, so that
 * the first of most subjects, which is the only one, is not written twice.
 */
async function markFirst(tx: AssignmentsTx, touched: readonly Assignment[]): Promise<void> {
  const one = touched[0]
  if (!one) return
  const earlier = sql`exists (select 1 from assignments.assignment o where o.district_code = a.district_code and o.subject_id = a.subject_id
    and o.purpose = 'handle' and o.state <> 'recalled' and (o.opened_at, o.id) < (a.opened_at, a.id))`
  await sql`update assignments.assignment a set is_first = not is_first where a.district_code = ${one.districtCode}
    and a.subject_id = any(${[...new Set(touched.map(({ subjectId }) => subjectId))]}::uuid[]) and a.purpose = 'handle' and a.state <> 'recalled'
    and is_first = ${earlier}`.execute(tx)
}

/** True of the unit whose clocks are those of the case. */
const leadsCase = ({ subjectKind, purpose }: Assignment): boolean => subjectKind === 'case' && purpose === 'handle'

/** Who begins or ends to lead takes the clocks along that are there already. */
async function turnMilestones(tx: AssignmentsTx, turned: readonly Assignment[]): Promise<void> {
  for (const one of turned)
    await sql`update assignments.milestone set leads = ${leadsCase(one)} where district_code = ${one.districtCode} and assignment_id = ${one.id}`.execute(
      tx,
    )
}

// A clock that was met in the transaction that began it has nothing to wait for.
function timersOf(m: Milestone & { districtCode: string }): object[] {
  if (!isRunning(m) || m.pausedAt !== null) return []
  return m.newTimers.map((timer) => ({ districtCode: m.districtCode, id: newId(), milestoneId: m.id, ...timer }))
}

async function updateAssignments(tx: AssignmentsTx, changed: readonly Assignment[]): Promise<void> {
  const first = changed[0]
  if (!first) return
  const rows = JSON.stringify(
    changed.map((a) => ({ id: a.id, purpose: a.purpose, state: a.state, version: a.version, round: a.round, ended_at: a.endedAt })),
  )
  await sql`update assignments.assignment t set purpose = r.purpose, state = r.state, version = r.version, round = r.round, ended_at = r.ended_at
    from jsonb_populate_recordset(null::assignments.assignment, ${rows}::jsonb) r where t.district_code = ${first.districtCode} and t.id = r.id`.execute(
    tx,
  )
}

async function updateMilestones(tx: AssignmentsTx, changed: readonly (Milestone & { districtCode: string })[]): Promise<void> {
  const first = changed[0]
  if (!first) return
  const rows = JSON.stringify(
    changed.map((m) => ({
      id: m.id,
      due_at: m.dueAt,
      met_at: m.metAt,
      cancelled_at: m.cancelledAt,
      overdue_at: m.overdueAt,
      paused_at: m.pausedAt,
      pauses: m.pauses,
      extensions: m.extensions,
      ended_at: m.metAt ?? m.cancelledAt ?? m.pausedAt ?? m.replannedAt,
    })),
  )
  await sql`update assignments.milestone t set due_at = r.due_at, met_at = r.met_at, cancelled_at = r.cancelled_at, overdue_at = coalesce(t.overdue_at, r.overdue_at),
      paused_at = r.paused_at, pauses = r.pauses, extensions = r.extensions
    from jsonb_populate_recordset(null::assignments.milestone, ${rows}::jsonb) r where t.district_code = ${first.districtCode} and t.id = r.id`.execute(
    tx,
  )
  // What was met, stopped, paused or planned anew has no more use for its pending steps.
  await sql`update assignments.timer set cancelled_at = r.ended_at from jsonb_to_recordset(${rows}::jsonb) r(id uuid, ended_at timestamptz)
    where district_code = ${first.districtCode} and milestone_id = r.id and acted_at is null and timer.cancelled_at is null and r.ended_at is not null`.execute(
    tx,
  )
}

/** A step of the ladder whose moment has come, with what it acts on. */
export interface DueTimer {
  readonly id: string
  readonly milestoneId: string
  readonly act: TimerAct
  readonly toRole: string | null
  readonly actAt: Instant
  readonly kind: Milestone['kind']
  readonly dueAt: Instant
  readonly assignmentId: string
  readonly assignmentVersion: number
  readonly subjectKind: string
  readonly subjectId: string
  readonly organisationId: string
  /** Units that work on the subject now, separated by commas: each of them hears of it. */
  readonly organisationIds: string
  readonly areaCode: string
}

/**
 * Claims the steps due at `now` in one district: clocks first and then steps, the order in which moves lock them, so that neither waits for the other.
 * A claimed step is marked acted in the same transaction as its effect; a killed process leaves it unclaimed.
 */
export async function claimDueTimers(tx: AssignmentsTx, districtCode: DistrictCode, now: Instant, limit: number): Promise<DueTimer[]> {
  const locked = await sql<{ id: string }>`select m.id from assignments.milestone m where m.district_code = ${districtCode} and m.id in (
      select t.milestone_id from assignments.timer t where t.district_code = ${districtCode} and t.act_at <= ${now} and t.acted_at is null and t.cancelled_at is null
      order by t.act_at limit ${limit}) order by m.id for update skip locked`.execute(tx)
  if (locked.rows.length === 0) return []
  const ids = locked.rows.map((row) => row.id)
  const claimed = await sql<DueTimer>`update assignments.timer t set acted_at = ${now}
    from assignments.milestone m, assignments.assignment a
    where t.district_code = ${districtCode} and t.milestone_id = any(${ids}::uuid[]) and t.act_at <= ${now} and t.acted_at is null and t.cancelled_at is null
      and m.district_code = t.district_code and m.id = t.milestone_id and a.district_code = m.district_code and a.id = m.assignment_id
    returning t.id, t.milestone_id, t.act, t.to_role, t.act_at, m.kind, m.due_at, a.id assignment_id, a.version assignment_version,
      a.subject_kind, a.subject_id, a.organisation_id, a.area_code,
      (select string_agg(distinct o.organisation_id::text, ',') from assignments.assignment o
        where o.district_code = ${districtCode} and o.subject_id = a.subject_id and (o.ended_at is null or o.id = a.id)) organisation_ids`.execute(tx)
  return claimed.rows.toSorted((a, b) => (a.actAt < b.actAt ? -1 : a.actAt > b.actAt ? 1 : 0))
}

/** Marks the raw overdue fact on clocks that still run. Returns the ids that were marked now. */
export async function markOverdue(tx: AssignmentsTx, districtCode: DistrictCode, milestoneIds: readonly string[]): Promise<Set<string>> {
  if (milestoneIds.length === 0) return new Set()
  const marked = await sql<{ id: string }>`update assignments.milestone set overdue_at = due_at
    where district_code = ${districtCode} and id = any(${[...milestoneIds]}::uuid[]) and met_at is null and cancelled_at is null and overdue_at is null returning id`.execute(
    tx,
  )
  return new Set(marked.rows.map((row) => row.id))
}

export interface Reminder {
  readonly districtCode: DistrictCode
  readonly id: string
  readonly subjectKind: string
  readonly subjectId: string
  readonly assignmentId: string
  readonly milestoneKind: Milestone['kind']
  readonly act: ReminderAct
  readonly toOrganisationId: string | null
  readonly toRole: string | null
  readonly areaCode: string
  readonly at: Instant
}

export async function addReminders(tx: AssignmentsTx, reminders: readonly Reminder[]): Promise<void> {
  await insertRows(tx, 'assignments.reminder', reminders)
}

/** When each of the subjects was last urged by a person. */
export async function lastUrged(tx: AssignmentsTx, districtCode: string, subjectIds: readonly string[]): Promise<Map<string, Instant>> {
  const found = await sql<{ subjectId: string; at: Instant }>`select subject_id, max(at) as at from assignments.reminder
    where district_code = ${districtCode} and subject_id = any(${[...subjectIds]}::uuid[]) and act = 'urge' group by 1`.execute(tx)
  return new Map(found.rows.map((row) => [row.subjectId, row.at]))
}

/** Reminders addressed to any of the organisations, or to any role within its area, newest first. */
export async function remindersFor(
  tx: AssignmentsTx,
  to: { districtCodes: readonly string[]; organisationIds: readonly string[]; roles: readonly { role: string; areaCode: string }[]; limit: number },
): Promise<Reminder[]> {
  if (to.districtCodes.length === 0) return []
  const roles = JSON.stringify(to.roles.map((r) => ({ role: r.role, area_code: r.areaCode })))
  // Of a clock that has stopped nobody need be reminded any more, and that it runs out soon says nothing once it has run out.
  const isOfRunning = sql`exists (select 1 from assignments.milestone m where m.district_code = reminder.district_code
      and m.assignment_id = reminder.assignment_id and m.kind = reminder.milestone_kind and m.met_at is null and m.cancelled_at is null
      and (reminder.act <> 'remind' or m.overdue_at is null))`
  const found = await sql<Reminder>`select * from assignments.reminder where district_code = any(${[...to.districtCodes]}::text[])
    and (to_organisation_id = any(${[...to.organisationIds]}::uuid[])
      or exists (select 1 from jsonb_to_recordset(${roles}::jsonb) r(role text, area_code text) where r.role = reminder.to_role and reminder.area_code like r.area_code || '%'))
      and ${isOfRunning}
    order by at desc limit ${to.limit}`.execute(tx)
  return found.rows
}

/** Subjects whose clock of `kind` was ever overdue, by the marks that sweeps and late answers left. */
export async function overdueSubjects(tx: AssignmentsTx, districtCode: string, kind: Milestone['kind']): Promise<Set<string>> {
  const found = await sql<{ subjectId: string }>`select distinct subject_id from assignments.milestone
    where district_code = ${districtCode} and kind = ${kind} and overdue_at is not null`.execute(tx)
  return new Set(found.rows.map((row) => row.subjectId))
}

/** Assignments of one district that name a post and run. */
export async function countNaming(tx: AssignmentsTx, districtCode: string, postId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from assignments.assignment
    where district_code = ${districtCode} and post_id = ${postId} and state in ('open', 'signed', 'contacted', 'arrived')`.execute(tx)
  return rows[0]?.count ?? 0
}

/** Assignments of one district that a unit has not answered to the end; `besides` names a kind of subject that is counted elsewhere. */
export async function countRunning(tx: AssignmentsTx, districtCode: string, organisationId: string, besides: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from assignments.assignment
    where district_code = ${districtCode} and organisation_id = ${organisationId} and subject_kind <> ${besides} and state in ('open', 'signed', 'contacted', 'arrived')`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}
