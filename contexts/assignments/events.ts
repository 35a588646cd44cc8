/** Events of assignments; the subject is the case (or other thing) that the assignment serves, so its timeline reads in one piece. */
export const assignmentEvents = {
  'assignment.reminded': { zh: '临期提醒', en: 'Reminded before the limit' },
  'assignment.overdue': { zh: '超过时限', en: 'Limit passed' },
  'assignment.escalated': { zh: '升级督办', en: 'Escalated to the supervisor' },
} as const
export type AssignmentEventType = keyof typeof assignmentEvents
