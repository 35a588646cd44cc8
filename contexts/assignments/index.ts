/** The door of assignments: who must answer by when. */
export { contact, finish, isEnded, isRunning, milestoneOf, openAssignment, redo, stop, wasOnTime, type Assignment, type Milestone } from './answer.ts'
export { planMilestone, planRecorded, type PlannedMilestone } from './plan.ts'
export { sweepDistrict } from './commands.ts'
export {
  assignmentsOf,
  countRunning,
  lockAssignmentsOf,
  overdueSubjects,
  remindersFor,
  saveAssignments,
  type AssignmentsTables,
  type AssignmentsTx,
  type Reminder,
} from './store.ts'
export { milestoneKinds } from './lifecycle.ts'
export { assignmentEvents } from './events.ts'
