import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import type { Round } from './district.ts'
import { createFeed, type Change, type Feed } from './feed.ts'
import { endpoint } from './http/endpoint.ts'
import { mount } from './http/serve.ts'
import { startLoop } from './loop.ts'
import { createScreen, type Pace } from './screen.ts'

/** GET /api/stream: server-sent events `ready`, `change` and `reload` (screen.ts says what each means). */
export const openStream = endpoint({
  id: 'openStream',
  method: 'GET',
  path: '/api/stream',
  permission: 'signedIn',
  summary: 'Tells, as server-sent events, which subjects changed; the screen then asks for them under its own rights. Resumes after Last-Event-ID.',
  query: z.object({ after: z.string().max(2000).optional().describe('Last-Event-ID, for clients that cannot set the header.') }),
  reply: z.string(),
  replyType: 'text/event-stream',
})

export interface StreamParts extends Round {
  /** Whether this actor may know that this happened. Asked for each change and screen, so it must be quick. */
  readonly maySee: (actor: Actor, district: Change['district'], change: Change) => boolean
  readonly pollMs?: number
  /** What passes without being written down, asked twice a second while somebody listens; changes without a number. */
  readonly passing?: () => Promise<readonly Change[]>
  readonly beatMs?: number
  /** After this long a screen is let go and comes back by itself: that is when a lost right or an ended session takes effect. */
  readonly longestMs?: number
  readonly pace?: Pace
}

// A screen that does not read what it is sent is let go; it resumes where it was.
const mostUnsentBytes = 1_000_000
const GLANCE_MS = 500

/** Mounts the stream. One reader of the log per process serves all its screens. */
export function streamRoutes(app: FastifyInstance, parts: StreamParts): void {
  const { pollMs = 200, beatMs = 15_000 } = parts
  const feed = createFeed(parts)
  const open = new Set<Connection>()
  const loop = startLoop('stream', () => feed.poll(), pollMs, parts.logger)
  const passing = parts.passing
  const glances = passing
    ? startLoop(
        'glances',
        async () => {
          if (open.size === 0) return false
          const changes = await passing()
          for (const connection of open) connection.pass(changes)
          return false
        },
        GLANCE_MS,
        parts.logger,
      )
    : undefined
  const beats = setInterval(() => {
    for (const connection of open) connection.beat()
  }, beatMs)
  beats.unref()
  app.addHook('preClose', async () => {
    clearInterval(beats)
    for (const connection of open) connection.end()
    await Promise.all([loop.stop(), glances?.stop()])
  })
  mount(app, openStream, async (request, reply) => {
    reply.hijack()
    const connection = connect(parts, feed, request, reply)
    open.add(connection)
    reply.raw.once('close', () => {
      open.delete(connection)
      connection.end()
    })
    await connection.start()
  })
}

interface Connection {
  start(): Promise<void>
  pass(changes: readonly Change[]): void
  beat(): void
  end(): void
}

function connect(parts: StreamParts, feed: Feed, request: FastifyRequest, reply: FastifyReply): Connection {
  const { pace = { coalesceMs: 250, mostChanges: 500 }, longestMs = 600_000, maySee } = parts
  const { raw } = reply
  const { actor } = request
  const end = (): void => void (raw.writableEnded || raw.end())
  const write = (text: string): void => {
    if (raw.writableEnded) return
    raw.write(text)
    if (raw.writableLength > mostUnsentBytes) raw.destroy()
  }
  const screen = createScreen(feed, pace, (change) => maySee(actor, change.district, change), write)
  return {
    beat: screen.beat,
    pass: screen.pass,
    end,
    start: async () => {
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        // Nothing follows on this connection, and a kept one would hold up the end of the server.
        connection: 'close',
      })
      // Screens that lose the same server come back over some seconds, not all at once, and before their alarm of four seconds.
      write(`retry: ${Math.round(1000 + Math.random() * 2000)}\n\n`)
      const timer = setTimeout(end, longestMs * (1 + Math.random() / 5))
      let leave: () => void = () => undefined
      raw.once('close', () => {
        clearTimeout(timer)
        screen.close()
        leave()
      })
      try {
        leave = await feed.join(screen.hear)
        await screen.catchUp(lastEventIdOf(request))
        if (raw.closed) leave()
      } catch (error) {
        request.log.error({ err: error }, 'a stream could not start')
        end()
      }
    },
  }
}

function lastEventIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id']
  return typeof header === 'string' ? header : (request.query as { after?: string }).after
}
