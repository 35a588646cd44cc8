/** Addresses of the residents' portal. Every page is complete HTML; every act is a plain form. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PublicCase, reportCase } from '#contexts/cases/contract.ts'
import type { Territory } from '#contexts/territory/index.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import type { z } from 'zod'
import { languageOf } from '#platform/http/language.ts'
import { failPage, unknownPage } from './fail-page.ts'
import { hasFaults, type Faults, type Typed } from './form.ts'
import { homePage } from './home-page.ts'
import { readerOf, renderPage, type PageParts, type Reader, type Site } from './page.ts'
import { photoLimits, readPhotoForm, type ShownPhoto } from './photos.ts'
import { placesOf } from './places.ts'
import { receiptPage, reportFaults, reportPage, type Receipt } from './report-page.ts'
import { portalAssets } from './styles.ts'
import { casePage, ratedNotice, trackPage, type Tried } from './track-page.ts'

/** What the portal asks of cases and territory. Codes come as the caller typed them. */
export interface ResidentServices {
  report(input: z.infer<typeof reportCase.body>, requestId: string): Promise<Receipt>
  track(code: string): Promise<PublicCase>
  rate(code: string, requestId: string, input: { commandId: string; score: number; note?: string | undefined }): Promise<PublicCase>
  withdraw(code: string, requestId: string, input: { commandId: string }): Promise<PublicCase>
  addPhoto(code: string, bytes: Uint8Array, request: FastifyRequest): Promise<unknown>
  photos(code: string): Promise<readonly ShownPhoto[]>
  territory(): Territory
  districts(): readonly DistrictCode[]
  /** Telephone number shown beside every form; 12345 unless told. */
  readonly phone?: string
  /** True while the installation shows the demonstration city. */
  sample?(): boolean
}

const YEAR_S = 31_536_000
// An office or a whole house may share one address; this only stops floods.
const patience = { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }

/** Mounts the portal at `/`. */
export async function residentRoutes(app: FastifyInstance, services: ResidentServices): Promise<void> {
  const { styles, script, icon } = portalAssets()
  await app.register(async (portal) => {
    await portal.register(multipart, { limits: photoLimits })
    for (const asset of [styles, script, icon]) {
      const [path = ''] = asset.href.split('?')
      portal.get(path, (_request, reply) => reply.type(asset.type).header('cache-control', `public, max-age=${YEAR_S}, immutable`).send(asset.body))
    }
    const readerFor = (request: FastifyRequest): Reader =>
      readerOf(languageOf(request), request.cookies['size'] === 'elder', siteOf(services, styles.href, script.href))
    const pages = pagesOf(services, readerFor)
    app.unknownPage = async (request, reply) => send(reply.code(404), readerFor(request), unknownPage(readerFor(request)))
    portal.setErrorHandler(async (error, request, reply) => {
      if (!(error instanceof Refusal)) request.log.error({ err: error, route: request.routeOptions.url }, 'a page failed')
      const status = error instanceof Refusal ? error.kind.status : 500
      return send(reply.code(status), readerFor(request), failPage(readerFor(request), error, request.id))
    })
    portal.get('/', async (request, reply) => send(reply, readerFor(request), homePage(readerFor(request))))
    portal.get('/report', async (request, reply) => send(reply, readerFor(request), pages.report(readerFor(request), {}, {})))
    portal.get('/track', async (request, reply) => send(reply, readerFor(request), trackPage(readerFor(request), {}, {})))
    portal.post('/report', patience, pages.sendReport)
    portal.post('/track', patience, pages.showCase)
    portal.post('/rate', patience, pages.sendRating)
    portal.post('/withdraw', patience, pages.sendWithdrawal)
    portal.post('/photos', patience, pages.sendPhotos)
    portal.post('/settings', async (request, reply) => changeSettings(request, reply, pages, readerFor))
  })
}

function siteOf(services: ResidentServices, styles: string, script: string): Site {
  const territory = services.territory()
  const city: Wording = territory.path(services.districts()[0] ?? '')[0]?.name ?? { zh: '', en: '' }
  return { city, phone: services.phone ?? '12345', sample: services.sample?.() ?? false, styles, script }
}

async function send(reply: FastifyReply, reader: Reader, page: PageParts): Promise<FastifyReply> {
  const html = await renderPage(reader, page)
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('content-language', reader.language).send(html)
}

const typedIn = (request: FastifyRequest): Typed => (typeof request.body === 'object' && request.body !== null ? (request.body as Typed) : {})
const commandIdOf = (typed: Typed): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed['commandId'] ?? '') ? (typed['commandId'] ?? '') : newId()

/** A refusal as the fault of a field of the form, so that the caller can put it right; anything else goes on up. */
function faultOf(error: unknown, reader: Reader, fallback: string, fieldOf: Readonly<Record<string, string>> = {}): Faults {
  if (!(error instanceof Refusal) || error.kind.status === 429) throw error
  const field = error.field ?? fallback
  return { [fieldOf[field] ?? field]: error.text(reader.language) }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>
interface Pages {
  readonly report: (reader: Reader, typed: Typed, faults: Faults) => PageParts
  readonly caseOrForm: (reader: Reader, typed: Typed) => Promise<PageParts>
  readonly sendReport: Handler
  readonly showCase: Handler
  readonly sendRating: Handler
  readonly sendWithdrawal: Handler
  readonly sendPhotos: Handler
}

function pagesOf(services: ResidentServices, readerFor: (request: FastifyRequest) => Reader): Pages {
  const report: Pages['report'] = (reader, typed, faults) => reportPage(reader, placesOf(services.territory(), services.districts()), typed, faults)
  const shown = async (reader: Reader, code: string, tried: Tried = {}): Promise<PageParts> => {
    const [one, photos] = await Promise.all([services.track(code), services.photos(code)])
    return casePage(reader, one, code, photos, tried)
  }
  const caseOrForm: Pages['caseOrForm'] = async (reader, typed) => {
    const code = typed['trackingCode']?.trim() ?? ''
    if (!code) return trackPage(reader, typed, { trackingCode: reader.t('codeMissing') })
    try {
      return await shown(reader, code)
    } catch (error) {
      return trackPage(reader, typed, faultOf(error, reader, 'trackingCode'))
    }
  }
  return {
    report,
    caseOrForm,
    sendReport: async (request, reply) => {
      const reader = readerFor(request)
      const typed = typedIn(request)
      const faults = reportFaults(reader, typed)
      if (hasFaults(faults)) return send(reply.code(400), reader, report(reader, typed, faults))
      try {
        return await send(reply, reader, receiptPage(reader, await services.report(reportInput(typed), request.id)))
      } catch (error) {
        return send(reply.code(422), reader, report(reader, typed, faultOf(error, reader, 'text', { lng: 'areaCode', lat: 'areaCode' })))
      }
    },
    showCase: async (request, reply) => {
      const page = await caseOrForm(readerFor(request), typedIn(request))
      return send(reply.code(page.hasErrors ? 404 : 200), readerFor(request), page)
    },
    ...actsOf(services, readerFor, shown),
  }
}

/** What somebody does on the page of a case. The page comes back with what became of it. */
function actsOf(
  services: ResidentServices,
  readerFor: (request: FastifyRequest) => Reader,
  shown: (reader: Reader, code: string, tried?: Tried) => Promise<PageParts>,
): Pick<Pages, 'sendRating' | 'sendWithdrawal' | 'sendPhotos'> {
  return {
    sendRating: async (request, reply) => {
      const reader = readerFor(request)
      const typed = typedIn(request)
      const code = typed['trackingCode'] ?? ''
      const score = Number(typed['score'])
      if (![1, 2, 3, 4, 5].includes(score))
        return send(reply.code(400), reader, await shown(reader, code, { typed, faults: { score: reader.t('errScore') } }))
      try {
        await services.rate(code, request.id, { commandId: commandIdOf(typed), score, note: typed['note']?.trim() || undefined })
        return await send(reply, reader, await shown(reader, code, { notice: ratedNotice(reader, score) }))
      } catch (error) {
        return send(reply.code(422), reader, await shown(reader, code, { typed, faults: faultOf(error, reader, 'score') }))
      }
    },
    sendWithdrawal: async (request, reply) => {
      const reader = readerFor(request)
      const typed = typedIn(request)
      const code = typed['trackingCode'] ?? ''
      try {
        await services.withdraw(code, request.id, { commandId: commandIdOf(typed) })
        return await send(reply, reader, await shown(reader, code, { notice: reader.t('withdrawDone') }))
      } catch (error) {
        return send(reply.code(422), reader, await shown(reader, code, { faults: faultOf(error, reader, 'main') }))
      }
    },
    sendPhotos: async (request, reply) => {
      const reader = readerFor(request)
      const { typed, photos } = await readPhotoForm(request)
      const code = typed['trackingCode'] ?? ''
      if (photos.length === 0) return send(reply.code(400), reader, await shown(reader, code, { faults: { photo: reader.t('errPhoto') } }))
      let taken = 0
      try {
        for (const bytes of photos) {
          await services.addPhoto(code, bytes, request)
          taken += 1
        }
        return await send(reply, reader, await shown(reader, code, { notice: reader.t('photosDone', { n: taken }) }))
      } catch (error) {
        const notice = taken > 0 ? reader.t('photosDone', { n: taken }) : ''
        return send(reply.code(422), reader, await shown(reader, code, { notice, faults: faultOf(error, reader, 'photo') }))
      }
    },
  }
}

function reportInput(typed: Typed): z.infer<typeof reportCase.body> {
  const number = (name: string): number | undefined => (typed[name] ? Number(typed[name]) : undefined)
  const [lng, lat] = [number('lng'), number('lat')]
  const located = lng !== undefined && lat !== undefined && Number.isFinite(lng) && Number.isFinite(lat)
  const text = (name: string): string | undefined => typed[name]?.trim() || undefined
  return {
    commandId: commandIdOf(typed),
    text: typed['text']?.trim() ?? '',
    areaCode: text('areaCode'),
    address: text('address')?.slice(0, 200),
    callerName: text('callerName')?.slice(0, 50),
    callerPhone: text('callerPhone')?.slice(0, 20),
    // Browsers give WGS84.
    ...(located ? { lng, lat, datum: 'WGS84' as const } : {}),
  }
}

/** Language and text size, kept in cookies; the page comes back as it was, with everything typed. */
async function changeSettings(
  request: FastifyRequest,
  reply: FastifyReply,
  pages: Pages,
  readerFor: (request: FastifyRequest) => Reader,
): Promise<FastifyReply> {
  const typed = typedIn(request)
  const [what, value] = (typed['set'] ?? '').split(':')
  const before = readerFor(request)
  const language = what !== 'language' ? before.language : value === 'en' ? 'en' : 'zh'
  const elder = what === 'view' ? value === 'elder' : before.elder
  const cookie = { path: '/', maxAge: YEAR_S, sameSite: 'lax' } as const
  reply.setCookie('lang', language, cookie).setCookie('size', elder ? 'elder' : 'standard', cookie)
  const reader = readerOf(language, elder, before.site)
  const page = await samePage(reader, typed, pages)
  return page ? send(reply, reader, page) : reply.redirect('/', 303)
}

async function samePage(reader: Reader, typed: Typed, pages: Pages): Promise<PageParts | undefined> {
  const { page, number = '', trackingCode = '', reportedAt = '' } = typed
  if (page === 'report') return pages.report(reader, typed, {})
  if (page === 'track') return trackingCode ? pages.caseOrForm(reader, typed) : trackPage(reader, typed, {})
  const isReceipt = page === 'receipt' && number && trackingCode && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(reportedAt)
  return isReceipt ? receiptPage(reader, { number, trackingCode, reportedAt }) : undefined
}
