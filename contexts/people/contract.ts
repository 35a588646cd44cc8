import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { organisationKinds, scopes } from './lifecycle.ts'

const Wording = z.object({ zh: z.string(), en: z.string().optional() })
const Day = z.iso.date()
const AreaCode = z.string().regex(/^\d{0,15}$/)
const paging = { cursor: z.string().max(200).optional(), limit: z.number().int().min(1).max(200).default(50) }

export const PostView = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  organisationId: z.uuid(),
  organisationName: Wording,
  role: z.string(),
  roleName: Wording,
  areaCode: AreaCode.describe('Area that the post covers; empty covers every area'),
  validFrom: Day,
  validTo: Day.nullable().describe('First day on which the post is no longer in force'),
})
export type PostView = z.infer<typeof PostView>

export const OrganisationView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: Wording,
  kind: z.enum(organisationKinds),
  lineOrBlock: z.enum(['line', 'block']),
  functionCode: z.string().nullable(),
  areaCode: AreaCode,
  parentId: z.uuid().nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
})
export type OrganisationView = z.infer<typeof OrganisationView>

/** A permission with its reach, so that a screen shows only what is allowed. The server asks again. */
export const RightView = z.object({
  permission: z.string(),
  scope: z.enum(scopes),
  areaCode: AreaCode.describe('Area of the post that gives the right'),
  organisationId: z.uuid().describe('Organisation of the post that gives the right'),
})
export type RightView = z.infer<typeof RightView>

export const Me = z.object({
  personId: z.uuid(),
  name: z.string(),
  mustChangePassword: z.boolean().describe('Until it is changed, every other door is shut and no post is shown'),
  posts: z.array(PostView),
  rights: z.array(RightView),
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/session',
  permission: 'public',
  summary: 'Sign in; the session is in the cookie `huying_session`.',
  // Many offices may sit behind one address, so this only stops floods; each try costs 130 ms of a core, known login or not.
  // Guesses at one login are counted in the handler.
  limit: { calls: 120, seconds: 60 },
  body: z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(128) }),
  reply: z.object({ expiresAt: z.iso.datetime(), mustChangePassword: z.boolean() }),
})

export const signOut = endpoint({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/session',
  permission: 'signedIn',
  summary: 'End this session.',
  reply: z.object({ signedOut: z.literal(true) }),
})

export const showMe = endpoint({
  id: 'showMe',
  method: 'GET',
  path: '/api/me',
  permission: 'signedIn',
  summary: 'Who I am, the posts I hold today, and what they allow.',
  reply: Me,
})

export const changePassword = endpoint({
  id: 'changePassword',
  method: 'POST',
  path: '/api/me/password',
  permission: 'signedIn',
  summary: 'Change my password; my other sessions end.',
  limit: { calls: 60, seconds: 60 },
  body: z.object({ currentPassword: z.string().min(1).max(128), newPassword: z.string().min(1).max(256) }),
  reply: z.object({ changed: z.literal(true) }),
})

export const listOrganisations = endpoint({
  id: 'listOrganisations',
  method: 'GET',
  path: '/api/organisations',
  permission: 'people.read',
  summary: 'Organisations of my territory, by code.',
  query: z.object({ kind: z.enum(organisationKinds).optional(), within: AreaCode.optional().describe('Only areas whose code begins so'), ...paging }),
  reply: z.object({ items: z.array(OrganisationView), cursor: z.string().nullable() }),
})

export const listPosts = endpoint({
  id: 'listPosts',
  method: 'GET',
  path: '/api/posts',
  permission: 'people.read',
  summary: 'Posts of my territory, in the order in which they were made.',
  query: z.object({ organisationId: z.uuid().optional(), role: z.string().max(64).optional(), inForce: z.boolean().default(true), ...paging }),
  reply: z.object({ items: z.array(PostView), cursor: z.string().nullable() }),
})

export const endPost = endpoint({
  id: 'endPost',
  method: 'POST',
  path: '/api/posts/{postId}/end',
  permission: 'people.edit',
  summary: 'End a post today; its rights are gone at once.',
  params: z.object({ postId: z.uuid() }),
  reply: PostView,
})
