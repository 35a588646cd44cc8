/** The door of audit: reading the recorded history, and verifying it. */
export { plainNames } from './names.ts'
export type { AuditServices } from './questions.ts'
export { auditRoutes } from './routes.ts'
