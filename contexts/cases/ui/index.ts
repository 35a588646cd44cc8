/** Screens of cases: the parts that the desk and the grid worker's page share. */
export { default as CaseCard } from './CaseCard.vue'
export { default as CaseClock } from './CaseClock.vue'
export { default as CaseSheet } from './CaseSheet.vue'
export { default as ReportForm, type Reported } from './ReportForm.vue'
export { default as StatusChip } from './StatusChip.vue'
export { useArea } from './areas.ts'
export { caseKeys } from './keys.ts'
export { useCase, useCaseCounts, useCaseList, useReminders, type CaseFilter, type CaseKey } from './queries.ts'
