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
  settle,
  sign,
  soonAtOf,
  stop,
  wasEverLate,
  wasOnTime,
  type Assignment,
  type Milestone,
} from './answer.ts'
export { extend, giveBack, resume, suspend, takeUp } from './pause.ts'
export { planMilestone, planRecorded, type ClockRules, type PlannedMilestone } from './plan.ts'
export { sweepDistrict } from './commands.ts'
export {
  addReminders,
  assignmentsOf,
  assignmentsOfMany,
  countNaming,
  countRunning,
  lastUrged,
  lockAssignmentsOf,
  overdueSubjects,
  remindersFor,
  saveAssignments,
  type AssignmentsTables,
  type AssignmentsTx,
  type Reminder,
} from './store.ts'
export { bothClocks, summonsClocks } from './lifecycle.ts'
export { assignmentEvents } from './events.ts'
