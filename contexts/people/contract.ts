import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { factorDemands, organisationKinds, scopes } from './lifecycle.ts'

export const Wording = z.object({ zh: z.string(), en: z.string().optional() })
export const Day = z.iso.date()
export const AreaCode = z.string().regex(/^\d{0,15}$/)
export const Within = AreaCode.optional().describe('Only areas whose code begins so')
const Words = z.string().min(1).max(50).optional().describe('Part of a name or a code')
export const SignInCode = z.string().min(6).max(20)
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

/** Who has a post besides its holder, present or next. */
export const StandingView = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  validFrom: Day,
  validUntil: Day.describe('Last day'),
})
export const ListedPostView = PostView.extend({ standIn: StandingView.nullable() })
export type ListedPostView = z.infer<typeof ListedPostView>

/** A post as its holder sees it, or whoever stands in. */
export const OwnPostView = PostView.extend({
  areaName: Wording.nullable(),
  standInUntil: Day.nullable().describe('Last day on which I stand in for the person of this post; null at my own posts'),
})
export type OwnPostView = z.infer<typeof OwnPostView>

export const FormerNames = z.array(z.object({ name: Wording, validFrom: Day, validTo: Day }))

export const OrganisationView = z.object({
  id: z.uuid(),
  code: z.string(),
  name: Wording,
  kind: z.enum(organisationKinds),
  lineOrBlock: z.enum(['line', 'block']),
  functionCode: z.string().nullable(),
  creditCode: z.string().nullable().describe('统一社会信用代码'),
  areaCode: AreaCode,
  parentId: z.uuid().nullable(),
  validFrom: Day,
  validTo: Day.nullable(),
  rowVersion: z.number().int(),
  formerNames: FormerNames,
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
  secondFactor: z.object({
    on: z.boolean(),
    demand: z.enum(factorDemands),
    missing: z.boolean().describe('Required and not on: then the same holds'),
    recoveryCodesLeft: z.number().int(),
  }),
  sample: z.boolean().describe('An invented person of the demonstration city: the screens say 示例数据'),
  posts: z.array(OwnPostView).describe('My own posts first, then those at which I stand in'),
  rights: z.array(RightView),
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint({
  id: 'signIn',
  method: 'POST',
  path: '/api/session',
  permission: 'public',
  summary: 'Sign in; the session is in the cookie `huying_session`. The refusal people.codeNeeded asks for the code.',
  // Many offices may sit behind one address, so this only stops floods; each try costs 130 ms of a core, known login or not.
  // Guesses at one login are counted in the handler.
  limit: { calls: 120, seconds: 60 },
  body: z.object({
    login: z.string().min(1).max(64),
    password: z.string().min(1).max(128),
    code: SignInCode.optional(),
  }),
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
  reply: Me.extend({ now: z.iso.datetime().describe('The server’s clock, by which the screens correct theirs') }),
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
  query: z.object({ kind: z.enum(organisationKinds).optional(), within: Within, q: Words, ...paging }),
  reply: z.object({ items: z.array(OrganisationView), cursor: z.string().nullable() }),
})

export const listPosts = endpoint({
  id: 'listPosts',
  method: 'GET',
  path: '/api/posts',
  permission: 'people.read',
  summary: 'Posts of my territory, in the order in which they were made.',
  query: z.object({
    organisationId: z.uuid().optional(),
    role: z.string().max(64).optional(),
    within: Within,
    q: Words,
    inForce: z.boolean().default(true),
    ...paging,
  }),
  reply: z.object({ items: z.array(ListedPostView), cursor: z.string().nullable() }),
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

export const readPostWork = endpoint({
  id: 'readPostWork',
  method: 'GET',
  path: '/api/posts/{postId}/work',
  permission: 'people.edit',
  summary: 'What stays when a post ends: the open work of its organisation, how much of it names this post, and who else can go on with it.',
  params: z.object({ postId: z.uuid() }),
  reply: z.object({
    unit: z.number().int().describe('Pieces of open work that the organisation holds'),
    named: z.number().int().describe('Assignments among them that name this post'),
    colleagues: z.array(z.string()).describe('Others with the same role at the organisation today, at most ten names'),
    others: z.number().int().describe('How many those are in all'),
  }),
})

export const Code = z.string().regex(/^[\w.-]{1,64}$/)

export const RoleView = z.object({
  code: z.string(),
  name: Wording,
  rights: z.array(z.object({ permission: z.string(), scope: z.enum(scopes) })).describe('What a post of this role may do, and how far'),
})
export type RoleView = z.infer<typeof RoleView>

export const PersonView = z.object({
  id: z.uuid(),
  code: z.string().describe('工号, staff number'),
  name: z.string(),
  sample: z.boolean().describe('An invented person of the demonstration city'),
  login: z.string().nullable(),
  mustChangePassword: z.boolean().nullable().describe('Null without an account'),
  lockedUntil: z.iso.datetime().nullable().describe('Null while the account is not locked'),
  hasFactor: z.boolean().describe('Signs in with a second factor'),
})
export type PersonView = z.infer<typeof PersonView>

export const listRoles = endpoint({
  id: 'listRoles',
  method: 'GET',
  path: '/api/roles',
  permission: 'people.read',
  summary: 'Roles that a post can give.',
  reply: z.object({ items: z.array(RoleView) }),
})

export const createOrganisation = endpoint({
  id: 'createOrganisation',
  method: 'POST',
  path: '/api/organisations',
  permission: 'people.edit',
  summary: 'Found an organisation, from today on.',
  body: z.object({
    code: Code,
    name: z.object({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200).optional() }),
    kind: z.enum(organisationKinds),
    lineOrBlock: z.enum(['line', 'block']),
    functionCode: Code.nullable().default(null).describe('What a line does; null for a block'),
    creditCode: z.string().max(18).nullable().default(null).describe('统一社会信用代码 (GB 32100), checked'),
    areaCode: AreaCode.describe('The area it serves'),
    parentId: z.uuid().nullable().default(null),
  }),
  reply: OrganisationView,
})

export const listPersons = endpoint({
  id: 'listPersons',
  method: 'GET',
  path: '/api/persons',
  permission: 'people.edit',
  summary: 'Persons and the state of their accounts, by staff number.',
  query: z.object({ q: Words, ...paging }),
  reply: z.object({ items: z.array(PersonView), cursor: z.string().nullable() }),
})

const InitialPassword = z.string().describe('Told here once and never again; must be changed at the first sign-in')

export const createPerson = endpoint({
  id: 'createPerson',
  method: 'POST',
  path: '/api/persons',
  permission: 'people.edit',
  summary: 'Take a person on, with an account.',
  body: z.object({ code: Code, name: z.string().min(1).max(100), login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/) }),
  reply: z.object({ person: PersonView, initialPassword: InitialPassword }),
})

export const resetPassword = endpoint({
  id: 'resetPassword',
  method: 'POST',
  path: '/api/persons/{personId}/password',
  permission: 'people.edit',
  summary: 'Give somebody else a new first password; all sessions of the account end.',
  params: z.object({ personId: z.uuid() }),
  reply: z.object({ initialPassword: InitialPassword }),
})

export const unlockAccount = endpoint({
  id: 'unlockAccount',
  method: 'POST',
  path: '/api/persons/{personId}/unlock',
  permission: 'people.edit',
  summary: 'Take away the lock of too many failed sign-ins.',
  params: z.object({ personId: z.uuid() }),
  reply: PersonView,
})

export const createPost = endpoint({
  id: 'createPost',
  method: 'POST',
  path: '/api/posts',
  permission: 'people.edit',
  summary: 'Appoint somebody else, from today or a later day on.',
  body: z.object({
    personId: z.uuid(),
    organisationId: z.uuid(),
    role: z.string().min(1).max(64),
    areaCode: z
      .string()
      .regex(/^\d{0,15}$/)
      .describe('Area that the post covers; only posts of administrators may leave it empty and cover every area'),
    validFrom: Day,
    validTo: z.iso.date().nullable().default(null).describe('First day on which the post is no longer in force'),
  }),
  reply: PostView,
})
