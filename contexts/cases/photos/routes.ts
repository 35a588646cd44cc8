import type { FastifyInstance } from 'fastify'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { doing } from '#platform/http/doing.ts'
import { mount, serve } from '#platform/http/serve.ts'
import { normaliseCode } from '#platform/secret.ts'
import { refuse } from '../refusals.ts'
import { findByTracking, type CasesTx } from '../store.ts'
import { addPhoto, type PhotoServices } from './commands.ts'
import * as contract from './contract.ts'
import { listPhotos, photoFile, smallPhotos } from './questions.ts'
import type { PhotoRow } from './store.ts'

/** Mounts the pictures of cases. A picture is sent as the body itself, so that no form has to be read. */
export function photoRoutes(app: FastifyInstance, services: PhotoServices): void {
  app.addContentTypeParser(/^image\/(jpeg|png|webp)$/, { parseAs: 'buffer', bodyLimit: contract.bodyLimit }, (_request, body, done) =>
    done(null, body),
  )
  const acts = callerPhotos(services)
  serve(app, contract.listPhotos, async ({ params }, request) => {
    const { items, mayAdd } = await listPhotos(services, request.actor, params)
    return { items: items.map(viewOf), mayAdd }
  })
  serve(app, contract.addPhoto, async ({ params, body }, request) => {
    const about = { districtCode: params.districtCode as DistrictCode, caseId: params.id, bytes: bytesOf(body), isCaller: false }
    return viewOf(await addPhoto(services, doing(request), about))
  })
  serve(app, contract.addPublicPhoto, ({ body }, request) =>
    acts.add(String(request.headers['x-tracking-code'] ?? ''), bytesOf(body), doing(request)).then(viewOf),
  )
  mount(app, contract.readPhotoFile, async (request, reply) => {
    const key = { ...(request.params as { districtCode: string; id: string; photoId: string }), ...(request.query as { size: 'small' | 'full' }) }
    const bytes = await photoFile(services, request.actor, key)
    // A picture never changes under its id; for five minutes a look back asks nobody.
    return reply.type('image/webp').header('cache-control', 'private, max-age=300').send(bytes)
  })
}

/** What the caller does with pictures, by the code on the receipt; the same functions serve JSON and the portal's pages. */
export function callerPhotos(services: PhotoServices) {
  const caseOf = async (code: string): Promise<{ districtCode: DistrictCode; caseId: string }> => {
    const hash = services.secrets.hash(normaliseCode(code))
    const found = await inTransaction(services.database, (tx: CasesTx) => findByTracking(tx, hash))
    if (!found) throw refuse.codeUnknown({}, 'trackingCode')
    return found
  }
  return {
    add: async (code: string, bytes: Uint8Array, by: Doing): Promise<PhotoRow> =>
      addPhoto(services, by, { ...(await caseOf(code)), bytes, isCaller: true }),
    list: async (code: string) => {
      const { districtCode, caseId } = await caseOf(code)
      return smallPhotos(services, { districtCode, id: caseId })
    },
  }
}

// Anything that came as another type was read as something else and is no picture.
const bytesOf = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array())

const viewOf = ({ id, origin, width, height, addedAt }: PhotoRow): contract.Photo => ({ id, origin, width, height, addedAt })
