/** What audit says happened: that somebody looked, and what a verification found. */
export const auditEvents = {
  'audit.viewed': { zh: '查看审计记录', en: 'Audit records viewed' },
  'audit.verified': { zh: '核验封存链', en: 'Seals verified' },
} as const
export type AuditEventType = keyof typeof auditEvents
