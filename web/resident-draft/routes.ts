import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNodeChild } from 'vue'
import type { PublicCase } from '#contexts/cases/contract.ts'
import type { Territory } from '#contexts/territory/index.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { languageOf } from '#platform/http/language.ts'
import { renderPage, say, type FieldErrors, type Reader } from './page.ts'
import { homePage, receiptPage, reportPage, type PlaceGroup, type ReportValues } from './report-page.ts'
import { casePage, codePage } from './track-page.ts'

/** What a report consists of, as the portal hands it on. */
export interface PortalReport {
  readonly commandId: string
  readonly text: string
  readonly areaCode?: string | undefined
  readonly address?: string | undefined
  readonly lng?: number | undefined
  readonly lat?: number | undefined
  readonly callerName?: string | undefined
  readonly callerPhone?: string | undefined
}

/** What the portal needs of the product. */
export interface PortalServices {
  report(input: PortalReport, requestId: string): Promise<{ number: string; trackingCode: string; reportedAt: string }>
  track(code: string): Promise<PublicCase>
  rate(code: string, requestId: string, input: { commandId: string; score: number; note?: string | undefined }): Promise<PublicCase>
  withdraw(code: string, requestId: string, input: { commandId: string }): Promise<PublicCase>
  territory(): Territory
  districts(): readonly DistrictCode[]
  /** True while the city is the invented one. */
  sample(): boolean
}

type Form = Readonly<Record<string, string | undefined>>
const formOf = (request: FastifyRequest): Form => (request.body ?? {}) as Form
// Many people share one address behind a community's router; a flood still meets its limit.
const limited = { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }

/** Mounts the resident's pages: server-rendered, without an account, working without JavaScript. */
export function residentRoutes(app: FastifyInstance, services: PortalServices): void {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    page: { title: string; content: (reader: Reader) => VNodeChild; status?: number; wrong?: boolean },
  ): Promise<FastifyReply> => {
    const reader = readerOf(request, services.sample())
    const title = page.wrong ? `${say(reader).errorTitle}：${page.title}` : page.title
    return reply
      .code(page.status ?? 200)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(await renderPage(reader, title, page.content(reader)))
  }
  const text = (request: FastifyRequest) => say(readerOf(request, false))

  app.get('/', (request, reply) => show(request, reply, { title: text(request).home, content: homePage }))
  app.get('/report', (request, reply) =>
    show(request, reply, { title: text(request).reportTitle, content: (reader) => reportPage(reader, valuesOf({}), placesOf(services), {}) }),
  )
  app.post('/report', limited, async (request, reply) => {
    const values = valuesOf(formOf(request))
    try {
      const errors = reportErrors(values, text(request))
      if (Object.keys(errors).length === 0) {
        const receipt = await services.report(reportOf(values), request.id)
        return await show(request, reply, { title: text(request).receiptTitle, content: (reader) => receiptPage(reader, receipt) })
      }
      return await show(request, reply, again(request, values, errors, 400))
    } catch (error) {
      return show(request, reply, again(request, values, fieldError(error, request, 'text'), statusOf(error)))
    }
  })
  const again = (request: FastifyRequest, values: ReportValues, errors: FieldErrors, status: number) => ({
    title: text(request).reportTitle,
    wrong: true,
    status,
    content: (reader: Reader) => reportPage(reader, values, placesOf(services), errors),
  })

  app.get('/track', (request, reply) => show(request, reply, { title: text(request).trackTitle, content: (reader) => codePage(reader, '', {}) }))
  const act = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (form: Form, code: string) => Promise<{ found: PublicCase; notice?: string; errors?: FieldErrors }>,
  ): Promise<FastifyReply> => {
    const form = formOf(request)
    const code = form['trackingCode'] ?? ''
    try {
      if (code.replace(/[\s-]/g, '').length !== 16) throw new Missing({ trackingCode: text(request).needCode })
      const { found, notice, errors = {} } = await work(form, code)
      const commandIds = { rate: newId(), withdraw: newId() }
      const wrong = Object.keys(errors).length > 0
      return await show(request, reply, {
        title: found.number,
        wrong,
        status: wrong ? 400 : 200,
        content: (reader) => casePage(reader, found, { code, commandIds, errors, ...(notice ? { notice } : {}) }),
      })
    } catch (error) {
      const errors = error instanceof Missing ? error.errors : fieldError(error, request, 'trackingCode')
      return show(request, reply, {
        title: text(request).trackTitle,
        wrong: true,
        status: statusOf(error),
        content: (reader) => codePage(reader, code, errors),
      })
    }
  }
  app.post('/track', limited, (request, reply) => act(request, reply, async (_form, code) => ({ found: await services.track(code) })))
  app.post('/rate', limited, (request, reply) =>
    act(request, reply, async (form, code) => {
      const score = Number(form['score'])
      if (!(score >= 1 && score <= 5)) return { found: await services.track(code), errors: { score: text(request).needScore } }
      const found = await services.rate(code, request.id, { commandId: commandIdOf(form), score, note: form['note']?.slice(0, 500) })
      return { found, notice: found.status === 'reopened' ? text(request).reopened : text(request).thanks }
    }),
  )
  app.post('/withdraw', limited, (request, reply) =>
    act(request, reply, async (form, code) => ({
      found: await services.withdraw(code, request.id, { commandId: commandIdOf(form) }),
      notice: text(request).withdrawn,
    })),
  )
  app.post('/portal/settings', (request, reply) => {
    const { lang, view, back = '/' } = formOf(request)
    const kept = { path: '/', maxAge: 31_536_000, sameSite: 'lax' as const, httpOnly: true }
    if (lang === 'zh' || lang === 'en') reply.setCookie('lang', lang, { ...kept, httpOnly: false })
    if (view === 'elder' || view === 'plain') reply.setCookie('view', view, kept)
    // Only an address of our own: anything else would let a link send people elsewhere.
    return reply.redirect(/^\/[a-z]*$/.test(back) ? back : '/', 303)
  })
  serveFiles(app)
}

function readerOf(request: FastifyRequest, sample: boolean): Reader {
  const path = request.url.split('?')[0] ?? '/'
  // A page that was the answer to a form cannot be asked for again; its own start can.
  const start = path === '/rate' || path === '/withdraw' ? '/track' : path
  return { language: languageOf(request), elder: request.cookies['view'] === 'elder', sample, path: start }
}

class Missing extends Error {
  readonly errors: FieldErrors
  constructor(errors: FieldErrors) {
    super('a field is missing')
    this.errors = errors
  }
}

const statusOf = (error: unknown): number => (error instanceof Refusal ? error.kind.status : error instanceof Missing ? 400 : 500)

/** The sentence of a refusal at its field; anything else is a bug and goes to the application's own handler. */
function fieldError(error: unknown, request: FastifyRequest, fallback: string): FieldErrors {
  if (!(error instanceof Refusal)) throw error
  return { [error.field ?? fallback]: error.text(languageOf(request)) }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const commandIdOf = (form: Form): string => (uuid.test(form['commandId'] ?? '') ? (form['commandId'] as string) : newId())

function valuesOf(form: Form): ReportValues {
  const cell = (name: string): string => (form[name] ?? '').trim()
  return {
    commandId: commandIdOf(form),
    text: cell('text'),
    areaCode: cell('areaCode'),
    address: cell('address').slice(0, 200),
    lng: cell('lng'),
    lat: cell('lat'),
    callerName: cell('callerName').slice(0, 50),
    callerPhone: cell('callerPhone'),
  }
}

function reportErrors(values: ReportValues, words: ReturnType<typeof say>): FieldErrors {
  const errors: Record<string, string> = {}
  if (values.text.length < 2) errors['text'] = words.needText
  if (values.text.length > 2000) errors['text'] = words.longText
  if (values.areaCode !== '' && !/^\d{12}$/.test(values.areaCode)) errors['areaCode'] = words.badPlace
  if (values.callerPhone !== '' && !/^[+\d][\d\s-]{4,19}$/.test(values.callerPhone)) errors['callerPhone'] = words.badPhone
  return errors
}

function reportOf(values: ReportValues): PortalReport {
  const point = values.lng !== '' && values.lat !== '' ? { lng: Number(values.lng), lat: Number(values.lat) } : {}
  const told = (value: string): string | undefined => value || undefined
  return {
    commandId: values.commandId,
    text: values.text,
    areaCode: told(values.areaCode),
    address: told(values.address),
    callerName: told(values.callerName),
    callerPhone: told(values.callerPhone),
    ...point,
  }
}

function placesOf(services: PortalServices): PlaceGroup[] {
  const territory = services.territory()
  return services
    .districts()
    .flatMap((district) => territory.children(district).map(({ code, name }) => ({ name, communities: territory.children(code) })))
}

function serveFiles(app: FastifyInstance): void {
  for (const [file, type] of [
    ['portal.css', 'text/css; charset=utf-8'],
    ['enhance.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
  ] as const) {
    const body = readFileSync(new URL(`files/${file}`, import.meta.url))
    app.get(`/portal/${file}`, (_request, reply) => reply.type(type).header('cache-control', 'public, max-age=3600').send(body))
  }
}
