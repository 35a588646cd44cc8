/** Names of the questions about cases, so that a change refreshes exactly what it touched. */
export const caseKeys = {
  all: ['cases'] as const,
  lists: ['cases', 'list'] as const,
  counts: ['cases', 'counts'] as const,
  map: ['cases', 'map'] as const,
  one: (id: string) => ['cases', 'one', id] as const,
  reminders: ['cases', 'reminders'] as const,
  whistles: ['whistles', 'board'] as const,
  requests: ['cases', 'requests'] as const,
}

/** Questions that a change of one subject may have altered. */
export function touchedBy({ subjectId }: { readonly subjectId: string }): (readonly string[])[] {
  return [caseKeys.lists, caseKeys.counts, caseKeys.map, caseKeys.reminders, caseKeys.requests, caseKeys.whistles, caseKeys.one(subjectId)]
}
