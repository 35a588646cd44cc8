/** The door of assignments: who must answer by when. */
export {
  arrive,
  contact,
  finish,
  isEnded,
  isRunning,
  milestoneOf,
  movesOpenOf,
  openAssignment,
  redo,
  repurpose,
  sign,
  stop,
  wasEverLate,
  wasOnTime,
  type Assignment,
  type Milestone,
} from './answer.ts'
export { planMilestone, planRecorded, type PlannedMilestone } from './plan.ts'
export { sweepDistrict } from './commands.ts'
export {
  assignmentsOf,
  assignmentsOfMany,
  lockAssignmentsOf,
  overdueSubjects,
  remindersFor,
  saveAssignments,
  type AssignmentsTables,
  type AssignmentsTx,
  type Reminder,
} from './store.ts'
export { bothClocks, milestoneKinds } from './lifecycle.ts'
export { assignmentEvents } from './events.ts'
