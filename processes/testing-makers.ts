/** What makers of requests for the policy matrix share. */
import type { InjectOptions } from 'fastify'
import { newId } from '#kernel/id.ts'
import type { LaidCase } from './testing-cases.ts'
import type { Asker, Cell, Holds } from './testing-policy.ts'
import type { TestWorld } from './testing.ts'

/** What makers of requests work with. */
export interface Ground extends TestWorld {
  /** Where the application listens. */
  readonly origin: string
  readonly holds: Holds
  readonly laid: readonly LaidCase[]
  /** A condition and its matter, for requests that name one. */
  readonly conditionId: string
  readonly matterId: string
}
export type Maker = (ground: Ground, asker: Asker) => Promise<Cell[]> | Cell[]

export const get = (url: string): InjectOptions => ({ method: 'GET', url })
export const post = (url: string, payload: object = {}): InjectOptions => ({ method: 'POST', url, payload })

/** Territory decides nothing here: whoever passes the door is in. */
export const door =
  (request: (ground: Ground, asker: Asker) => InjectOptions | Promise<InjectOptions>): Maker =>
  async (ground, asker) => [{ about: '', request: await request(ground, asker), outcome: 'in' }]

export const itemsOf =
  (key: string) =>
  (body: unknown): string[] =>
    (body as { items: Record<string, unknown>[] }).items.map((item) => String(item[key]))

let session: Promise<string> | undefined
export const editor = (enter: Ground['enter']): Promise<string> => (session ??= enter('system_admin'))

/** What an administrator, or the person of another login, makes on the way to a question. */
export async function made<T>({ app, enter }: Pick<Ground, 'app' | 'enter'>, url: string, payload: object, login?: string): Promise<T> {
  const cookie = await (login === undefined ? editor(enter) : sessionOf(enter, login))
  const reply = await app.inject({ ...post(url, payload), headers: { cookie } })
  return reply.json<T>()
}

const sessions = new Map<string, Promise<string>>()
function sessionOf(enter: Ground['enter'], login: string): Promise<string> {
  const known = sessions.get(login) ?? enter(login)
  sessions.set(login, known)
  return known
}
export const newPerson = (): { code: string; name: string; login: string } => ({ code: newId(), name: '新人', login: newId() })
export const personOf = async (ground: Ground): Promise<string> =>
  (await made<{ person: { id: string } }>(ground, '/api/persons', newPerson())).person.id
