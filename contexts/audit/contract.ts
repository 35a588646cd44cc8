import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'

const Wording = z.object({ zh: z.string(), en: z.string().optional() })
const Instant = z.iso.datetime()
const DistrictCode = z.string().regex(/^\d{6}$/)
const Days = {
  from: z.iso.date().optional().describe('First day, by the city’s calendar'),
  to: z.iso.date().optional().describe('Last day'),
}
const paging = { cursor: z.string().max(200).optional(), limit: z.number().int().min(1).max(200).default(50) }
const Who = z.string().min(1).max(50).optional().describe('Part of the name of whoever acted')

export const SealView = z.object({
  districtCode: DistrictCode,
  name: Wording,
  lastNumber: z.number().int().describe('Entries of the log'),
  unsealed: z.number().int().describe('Entries and events that no seal covers yet'),
  seals: z.number().int(),
  sealedAt: Instant.nullable(),
  anchor: z.string().describe('district:seal:chain of the last seal, to be kept elsewhere; empty before the first'),
})
export type SealView = z.infer<typeof SealView>

export const readAudit = endpoint({
  id: 'readAudit',
  method: 'GET',
  path: '/api/audit',
  permission: 'audit.read',
  summary: 'Districts whose records I may read, with the state of their seals, and the types of events.',
  reply: z.object({ districts: z.array(SealView), types: z.array(z.object({ type: z.string(), name: Wording })) }),
})

export const AuditEntry = z.object({
  number: z.number().int().nullable().describe('Place in the log; null until it is given'),
  sealed: z.boolean(),
  eventId: z.uuid(),
  recordedAt: Instant,
  happenedAt: Instant,
  type: z.string(),
  name: Wording,
  who: Wording.describe('Name of the person, or the rule or caller'),
  role: z.string().nullable(),
  organisation: Wording.nullable(),
  personId: z.uuid().nullable(),
  subjectKind: z.string(),
  subjectId: z.uuid(),
  caseNumber: z.string().nullable().describe('Of an entry about a case'),
  fromState: z.string().nullable(),
  toState: z.string().nullable(),
  reasonCode: z.string().nullable(),
  requestId: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const Filter = {
  ...Days,
  who: Who,
  type: z.string().max(64).optional(),
  subjectId: z.uuid().optional(),
  caseNumber: z
    .string()
    .regex(/^\d{6}-\d{8}-\d{5}$/)
    .optional()
    .describe('Only what concerns this case'),
}

export const listAuditEntries = endpoint({
  id: 'listAuditEntries',
  method: 'GET',
  path: '/api/audit/{districtCode}/entries',
  permission: 'audit.read',
  summary: 'What happened in a district, the latest first. The look is recorded.',
  params: z.object({ districtCode: DistrictCode }),
  query: z.object({ ...Filter, ...paging }),
  reply: z.object({ items: z.array(AuditEntry), cursor: z.string().nullable() }),
})

export const exportAuditEntries = endpoint({
  id: 'exportAuditEntries',
  method: 'GET',
  path: '/api/audit/{districtCode}/export',
  permission: 'audit.read',
  summary: 'The same entries as a CSV file, all pages of them. The look is recorded.',
  params: z.object({ districtCode: DistrictCode }),
  query: z.object({ ...Filter, lang: z.enum(['zh', 'en']).optional() }),
  reply: z.string(),
  replyType: 'text/csv',
})

export const readEntrySeal = endpoint({
  id: 'readEntrySeal',
  method: 'GET',
  path: '/api/audit/{districtCode}/entries/{number}/seal',
  permission: 'audit.read',
  summary: 'Under which seal an entry lies, and whether it still leads to the chain value of that seal.',
  params: z.object({ districtCode: DistrictCode, number: z.number().int().min(1) }),
  reply: z.object({
    seal: z
      .object({
        ordinal: z.number().int(),
        firstNumber: z.number().int(),
        lastNumber: z.number().int(),
        sealedAt: Instant,
        chain: z.string(),
        sound: z.boolean().describe('The entry as it stands now leads to this chain value'),
      })
      .nullable()
      .describe('Null while no seal covers it'),
  }),
})

export const LookView = z.object({
  id: z.uuid(),
  readAt: Instant,
  who: Wording,
  role: z.string().nullable(),
  organisation: Wording.nullable(),
  field: z.string(),
  purpose: z.string(),
  subjectKind: z.string(),
  subjectId: z.uuid(),
  requestId: z.string(),
})
export type LookView = z.infer<typeof LookView>

export const listLooks = endpoint({
  id: 'listLooks',
  method: 'GET',
  path: '/api/audit/{districtCode}/looks',
  permission: 'audit.read',
  summary: 'Who looked at which personal field of which case, and for what; the latest first. The look is recorded.',
  params: z.object({ districtCode: DistrictCode }),
  query: z.object({ ...Days, who: Who, ...paging }),
  reply: z.object({ items: z.array(LookView), cursor: z.string().nullable() }),
})

export const VerificationView = z.object({
  state: z.enum(['none', 'running', 'done', 'failed']),
  checked: z.number().int().describe('Entries that were recomputed so far'),
  total: z.number().int(),
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  seals: z.number().int().nullable(),
  fault: z.object({ kind: z.string(), number: z.number().int().nullable(), text: Wording }).nullable().describe('The first thing found wrong'),
})
export type VerificationView = z.infer<typeof VerificationView>

export const startVerification = endpoint({
  id: 'startVerification',
  method: 'POST',
  path: '/api/audit/{districtCode}/verification',
  permission: 'audit.read',
  summary: 'Recompute the recorded history of a district from its first event; what comes of it is recorded.',
  limit: { calls: 60, seconds: 60 },
  params: z.object({ districtCode: DistrictCode }),
  body: z.object({ anchor: z.string().max(200).optional().describe('district:seal:chain noted earlier') }),
  reply: VerificationView,
})

export const readVerification = endpoint({
  id: 'readVerification',
  method: 'GET',
  path: '/api/audit/{districtCode}/verification',
  permission: 'audit.read',
  summary: 'How far the verification of a district is, or what the last one of this process found.',
  params: z.object({ districtCode: DistrictCode }),
  reply: VerificationView,
})
