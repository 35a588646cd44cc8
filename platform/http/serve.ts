import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { MINUTE_MS } from '#kernel/clock.ts'
import type { Endpoint, Input } from './endpoint.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs; a caller without a session is the public. */
    actor: Actor
  }
  interface FastifyInstance {
    /** Calls a minute that one address may make at each public door. */
    publicCalls: number
    /** Every mounted contract, for OpenAPI, the policy matrix and the documents. */
    endpoints: Endpoint[]
    /** Who calls, from the session cookie or a token. */
    identify: (request: FastifyRequest) => Actor | Promise<Actor>
    /** Refuses unless the actor holds the endpoint's permission somewhere; where exactly is the command's question. */
    authorise: (actor: Actor, permission: string) => void | Promise<void>
  }
}

const accepts = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input', override: ({ jsonSchema }) => void delete jsonSchema.$schema })
const returns = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'output', override: ({ jsonSchema }) => void delete jsonSchema.$schema })

/** Mounts an endpoint. Fastify checks requests and shapes replies from the same schemas, so a field that is not in the contract never leaves. */
export function serve<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  contract: Endpoint<P, Q, B, R>,
  handle: (input: Input<P, Q, B>, request: FastifyRequest) => Promise<z.infer<R>>,
): void {
  mount(app, contract, async (request, reply) => {
    const answer = await handle({ params: request.params, query: request.query, body: request.body } as Input<P, Q, B>, request)
    if (contract.replyType) reply.type(contract.replyType)
    return answer
  })
}

function rateOf(limit: NonNullable<Endpoint['limit']>, { publicCalls }: FastifyInstance): { max: number; timeWindow: number } {
  return limit === 'public' ? { max: publicCalls, timeWindow: MINUTE_MS } : { max: limit.calls, timeWindow: limit.seconds * 1000 }
}

/** Mounts a contract whose handler writes the reply itself (a stream, a file). The caller is identified and authorised before the body is read. */
export function mount<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  contract: Endpoint<P, Q, B, R>,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const { method, path, params, query, body, reply, replyType, permission, bodyLimit, limit } = contract
  app.endpoints.push(contract as unknown as Endpoint)
  const schema: FastifySchema = { params: accepts(params), querystring: accepts(query) }
  if (method !== 'GET') schema.body = accepts(body)
  if (!replyType) schema.response = { 200: returns(reply) }
  app.route({
    method,
    url: path.replace(/\{(\w+)\}/g, ':$1'),
    schema,
    // A HEAD of a stream would never end, and no contract promises one.
    exposeHeadRoute: false,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    config: limit ? { rateLimit: rateOf(limit, app) } : {},
    onRequest: async (request, answer) => {
      answer.header('cache-control', 'no-store')
      request.actor = await app.identify(request)
      await app.authorise(request.actor, permission)
    },
    handler,
  })
}
