/** The door of people: who works here, what they may do, who holds which duty, and how personal fields are shown. */
export { ensureAdministrator, importPeople, traceRead, type ImportReport, type Look } from './commands.ts'
export { resolveDutyHolder, type Directory, type DirectoryOrganisation, type DirectoryPost, type DutyHolder, type Lead } from './duty.ts'
export { maskAddress, maskName, maskNumbersInText, maskPhone } from './masking.ts'
export { registerResource, type ResourceColumns, type Subject } from './policy/policy.ts'
export { loadPolicy, type Policy } from './policy/store.ts'
export { listRoles, loadDirectory } from './questions.ts'
export { StaffFile, type StaffFileText } from './staff-file.ts'
export { listLooksOf, type LookRow, type PeopleTables } from './store.ts'
