/** The door of imports: other cities' records, loaded or replayed. */
export { loadRecorded, type FileRow } from './load.ts'
export { readProfile, type ImportProfile, type Profile } from './profile.ts'
export { rehearse, type RehearsalReport } from './rehearse.ts'
export { replayRecorded, type ReplayReport } from './replay.ts'
export type { RejectedRow } from './row.ts'
export { setUp } from './commands.ts'
