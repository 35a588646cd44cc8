import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaCode, Day, Wording } from '../contract.ts'

export const KeyView = z.object({
  id: z.uuid(),
  name: z.string().describe('Name of the system'),
  prefix: z.string().describe('First letters of the key, to tell keys apart'),
  organisationId: z.uuid(),
  organisationName: Wording,
  areaCode: AreaCode,
  validFrom: Day,
  validTo: Day.nullable().describe('First day on which it opens nothing'),
  callsPerMinute: z.number().int(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable().describe('To the minute'),
  revokedAt: z.iso.datetime().nullable(),
})
export type KeyView = z.infer<typeof KeyView>

export const listKeys = endpoint({
  id: 'listKeys',
  method: 'GET',
  path: '/api/keys',
  permission: 'people.keys',
  summary: 'Keys of departments’ systems, the latest first.',
  reply: z.object({ items: z.array(KeyView) }),
})

export const createKey = endpoint({
  id: 'createKey',
  method: 'POST',
  path: '/api/keys',
  permission: 'people.keys',
  summary: 'Make a key for the system of an organisation, from today on.',
  body: z.object({
    name: z.string().min(1).max(100),
    organisationId: z.uuid(),
    validTo: Day,
    callsPerMinute: z.number().int().min(1).max(6000).default(120),
  }),
  reply: z.object({ key: KeyView, secret: z.string().describe('Told here once and never again') }),
})

export const revokeKey = endpoint({
  id: 'revokeKey',
  method: 'POST',
  path: '/api/keys/{keyId}/revocation',
  permission: 'people.keys',
  summary: 'Take a key back; it opens nothing from the next request on.',
  params: z.object({ keyId: z.uuid() }),
  reply: KeyView,
})
