import { z } from 'zod'

/** One HTTP operation, written once: the server mounts it, OpenAPI lists it, the screens call it. */
export interface Endpoint<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  /** camelCase verb, the OpenAPI operationId. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Starts with `/api/`; parameters as `{caseId}`. */
  readonly path: string
  /** `public` needs no sign-in, `signedIn` any account, anything else is a permission that a role must hold. */
  readonly permission: string
  /** One sentence for OpenAPI. */
  readonly summary: string
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly reply: R
  /** Media type of a reply that is text, not JSON. */
  readonly replyType?: string
  /** Largest body in bytes; a megabyte unless said. */
  readonly bodyLimit?: number
  /** For doors that anybody may knock at: how many calls one address may make in so many seconds; `public` is the installation's number a minute. */
  readonly limit?: { readonly calls: number; readonly seconds: number } | 'public'
}

const nothing = z.object({})
type Nothing = typeof nothing
type Parts<P, Q, B, R> = Pick<Endpoint, 'id' | 'method' | 'path' | 'permission' | 'summary' | 'replyType' | 'bodyLimit' | 'limit'> & {
  params?: P
  query?: Q
  body?: B
  reply: R
}

/** Makes a contract. Shapes are plain JSON: what JSON Schema cannot say belongs in a command. */
export function endpoint<R extends z.ZodType, P extends z.ZodObject = Nothing, Q extends z.ZodObject = Nothing, B extends z.ZodType = Nothing>(
  parts: Parts<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return { params: nothing, query: nothing, body: nothing, ...parts } as unknown as Endpoint<P, Q, B, R>
}

/** What a handler receives and a caller sends. */
export interface Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  params: z.infer<P>
  query: z.infer<Q>
  body: z.infer<B>
}
