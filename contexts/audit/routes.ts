import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { doing } from '#platform/http/doing.ts'
import { languageOf } from '#platform/http/language.ts'
import { mount, serve } from '#platform/http/serve.ts'
import { readAnchor, type Anchor } from '#platform/verify.ts'
import { createVerifier } from './commands.ts'
import * as contract from './contract.ts'
import { exportedEntries } from './exporting/questions.ts'
import { entriesFor, looksFor, readableDistrict, sealOfEntry, sealsFor, type AskedEntries, type AuditServices } from './questions.ts'
import { refuse } from './refusals.ts'

/** Mounts the endpoints of this context. */
export function auditRoutes(app: FastifyInstance, services: AuditServices): void {
  const verifier = createVerifier()
  const types = Object.entries(services.eventNames).map(([type, name]) => ({ type, name }))
  serve(app, contract.readAudit, async (_input, request) => ({ districts: await sealsFor(services, request.actor), types }))
  serve(app, contract.listAuditEntries, async ({ params, query }, request) => {
    const { items, cursor } = await entriesFor(services, doing(request), params.districtCode, query)
    return { items: [...items], cursor }
  })
  mount(app, contract.exportAuditEntries, async (request, reply) => {
    const { lang: _lang, ...filter } = request.query as Omit<AskedEntries, 'limit' | 'cursor'> & { lang?: string }
    const { districtCode } = request.params as { districtCode: string }
    readableDistrict(services, request.actor, districtCode)
    reply.header('content-disposition', `attachment; filename="audit-${districtCode}.csv"`)
    reply.type('text/csv; charset=utf-8')
    return reply.send(Readable.from(exportedEntries(services, doing(request), districtCode, filter, languageOf(request))))
  })
  serve(app, contract.readEntrySeal, async ({ params }, request) => ({
    seal: await sealOfEntry(services, request.actor, params.districtCode, params.number),
  }))
  serve(app, contract.listLooks, async ({ params, query }, request) => {
    const { items, cursor } = await looksFor(services, doing(request), params.districtCode, query)
    return { items: [...items], cursor }
  })
  serve(app, contract.startVerification, ({ params, body }, request) => {
    const district = readableDistrict(services, request.actor, params.districtCode)
    const failed = (error: unknown): void => request.log.error({ err: error, district }, 'a verification failed')
    return verifier.start(doing(request), district, anchorsOf(body.anchor?.trim() ?? '', district), failed)
  })
  serve(app, contract.readVerification, async ({ params }, request) => verifier.look(readableDistrict(services, request.actor, params.districtCode)))
}

function anchorsOf(text: string, district: string): Anchor[] {
  if (text === '') return []
  const anchor = readAnchor(text)
  if (!anchor) throw refuse.badAnchor({ anchor: text.slice(0, 100) }, 'anchor')
  if (anchor.districtCode !== district) throw refuse.otherDistrict({ other: anchor.districtCode, district }, 'anchor')
  return [anchor]
}
