import { assessmentEvents } from '#contexts/assessment/events.ts'
import { plainNames } from '#contexts/audit/index.ts'
import { assignmentEvents } from '#contexts/assignments/events.ts'
import { auditEvents } from '#contexts/audit/events.ts'
import { caseEvents } from '#contexts/cases/events.ts'
import { peopleEvents } from '#contexts/people/events.ts'
import type { Wording } from '#kernel/refusal.ts'

/** Words of every type of event, for whoever reads the trail. */
export const eventNames: Readonly<Record<string, Wording>> = {
  ...caseEvents,
  ...assignmentEvents,
  ...peopleEvents,
  ...plainNames,
  ...auditEvents,
  ...assessmentEvents,
}
