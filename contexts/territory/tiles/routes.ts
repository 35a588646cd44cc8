import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { LocalDate } from '#kernel/clock.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import { mount } from '#platform/http/serve.ts'
import type { AreaLevel, GridKind } from '../area.ts'
import { borderedIn, getEdition, type TerritoryTables } from '../store.ts'
import { byteCache } from './cache.ts'
import { readPublicTile, readTile } from './contract.ts'
import { boxOfTile, drawTile, type TileKey } from './tile.ts'

const KEPT_BYTES = 32 * 1024 * 1024

type Asked = TileKey & { readonly level: AreaLevel; readonly gridKind: GridKind | null }

/** Mounts the tiles. A tile is made once per edition of the territory and day, for everybody: it says of an area what every reader of areas may know. */
export function tileRoutes(app: FastifyInstance, deps: { readonly database: Database; readonly on: () => LocalDate }): void {
  const kept = byteCache(KEPT_BYTES)
  const tileOf = async (tx: Tx<TerritoryTables>, edition: string, asked: Asked): Promise<Buffer> => {
    const key = `${edition} ${asked.level} ${asked.gridKind} ${asked.z} ${asked.x} ${asked.y}`
    const known = kept.get(key)
    if (known) return known
    const { level, gridKind } = asked
    const made = drawTile(asked, await borderedIn(tx, deps.on(), { level, gridKind, box: boxOfTile(asked), within: '' }), (bytes) => gzipSync(bytes))
    kept.put(key, made)
    return made
  }
  const answer = async (request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<unknown> => {
    reply.header('vary', 'accept-encoding')
    const found = await inTransaction<TerritoryTables, { tag: string; tile: Buffer | undefined }>(deps.database, async (tx) => {
      const edition = `${deps.on()} ${await getEdition(tx)}`
      const tag = `"${Buffer.from(edition).toString('base64url')}"`
      return { tag, tile: request.headers['if-none-match'] === tag ? undefined : await tileOf(tx, edition, asked) }
    })
    reply.header('etag', found.tag)
    if (!found.tile) return reply.code(304).send()
    if (found.tile.length === 0) return reply.code(204).send()
    reply.type(readTile.replyType ?? '')
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
    return zipped ? reply.header('content-encoding', 'gzip').send(found.tile) : reply.send(gunzipSync(found.tile))
  }
  mount(app, readTile, async (request, reply) => {
    const params = request.params as TileKey & { level: AreaLevel }
    const { gridKind } = request.query as { gridKind: GridKind }
    // Kept by the browser, asked about each time: an area that changed shows at once.
    reply.header('cache-control', 'private, no-cache')
    return answer(request, reply, { ...params, gridKind: params.level === 'grid' ? gridKind : null })
  })
  mount(app, readPublicTile, async (request, reply) => {
    reply.header('cache-control', 'public, max-age=600')
    return answer(request, reply, { ...(request.params as TileKey), level: 'community', gridKind: null })
  })
}
