/** What the policy matrix expects, read straight from the rows of people.role_permission and people.post: a second opinion that shares no code with the policy. */
import { once } from 'node:events'
import { get, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { sql } from '#platform/database/database.ts'
import type { Endpoint } from '#platform/http/endpoint.ts'
import type { TestWorld } from './testing.ts'

export interface HeldPost {
  readonly role: string
  readonly areaCode: string
  readonly organisationId: string
}

/** Somebody who asks. The public has no cookie. */
export interface Asker {
  readonly name: string
  readonly cookie: string | undefined
  /** The key of a department's system, which has no cookie. */
  readonly bearer?: string
  readonly posts: readonly HeldPost[]
}

/** Where a row belongs. */
export interface Place {
  readonly districtCode: string
  readonly areaCode: string
  readonly organisationIds: readonly string[]
}

/** Does one of the asker's posts give this permission, here or (without a place) anywhere? */
export type Holds = (asker: Asker, permission: string, place?: Place) => boolean

export async function readHolds({ world }: TestWorld): Promise<Holds> {
  const { rows: grants } = await sql<{
    role: string
    permission: string
    scope: string
  }>`select role, permission, scope from people.role_permission`.execute(world.database.kysely)
  const reaches = (scope: string, post: HeldPost, place: Place): boolean => {
    if (scope === 'city' || (post.areaCode === '' && scope !== 'organisation')) return true
    if (scope === 'district') return place.districtCode === post.areaCode.slice(0, 6)
    return scope === 'area' ? place.areaCode.startsWith(post.areaCode) : place.organisationIds.includes(post.organisationId)
  }
  return (asker, permission, place) =>
    asker.posts.some((post) =>
      grants.some(
        (grant) => grant.role === post.role && grant.permission === permission && (place === undefined || reaches(grant.scope, post, place)),
      ),
    )
}

/** Signs in one person per login; `public` stands for nobody. */
export async function readAskers(city: TestWorld, logins: readonly string[]): Promise<Asker[]> {
  const { rows } = await sql<HeldPost & { login: string }>`select a.login, p.role, p.area_code, p.organisation_id
    from people.post p join people.account a on a.person_id = p.person_id`.execute(city.world.database.kysely)
  return Promise.all(
    logins.map(async (name) => ({
      name,
      cookie: name === 'public' ? undefined : await city.enter(name),
      posts: rows.filter(({ login }) => login === name),
    })),
  )
}

/** A system of a department of the first district, with a key that the system administrator makes. */
export async function readSystem(city: TestWorld): Promise<Asker> {
  const { rows } = await sql<{ id: string }>`select id from people.organisation where code = 'urban_management-990101'`.execute(
    city.world.database.kysely,
  )
  const [organisationId = ''] = rows.map(({ id }) => id)
  const reply = await city.app.inject({
    method: 'POST',
    url: '/api/keys',
    payload: { name: '示例系统', organisationId, validTo: '2030-01-01', callsPerMinute: 6000 },
    headers: { cookie: await city.enter('system_admin') },
  })
  const { secret } = reply.json<{ secret: string }>()
  return { name: 'system', cookie: undefined, bearer: secret, posts: [{ role: 'department_system', areaCode: '990101', organisationId }] }
}

/** What says who asks. */
export function headersOf({ cookie, bearer }: Asker): Record<string, string> {
  return { ...(cookie === undefined ? {} : { cookie }), ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) }
}

/** One request with what must come of it. `in`: the policy lets it through, whatever a rule says then. */
export interface Cell {
  /** What it is about, such as a move and a place. */
  readonly about: string
  readonly request: InjectOptions
  readonly outcome: Outcome
  /** The whole address, for answers that never end. */
  readonly endless?: string
  /** For lists: what the answer shows, and exactly what it must show, or as much of it as one answer holds. */
  readonly shows?: { readonly found: (body: unknown) => readonly string[]; readonly expected: readonly string[]; readonly most?: number }
}
export type Outcome = 'in' | '401' | '403' | '404'

/** Refusals by which the policy says no. Other refusals are rules of the case at hand, met only behind the policy. */
const policyCodes = new Set([
  'people.notSignedIn',
  'people.notYours',
  'people.noSuchPost',
  'people.noSuchLink',
  'people.noSuchStandIn',
  'catalogue.notYours',
  'cases.notFound',
  'cases.notYours',
  'cases.noPurpose',
  'cases.requestNotFound',
  'cases.precedentNotFound',
  'cases.drawNotFound',
  'cases.viewNotFound',
  'cases.viewNotYours',
  'audit.notYours',
  'assessment.notYours',
])

/** Asks, and says how the policy decided, or what else went wrong. */
export async function ask(app: FastifyInstance, asker: Asker, cell: Cell): Promise<{ outcome: string; status: number }> {
  const headers = { ...headersOf(asker), ...cell.request.headers }
  if (cell.endless) return beginningOf(cell.endless, headers)
  const reply = await app.inject({ ...cell.request, headers })
  const isText = !String(reply.headers['content-type']).includes('json')
  const [status, body] = [reply.statusCode, isText ? reply.body : reply.json<{ code?: string }>()]
  if (status >= 500) return { outcome: `failed: ${JSON.stringify(body)}`, status }
  if (status >= 400) return { outcome: policyCodes.has((body as { code?: string }).code ?? '') ? String(status) : 'in', status }
  return { outcome: cell.shows ? compare(cell.shows, body) : 'in', status }
}

function compare({ found, expected, most = Infinity }: NonNullable<Cell['shows']>, body: unknown): string {
  const shown = found(body)
  const foreign = shown.filter((one) => !expected.includes(one))
  const wanted = Math.min(expected.length, most)
  const isRight = foreign.length === 0 && new Set(shown).size === shown.length && shown.length === wanted
  return isRight ? 'in' : `shows ${shown.length} instead of ${wanted}, of others ${foreign.join()}`
}

/** Streams never end, and an injected one cannot be left: a real connection is opened and closed again. */
async function beginningOf(url: string, headers: OutgoingHttpHeaders): Promise<{ outcome: string; status: number }> {
  const request = get(url, { agent: false, headers })
  const [reply] = (await once(request, 'response')) as [IncomingMessage]
  request.destroy()
  const status = reply.statusCode ?? 0
  return { outcome: status === 200 ? 'in' : String(status), status }
}

/** What the door alone decides: 401 without an account, 403 without the permission anywhere, undefined where the subject decides. */
export function atTheDoor(contract: Endpoint, asker: Asker, holds: Holds): Outcome | undefined {
  if (contract.permission === 'public') return undefined
  if (asker.cookie === undefined && asker.bearer === undefined) return '401'
  if (contract.permission === 'signedIn') return undefined
  return holds(asker, contract.permission) ? undefined : '403'
}
