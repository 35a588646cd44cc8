import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import {
  committeeLists,
  delegationLevels,
  delegationStates,
  entryMoveNames,
  entryStatuses,
  matterKinds,
  matterStates,
  versionStatuses,
} from './lifecycle.ts'
import { CatalogueFile } from './catalogue-file.ts'
import { ConditionText, MatterText } from './matter.ts'

export type { CatalogueWord, ConditionText, MatterText, Party } from './matter.ts'

const CommandId = z.uuid().describe('Made by the sender; a repeat with the same id changes nothing')
const Day = z.iso.date()
const WordingView = z.object({ zh: z.string(), en: z.string().optional() })

export const MatterVersionView = MatterText.extend({
  id: z.uuid(),
  matterId: z.uuid(),
  number: z.number().int(),
  status: z.enum(versionStatuses),
  effectiveFrom: Day.nullable(),
  effectiveTo: Day.nullable().describe('First day on which it no longer holds'),
  rowVersion: z.number().int().describe('Counts the saves; send it back when saving or publishing'),
  publishedAt: z.iso.datetime().nullable(),
  conditions: z.array(ConditionText.extend({ id: z.uuid() })),
})
export type MatterVersionView = z.infer<typeof MatterVersionView>

export const MatterSummary = z.object({
  matterId: z.uuid(),
  standard: z.string(),
  kind: z.string(),
  code: z.string(),
  name: WordingView,
  category: WordingView.nullable(),
  conditions: z.number().int(),
  inForce: z.object({ versionId: z.uuid(), number: z.number().int(), effectiveFrom: Day }).nullable().describe('The version that takes cases today'),
  draft: z.object({ versionId: z.uuid(), number: z.number().int() }).nullable(),
})
export type MatterSummary = z.infer<typeof MatterSummary>

export const listMatters = endpoint({
  id: 'listMatters',
  method: 'GET',
  path: '/api/catalogue/matters',
  permission: 'catalogue.read',
  summary: 'Matters of the catalogue, by code',
  query: z.object({
    q: z.string().max(50).optional().describe('Beginning of a code, or a part of a name'),
    state: z.enum(matterStates).optional().describe('Only matters that take cases today, or only those with a draft'),
    cursor: z.string().max(500).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(MatterSummary), cursor: z.string().nullable() }),
})

export const getMatter = endpoint({
  id: 'getMatter',
  method: 'GET',
  path: '/api/catalogue/matters/{matterId}',
  permission: 'catalogue.read',
  summary: 'One matter with all its versions, the newest first',
  params: z.object({ matterId: z.uuid() }),
  reply: z.object({ matterId: z.uuid(), versions: z.array(MatterVersionView) }),
})

export const saveMatterVersion = endpoint({
  id: 'saveMatterVersion',
  method: 'POST',
  path: '/api/catalogue/drafts',
  permission: 'catalogue.edit',
  summary: 'Write the draft of a matter; a matter with a new key is made',
  body: z.object({
    commandId: CommandId,
    matter: MatterText,
    effectiveFrom: Day.nullable().default(null),
    expectedVersion: z.number().int().nullable().default(null).describe('rowVersion of the draft on the screen; null where there was none'),
  }),
  reply: MatterVersionView,
})

export const reviewMatterVersion = endpoint({
  id: 'reviewMatterVersion',
  method: 'GET',
  path: '/api/catalogue/versions/{matterVersionId}/review',
  permission: 'catalogue.read',
  summary: 'Everything that stands against publishing a draft, each with its field',
  params: z.object({ matterVersionId: z.uuid() }),
  reply: z.object({ refusals: z.array(z.object({ code: z.string(), field: z.string().nullable(), text: WordingView })) }),
})

export const suggestMatterCode = endpoint({
  id: 'suggestMatterCode',
  method: 'GET',
  path: '/api/catalogue/next-code',
  permission: 'catalogue.edit',
  summary: 'The next free code of the city’s own in a large class, counted down from 999',
  query: z.object({ standard: z.string().min(1).max(50), kind: z.enum(matterKinds), largeClass: z.string().regex(/^\d{2}$/) }),
  reply: z.object({ code: z.string() }),
})

export const publishMatterVersion = endpoint({
  id: 'publishMatterVersion',
  method: 'POST',
  path: '/api/catalogue/versions/{matterVersionId}/publication',
  permission: 'catalogue.edit',
  summary: 'Publish a draft from its effective date on; the former version ends on that day',
  params: z.object({ matterVersionId: z.uuid() }),
  body: z.object({ commandId: CommandId, expectedVersion: z.number().int() }),
  reply: MatterVersionView,
})

export const exportCatalogueFile = endpoint({
  id: 'exportCatalogueFile',
  method: 'GET',
  path: '/api/catalogue/file',
  permission: 'catalogue.read',
  summary: 'The whole catalogue with its history, calendars, hours, ladders and settings as one file',
  reply: CatalogueFile,
})

export const importCatalogueFile = endpoint({
  id: 'importCatalogueFile',
  method: 'POST',
  path: '/api/catalogue/file',
  permission: 'catalogue.edit',
  bodyLimit: 32 << 20,
  summary: 'Load a catalogue file, all of it or nothing; what is already so is left alone',
  body: z.object({ commandId: z.uuid(), file: z.record(z.string(), z.unknown()).describe('A document of the format huying-catalogue/1') }),
  reply: z.object({ added: z.number().int(), changed: z.number().int(), unchanged: z.number().int() }),
})

export const listPublicMatters = endpoint({
  id: 'listPublicMatters',
  method: 'GET',
  path: '/api/public/matters',
  permission: 'public',
  summary: 'Names of the matters that are answered today',
  reply: z.object({ items: z.array(z.object({ id: z.uuid(), name: WordingView, category: WordingView.nullable() })) }),
})

export const showPortal = endpoint({
  id: 'showPortal',
  method: 'GET',
  path: '/api/public/portal',
  permission: 'public',
  summary: 'What the portal tells of itself today: telephone, hours of service, the district’s own site',
  reply: z.object({
    phone: z.string(),
    hours: WordingView.nullable(),
    link: z.object({ address: z.string(), name: WordingView }).nullable(),
  }),
})

const Described = z.object({ zh: z.string().min(1).max(500), en: z.string().min(1).max(1000).optional() })

const DelegationText = z.object({
  matterId: z.uuid(),
  conditionCode: z.string().min(1).max(20).nullable().default(null).describe('Null: all filing conditions'),
  organisationId: z.uuid().describe('The department whose work goes down'),
  level: z.enum(delegationLevels).describe('Level that leads instead'),
  areaCode: z
    .string()
    .regex(/^\d{6,12}$/)
    .describe('Where it does: a district for all of its streets or communities, or one of them'),
  authority: Described.describe('权: what they may do in the department’s name'),
  people: Described.nullable().default(null).describe('人'),
  goods: Described.nullable().default(null).describe('物'),
  money: Described.nullable().default(null).describe('财'),
  legalBasis: Described,
  validFrom: Day,
  validTo: Day.describe('First day on which it no longer holds; it ends by itself'),
  signedBy: z.string().min(1).max(100),
})

export const DelegationView = DelegationText.extend({
  id: z.uuid(),
  state: z.enum(delegationStates),
  matter: z.object({ code: z.string(), name: WordingView }),
  condition: WordingView.nullable(),
  organisationName: WordingView,
  applies: z.boolean().describe('Whether the catalogue in force lets that level lead; a delegation alone changes no lead'),
  endedOn: Day.nullable().describe('First day on which it no longer holds, where it was ended before its term'),
  endReason: z.string().nullable(),
})
export type DelegationView = z.infer<typeof DelegationView>

export const listDelegations = endpoint({
  id: 'listDelegations',
  method: 'GET',
  path: '/api/catalogue/delegations',
  permission: 'catalogue.read',
  summary: 'Delegations of departments’ work to streets and communities, the earliest end first',
  query: z.object({
    state: z.enum(delegationStates).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(DelegationView), cursor: z.string().nullable() }),
})

export const createDelegation = endpoint({
  id: 'createDelegation',
  method: 'POST',
  path: '/api/catalogue/delegations',
  permission: 'catalogue.edit',
  summary: 'Record that a department’s work goes down as lead, with authority, means and a term',
  body: DelegationText.extend({ commandId: CommandId }),
  reply: z.object({ id: z.uuid() }),
})

export const endDelegation = endpoint({
  id: 'endDelegation',
  method: 'POST',
  path: '/api/catalogue/delegations/{delegationId}/end',
  permission: 'catalogue.edit',
  summary: 'End a delegation today, before its term; the lead returns to the department',
  params: z.object({ delegationId: z.uuid() }),
  body: z.object({ commandId: CommandId, reason: z.string().min(1).max(500) }),
  reply: z.object({ id: z.uuid() }),
})

const MatterName = z.object({ code: z.string(), name: WordingView })
const PlaceCode = z.string().regex(/^\d{6,12}$/)
const Reason = z.string().min(1).max(500)

export const CommitteeDutyView = z.object({
  id: z.uuid(),
  list: z.enum(committeeLists),
  matterId: z.uuid(),
  matter: MatterName,
  areaCode: z.string().describe('Communities whose code begins so; empty for all'),
  listed: z.boolean().describe('False takes the matter off both lists there'),
  validFrom: Day,
  validTo: Day.nullable().describe('First day on which it no longer holds'),
  requestId: z.uuid().nullable().describe('The approved request by which it entered'),
  reason: z.string().nullable(),
  decides: z.boolean().nullable().describe('Of one community: whether this row decides there today; null for wider areas'),
})
export type CommitteeDutyView = z.infer<typeof CommitteeDutyView>

export const listCommitteeDuties = endpoint({
  id: 'listCommitteeDuties',
  method: 'GET',
  path: '/api/catalogue/committee-duties',
  permission: 'catalogue.read',
  summary: 'What residents’ committees do themselves and what they assist with, around and inside an area',
  query: z.object({ areaCode: z.string().regex(/^\d{4,12}$/) }),
  reply: z.object({ items: z.array(CommitteeDutyView) }),
})

export const saveCommitteeDuty = endpoint({
  id: 'saveCommitteeDuty',
  method: 'POST',
  path: '/api/catalogue/committee-duties',
  permission: 'duty.decide',
  summary: 'List a matter of the committees’ own, or except an area from a list',
  body: z.object({
    commandId: CommandId,
    list: z.enum(committeeLists),
    matterId: z.uuid(),
    areaCode: PlaceCode,
    listed: z.boolean(),
    validFrom: Day,
    validTo: Day.nullable().default(null),
    reason: Reason,
  }),
  reply: z.object({ id: z.uuid() }),
})

export const endCommitteeDuty = endpoint({
  id: 'endCommitteeDuty',
  method: 'POST',
  path: '/api/catalogue/committee-duties/{dutyId}/end',
  permission: 'duty.decide',
  summary: 'End a row of the lists today',
  params: z.object({ dutyId: z.uuid() }),
  body: z.object({ commandId: CommandId, reason: Reason }),
  reply: z.object({ id: z.uuid() }),
})

const EntryText = z.object({
  matterId: z.uuid(),
  organisationId: z.uuid().describe('The department that asks'),
  areaCode: PlaceCode.describe('A district for all its communities, a street for all of its, or one community'),
  reason: Reason,
  legalBasis: Reason,
  authority: Reason.nullable().default(null).describe('权 that comes with it'),
  people: Reason.nullable().default(null).describe('人'),
  money: Reason.nullable().default(null).describe('财'),
  validFrom: Day,
  validTo: Day,
})

export const EntryRequestView = EntryText.extend({
  id: z.uuid(),
  status: z.enum(entryStatuses),
  matter: MatterName,
  organisationName: WordingView,
  askedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decisionReason: z.string().nullable(),
})
export type EntryRequestView = z.infer<typeof EntryRequestView>

export const listEntryRequests = endpoint({
  id: 'listEntryRequests',
  method: 'GET',
  path: '/api/catalogue/entry-requests',
  permission: 'catalogue.read',
  summary: 'Requests of departments for matters to enter the committees’ list, the newest first',
  query: z.object({
    status: z.enum(entryStatuses).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  reply: z.object({ items: z.array(EntryRequestView), cursor: z.string().nullable() }),
})

export const createEntryRequest = endpoint({
  id: 'createEntryRequest',
  method: 'POST',
  path: '/api/catalogue/entry-requests',
  permission: 'duty.request',
  summary: 'Ask for a matter to enter the list of what committees assist with',
  body: EntryText.extend({ commandId: CommandId }),
  reply: z.object({ id: z.uuid() }),
})

export const decideEntryRequest = endpoint({
  id: 'decideEntryRequest',
  method: 'POST',
  path: '/api/catalogue/entry-requests/{requestId}/decision',
  permission: 'duty.decide',
  summary: 'Approve or refuse an entry request, once, with reasons',
  params: z.object({ requestId: z.uuid() }),
  body: z.object({ commandId: CommandId, move: z.enum(entryMoveNames), reason: Reason }),
  reply: z.object({ id: z.uuid() }),
})

export const catalogueEndpoints = [
  listMatters,
  getMatter,
  saveMatterVersion,
  reviewMatterVersion,
  suggestMatterCode,
  publishMatterVersion,
  exportCatalogueFile,
  importCatalogueFile,
  listPublicMatters,
  showPortal,
  listDelegations,
  createDelegation,
  endDelegation,
  listCommitteeDuties,
  saveCommitteeDuty,
  endCommitteeDuty,
  listEntryRequests,
  createEntryRequest,
  decideEntryRequest,
]
