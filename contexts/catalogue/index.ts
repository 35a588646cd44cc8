/** The door of the catalogue: matters and their conditions, limits and when they run out, calendars, ladders. */
export type { Catalogue, Condition, LadderStep } from './catalogue.ts'
export { CatalogueFile } from './catalogue-file.ts'
export { endOf, type LeadNow } from './delegating/delegation.ts'
export { nationalDirectory } from './directory.ts'
export { importCatalogue, loadCalendar } from './commands.ts'
export { dutyListNames } from './lifecycle.ts'
export { keepCatalogue, loadCatalogue } from './questions.ts'
export { dueAt, type Limit, type WorkingCalendar } from './working-time.ts'
