import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import type { Endpoint, Input } from './endpoint.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler runs; a caller without a session is the public. */
    actor: Actor
  }
  interface FastifyInstance {
    /** Every mounted contract, for OpenAPI, the policy matrix and the documents. */
    endpoints: Endpoint[]
    /** Refuses unless the actor holds the endpoint's permission somewhere; where exactly is the command's question. */
    authorise: (actor: Actor, permission: string) => void
  }
}

const accepts = (schema: z.ZodType) => z.toJSONSchema(schema, { target: 'draft-7', io: 'input', override: ({ jsonSchema }) => void delete jsonSchema.$schema })
const returns = (schema: z.ZodType) => z.toJSONSchema(schema, { target: 'draft-7', io: 'output', override: ({ jsonSchema }) => void delete jsonSchema.$schema })

/** Mounts an endpoint. Fastify checks requests and shapes replies from the same schemas, so a field that is not in the contract never leaves. */
export function serve<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  contract: Endpoint<P, Q, B, R>,
  handle: (input: Input<P, Q, B>, request: FastifyRequest) => Promise<z.infer<R>>,
): void {
  const { id, method, path, params, query, body, reply, permission, summary } = contract
  app.endpoints.push(contract as unknown as Endpoint)
  const schema: FastifySchema = {
    params: accepts(params),
    querystring: accepts(query),
    response: { 200: returns(reply) },
    operationId: id,
    summary,
    tags: [path.split('/')[2] ?? 'platform'],
    'x-permission': permission,
  } as FastifySchema
  if (method !== 'GET') schema.body = accepts(body)
  app.route({
    method,
    url: path.replace(/\{(\w+)\}/g, ':$1'),
    schema,
    preHandler: async (request) => app.authorise(request.actor, permission),
    handler: (request) => handle({ params: request.params, query: request.query, body: request.body } as Input<P, Q, B>, request),
  })
}
