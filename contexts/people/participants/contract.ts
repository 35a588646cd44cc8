import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaCode, Code, Day } from '../contract.ts'

const LinkToken = z.string().describe('Told here once and never again; the link is the address /field/open#token')

export const createParticipant = endpoint({
  id: 'createParticipant',
  method: 'POST',
  path: '/api/participants',
  permission: 'people.edit',
  summary: 'Take somebody on who takes part by a link, without an account.',
  body: z.object({
    code: Code,
    name: z.string().min(1).max(100),
    organisationId: z.uuid(),
    areaCode: AreaCode,
    validFrom: Day,
    validTo: Day.nullable().default(null),
    linkUntil: Day,
  }),
  reply: z.object({ postId: z.uuid(), linkId: z.uuid(), token: LinkToken, validUntil: Day }),
})

export const LinkView = z.object({
  id: z.uuid(),
  validUntil: Day,
  createdAt: z.iso.datetime(),
  lastOpenedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  open: z.boolean().describe('Whether it opens anything today'),
})
export type LinkView = z.infer<typeof LinkView>

export const listPostLinks = endpoint({
  id: 'listPostLinks',
  method: 'GET',
  path: '/api/posts/{postId}/links',
  permission: 'people.edit',
  summary: 'Links of a participant’s post, the newest first.',
  params: z.object({ postId: z.uuid() }),
  reply: z.object({ items: z.array(LinkView) }),
})

export const createPostLink = endpoint({
  id: 'createPostLink',
  method: 'POST',
  path: '/api/posts/{postId}/links',
  permission: 'people.edit',
  summary: 'Another link to a participant’s post.',
  params: z.object({ postId: z.uuid() }),
  body: z.object({ validUntil: Day }),
  reply: z.object({ linkId: z.uuid(), token: LinkToken, validUntil: Day }),
})

export const revokeLink = endpoint({
  id: 'revokeLink',
  method: 'POST',
  path: '/api/links/{linkId}/revocation',
  permission: 'people.edit',
  summary: 'Close a link and every session that it opened.',
  params: z.object({ linkId: z.uuid() }),
  reply: z.object({ id: z.uuid() }),
})

export const openLink = endpoint({
  id: 'openLink',
  method: 'POST',
  path: '/api/session/link',
  permission: 'public',
  summary: 'Open a link: a session for its one post.',
  // A token has 256 random bits, so this only stops floods.
  limit: { calls: 120, seconds: 60 },
  body: z.object({ token: z.string().max(200) }),
  reply: z.object({ expiresAt: z.iso.datetime() }),
})
