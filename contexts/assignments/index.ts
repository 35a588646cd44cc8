/** The door of assignments: who must answer by when. */
export {
  contact,
  finish,
  isEnded,
  isRunning,
  milestoneOf,
  openAssignment,
  redo,
  settle,
  stop,
  wasOnTime,
  type Assignment,
  type Milestone,
} from './answer.ts'
export { extend, giveBack, resume, suspend, takeUp } from './pause.ts'
export { planMilestone, planRecorded, type ClockRules, type PlannedMilestone } from './plan.ts'
export { sweepDistrict } from './commands.ts'
export {
  assignmentsOf,
  lockAssignmentsOf,
  overdueSubjects,
  remindersFor,
  saveAssignments,
  type AssignmentsTables,
  type AssignmentsTx,
  type Reminder,
} from './store.ts'
export { assignmentEvents } from './events.ts'
