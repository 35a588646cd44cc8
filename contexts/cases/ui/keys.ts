/** Names of the questions about cases, so that a change refreshes exactly what it touched. */
export const caseKeys = {
  all: ['cases'] as const,
  lists: ['cases', 'list'] as const,
  /** Says that lists changed; the queue decides itself when it asks again. */
  pulse: ['cases', 'list', 'pulse'] as const,
  onlookers: ['cases', 'onlookers'] as const,
  views: ['cases', 'views'] as const,
  overdue: ['cases', 'list', 'overdue'] as const,
  counts: ['cases', 'counts'] as const,
  map: ['cases', 'map'] as const,
  one: (id: string) => ['cases', 'one', id] as const,
  reminders: ['cases', 'reminders'] as const,
  whistles: ['whistles', 'board'] as const,
  requests: ['cases', 'requests'] as const,
}

/** Questions that a change of one subject may have altered. */
export function touchedBy({ subjectId, type = '' }: { readonly subjectId: string; readonly type?: string }): (readonly string[])[] {
  if (type === 'case.onlookers') return [caseKeys.onlookers]
  if (type.startsWith('case.view_')) return [caseKeys.views]
  return [caseKeys.lists, caseKeys.counts, caseKeys.views, caseKeys.map, caseKeys.reminders, caseKeys.requests, caseKeys.whistles, caseKeys.one(subjectId)]
}
