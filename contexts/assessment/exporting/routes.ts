import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { doing } from '#platform/http/doing.ts'
import { languageOf } from '#platform/http/language.ts'
import { mount } from '#platform/http/serve.ts'
import type { FigurePart } from '../contract.ts'
import type { IndicatorKey } from '../indicators.ts'
import type { PivotInput } from '../pivoting/questions.ts'
import type { FigureServices } from '../questions.ts'
import type { TallyScope } from '../sight.ts'
import type { TallyKey } from '../tallying/tallies.ts'
import { exportFigureCases, exportPivot, exportTallyCases } from './contract.ts'
import { figureFile, pivotFile, recordFile, tallyFile } from './questions.ts'

/** Files behind the screens; lists are written while they are read, so that a long one needs no room in memory. */
export function exportRoutes(app: FastifyInstance, services: FigureServices): void {
  const send = (reply: FastifyReply, name: string, file: string | AsyncGenerator<string>): unknown =>
    reply
      .header('content-disposition', `attachment; filename="${name}.csv"`)
      .type('text/csv; charset=utf-8')
      .send(typeof file === 'string' ? file : Readable.from(file))
  const asked = <T>(request: FastifyRequest): T => {
    const { lang: _lang, ...scope } = request.query as T & { lang?: string }
    return scope as T
  }
  mount(app, exportPivot, async (request, reply) => {
    const input = asked<PivotInput>(request)
    const file = await pivotFile(services, request.actor, input, languageOf(request))
    await recordFile(services, doing(request), input.measure, input)
    return send(reply, `insight-${input.measure}`, file)
  })
  mount(app, exportTallyCases, async (request, reply) => {
    const { key } = request.params as { key: TallyKey }
    const scope = asked<TallyScope>(request)
    await recordFile(services, doing(request), key, scope)
    return send(reply, `cases-${key}`, tallyFile(services, request.actor, key, scope, languageOf(request)))
  })
  mount(app, exportFigureCases, async (request, reply) => {
    const { key } = request.params as { key: IndicatorKey }
    const { part, ...scope } = asked<TallyScope & { part: FigurePart }>(request)
    await recordFile(services, doing(request), key, scope)
    return send(reply, `cases-${key}-${part}`, figureFile(services, request.actor, { key, part, scope }, languageOf(request)))
  })
}
