import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { matterKinds, matterStates, versionStatuses } from './lifecycle.ts'
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
]
