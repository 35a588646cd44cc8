import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { doing } from '#platform/http/doing.ts'
import { languageOf } from '#platform/http/language.ts'
import { mount } from '#platform/http/serve.ts'
import type { CaseServices } from '../commands.ts'
import type { ListInput } from '../questions.ts'
import { exportCases } from './contract.ts'
import { exportedCases, recordExport } from './questions.ts'

/** The file is written while it is read, so that a long list needs no room in memory. */
export function exportRoutes(app: FastifyInstance, services: CaseServices): void {
  mount(app, exportCases, async (request, reply) => {
    const { lang: _, ...filter } = request.query as Omit<ListInput, 'cursor' | 'limit'> & { lang?: string }
    await recordExport(services, doing(request), filter)
    reply.header('content-disposition', `attachment; filename="cases-${filter.view}.csv"`)
    reply.type('text/csv; charset=utf-8')
    return reply.send(Readable.from(exportedCases(services, request.actor, filter, languageOf(request))))
  })
}
