/** The door of the catalogue: matters and their conditions, limits and when they run out, calendars, ladders. */
export type { Catalogue, Condition, Danger, DuplicateRules, LadderStep, WhistleSettings } from './catalogue.ts'
export { CatalogueFile } from './catalogue-file.ts'
export { nationalDirectory } from './directory.ts'
export { importCatalogue, loadCalendar } from './commands.ts'
export { keepCatalogue, loadCatalogue } from './questions.ts'
export type { LimitUnit } from './lifecycle.ts'
export { addRemaining, dueAfterPause, dueAt, elapsed, limitMs, type Limit, type WorkingCalendar } from './working-time.ts'
