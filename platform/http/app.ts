import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import type { Logger } from '../logger.ts'
import { refuse } from '../refusals.ts'
import type { Ground } from './doing.ts'
import { endpoint } from './endpoint.ts'
import { serveHealth } from './health.ts'
import { languageOf } from './language.ts'
import { describeApi } from './openapi.ts'
import { answerError, refusalAnswer, sendProblem } from './problem.ts'
import { serve } from './serve.ts'
import { requestChecks } from './validation.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What a browser is shown at an address that does not exist; without it, a problem document. */
    unknownPage: ((request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) | undefined
  }
}

export interface AppParts extends Ground {
  readonly logger: Logger
  readonly identify: (request: FastifyRequest) => Actor | Promise<Actor>
  /** Throws a refusal (401 not signed in, 403 not yours) or returns. */
  readonly authorise: (actor: Actor, permission: string) => void | Promise<void>
  /** Hosts besides our own that pages may fetch pictures from; asked at each reply. */
  readonly imageHosts?: () => readonly string[]
  /** Addresses of the proxies in front, whose X-Forwarded-For is believed. */
  readonly trustedProxies?: readonly string[]
  /** Calls a minute that one address may make at each public door; 120 unless told: an office or a whole house may share one address. */
  readonly publicCalls?: number
  /** Largest request body in bytes; one mebibyte unless told. */
  readonly bodyLimit?: number
}

/** Builds the HTTP application without contexts: mount their routes on it, then `listen`. Every "no" is a problem document. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { database, clock, subscribersOf, logger, identify, authorise, trustedProxies = [], publicCalls = 120, bodyLimit = 1_048_576 } = parts
  const app: FastifyInstance = Fastify({
    loggerInstance: logger as unknown as FastifyBaseLogger,
    // A line per request costs up to a sixth of the throughput (measured); slow and failed ones are logged below.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => newId(),
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  })
  app.setValidatorCompiler(requestChecks())
  app.decorate('ground', { database, clock, subscribersOf })
  app.decorate('publicCalls', publicCalls)
  app.decorate('endpoints', [])
  app.decorate('identify', identify)
  app.decorate('authorise', authorise)
  app.decorateRequest('actor')
  await secure(app, parts.imageHosts)
  await app.register(cookie)
  await app.register(formbody, { bodyLimit })
  await app.register(compress, { encodings: ['br', 'gzip', 'identity'], threshold: 1024 })
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => refuse.tooMany({ seconds: Math.max(1, Math.ceil(ttl / 1000)) }),
  })
  addHooks(app)
  app.setErrorHandler((error, request, reply) => answerError(error, request, reply))
  app.decorate('unknownPage', undefined)
  app.setNotFoundHandler((request, reply) => {
    const page = app.unknownPage
    if (page && !request.url.startsWith('/api/') && request.headers.accept?.includes('text/html')) return page(request, reply)
    const path = (request.url.split('?')[0] ?? '').slice(0, 200)
    return sendProblem(request, reply, refusalAnswer(refuse.noSuchAddress({ method: request.method, path }), languageOf(request)))
  })
  serveHealth(app)
  serveDescription(app)
  return app
}

// Requests under way when the server is told to stop may finish, for so long.
const graceMs = 5000

function addHooks(app: FastifyInstance): void {
  app.addHook('preClose', async () => void setTimeout(() => app.server.closeAllConnections(), graceMs).unref())
  app.addHook('onRequest', async (request, reply) => {
    request.actor = publicActor
    reply.header('x-request-id', request.id)
    // A browser says where a request comes from. Together with the cookie's SameSite this keeps other sites' forms out.
    if (request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET' && request.method !== 'HEAD') throw refuse.crossSite()
  })
  app.addHook('onResponse', async (request, reply) => {
    // The pattern of the address, not the address: a query can hold a telephone number.
    const line = { method: request.method, route: request.routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (reply.elapsedTime > 2000) request.log.warn(line, 'slow request')
    else request.log.debug(line, 'request')
  })
}

async function secure(app: FastifyInstance, imageHosts: () => readonly string[] = () => []): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Charts place their labels with style attributes; style elements and sheets still come from our own files only.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: [() => ["'self'", 'data:', 'blob:', ...imageHosts()].join(' ')],
        workerSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    // Only for this host: a city's other names may still be served without TLS.
    strictTransportSecurity: { maxAge: 15_552_000, includeSubDomains: false },
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=(self)')
  })
}

const describe = endpoint({
  id: 'describeApi',
  method: 'GET',
  path: '/api/openapi.json',
  permission: 'public',
  summary: 'This description, in OpenAPI 3.1.',
  reply: z.looseObject({ openapi: z.literal('3.1.0') }),
})

function serveDescription(app: FastifyInstance): void {
  let description: ReturnType<typeof describeApi> | undefined
  serve(app, describe, async () => (description ??= describeApi(app.endpoints)) as { openapi: '3.1.0' })
}
