/** Calls the server by contract: typed input and reply, one problem type for every expected "no", the network's failure as a state of its own. */
import { shallowRef } from 'vue'
import type { z } from 'zod'
import { newId } from '#kernel/id.ts'
import type { Endpoint } from '#platform/http/endpoint.ts'
import { noteServerNow } from './clock.ts'
import { language } from './text.ts'

/** A refusal of the server in the reader's language (RFC 9457). `field` names the input it is about. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined
  readonly requestId: string | undefined

  constructor(status: number, code: string, message: string, field?: string, requestId?: string) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.field = field
    this.requestId = requestId
  }
}

/** Nobody answered: no network, or the server is away. Nothing is known about whether the request arrived. `slow`: somebody may be there, but took too long. */
export class Unreachable extends Error {
  readonly slow: boolean

  constructor(slow = false) {
    super('unreachable')
    this.name = 'Unreachable'
    this.slow = slow
  }
}

/** What the caller gives: parts that the contract leaves empty may be left out. */
type Part<Name extends string, S extends z.ZodType> =
  Record<never, never> extends z.input<S> ? { [K in Name]?: z.input<S> } : { [K in Name]: z.input<S> }
export type CallInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', P> & Part<'query', Q> & Part<'body', B>

/** Body of a contract without its command id, which the form keeps. */
export type Asked<E> = E extends { readonly body: infer B extends z.ZodType } ? Omit<z.input<B>, 'commandId'> : never

/** What a contract answers. */
export type Answered<E> = E extends { readonly reply: infer R extends z.ZodType } ? z.infer<R> : never

/** Makes a command id. The same id sent twice is done once, so a form keeps its id until it has an answer. */
export const newCommandId = newId

/** False from the moment when nobody answered until somebody answers again. */
export const reachable = shallowRef(true)

let whenSignedOut: () => void = () => undefined
/** Tells one listener when the server no longer knows who we are (401 outside sign-in itself). */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener
}

const TIMEOUT_MS = 20_000
type Scalars = Readonly<Record<string, string | number | boolean | undefined>>

/** Sends one request. Throws `Problem` when the server says no and `Unreachable` when nobody answers within 20 s. */
export async function call<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  input: CallInput<P, Q, B>,
): Promise<z.infer<R>> {
  const { params, query, body } = input as { params?: Scalars; query?: Scalars; body?: Record<string, unknown> }
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language.value }
  if (endpoint.method !== 'GET') {
    headers['content-type'] = 'application/json'
    headers['idempotency-key'] = typeof body?.['commandId'] === 'string' ? body['commandId'] : newId()
  }
  const address = addressOf(endpoint.path, params, query)
  // The server shapes replies by the same contract.
  return (await ask(endpoint, address, headers, endpoint.method === 'GET' ? null : JSON.stringify(body ?? {}), TIMEOUT_MS)) as z.infer<R>
}

/** Sends a file as the body itself, under one command id for all tries. A large one over a weak network may take two minutes. */
export async function sendFile<P extends z.ZodObject, Q extends z.ZodObject, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, z.ZodType, R>,
  input: { params?: Scalars; file: Blob; commandId: string; headers?: Readonly<Record<string, string>> },
): Promise<z.infer<R>> {
  const headers = {
    accept: 'application/json',
    'accept-language': language.value,
    'content-type': input.file.type || 'image/jpeg',
    'idempotency-key': input.commandId,
    ...input.headers,
  }
  return (await ask(endpoint, addressOf(endpoint.path, input.params), headers, input.file, 6 * TIMEOUT_MS)) as z.infer<R>
}

async function ask(
  { method, permission }: Pick<Endpoint, 'method' | 'permission'>,
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string | Blob | null,
  timeoutMs: number,
): Promise<unknown> {
  // What a page sends while it is being put away still arrives; a file is too large for that.
  const keepalive = typeof body === 'string' && isPutAway()
  const sent = fetch(address, { method, headers, credentials: 'same-origin', body, keepalive, signal: AbortSignal.timeout(timeoutMs) })
  const response = await sent.catch((error: unknown) => {
    reachable.value = false
    throw new Unreachable(error instanceof DOMException && error.name === 'TimeoutError')
  })
  reachable.value = response.status !== 502 && response.status !== 504
  const reply: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw problemOf(response, reply, permission)
  if (typeof reply === 'object' && reply !== null && 'now' in reply && typeof reply.now === 'string') noteServerNow(reply.now)
  return reply
}

const isPutAway = (): boolean => (globalThis as { document?: { visibilityState: string } }).document?.visibilityState === 'hidden'

/** The address of a contract's path with its parameters filled and the query added; undefined values are left out. */
export function addressOf(path: string, params: Scalars = {}, query: Scalars = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return pairs.length > 0 ? `${filled}?${new URLSearchParams(pairs).toString()}` : filled
}

/** A problem document (platform/http/problem.ts), as far as it can be read. */
interface ProblemText {
  readonly code?: string
  readonly message?: string
  readonly field?: string
  readonly requestId?: string
}

function problemOf({ status }: Response, reply: unknown, permission: string): Error {
  // A gateway in front that answers for an absent server is the network's failure, not a refusal.
  if (status === 502 || status === 504) return new Unreachable(status === 504)
  if (status === 401 && permission !== 'public') whenSignedOut()
  const { code = `http.${status}`, message = '', field, requestId } = (typeof reply === 'object' && reply !== null ? reply : {}) as ProblemText
  return new Problem(status, code, message, field, requestId)
}
