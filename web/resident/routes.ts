/** Addresses of the residents' portal. Every page is complete HTML; every act is a plain form. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Wording } from '#kernel/refusal.ts'
import { expectedAnswer } from '#platform/http/problem.ts'
import { failPage, unknownPage } from './fail-page.ts'
import { homePage } from './home-page.ts'
import { changedLook, keepLook, lookOf } from './look.ts'
import { readerOf, type Reader, type Site } from './page.ts'
import { photoLimits } from './photos.ts'
import { DRAFT_COOKIE, keepTyped, reportRoutes } from './report/routes.ts'
import { sendPage, typedIn, type ResidentServices } from './serving.ts'
import { settingsPage } from './settings-page.ts'
import { portalAssets } from './styles.ts'
import { trackRoutes } from './track/routes.ts'

export type { ResidentServices } from './serving.ts'

const YEAR_S = 31_536_000

/** Mounts the portal at `/`. */
export async function residentRoutes(app: FastifyInstance, services: ResidentServices): Promise<void> {
  // The same number as at the public API.
  const patience = { config: { rateLimit: { max: app.publicCalls, timeWindow: 60_000 } } }
  const { styles, script, icon, map } = portalAssets()
  await app.register(async (portal) => {
    await portal.register(multipart, { limits: photoLimits })
    for (const asset of [styles, script, icon, ...(map ? [map] : [])]) {
      const [path = ''] = asset.href.split('?')
      portal.get(path, (_request, reply) => reply.type(asset.type).header('cache-control', `public, max-age=${YEAR_S}, immutable`).send(asset.body))
    }
    const readerFor = (request: FastifyRequest): Reader =>
      readerOf(lookOf(request), siteOf(services, { styles: styles.href, script: script.href, map: map?.href }))
    app.unknownPage = async (request, reply) => sendPage(reply.code(404), readerFor(request), unknownPage(readerFor(request)))
    portal.setErrorHandler(async (error, request, reply) => {
      const reader = readerFor(request)
      const expected = expectedAnswer(error, reader.language)
      if (!expected) request.log.error({ err: error, route: request.routeOptions.url }, 'a page failed')
      const { status = 500, message } = expected ?? {}
      const again = request.method === 'GET' ? request.url : undefined
      const failed = { status, message, requestId: request.id, again, begun: request.cookies[DRAFT_COOKIE] !== undefined }
      return sendPage(reply.code(status), reader, failPage(reader, failed))
    })
    portal.get('/', async (request, reply) => sendPage(reply, readerFor(request), homePage(readerFor(request))))
    portal.get('/settings', async (request, reply) => sendPage(reply, readerFor(request), settingsPage(readerFor(request))))
    reportRoutes(portal, services, readerFor, patience)
    const samePage = trackRoutes(portal, services, readerFor, patience)
    portal.post('/settings', patience, async (request, reply) => changeSettings(services, request, reply, { readerFor, samePage }))
  })
}

function siteOf(services: ResidentServices, files: Pick<Site, 'styles' | 'script' | 'map'>): Site {
  const territory = services.territory()
  const city: Wording = territory.path(services.districts()[0] ?? '')[0]?.name ?? { zh: '', en: '' }
  return { city, ...services.settings(), sample: services.sample?.() ?? false, ...files }
}

/** Language, text size and theme, kept in cookies; the page comes back as it was, with everything typed. */
async function changeSettings(
  services: ResidentServices,
  request: FastifyRequest,
  reply: FastifyReply,
  { readerFor, samePage }: { readerFor: (request: FastifyRequest) => Reader; samePage: ReturnType<typeof trackRoutes> },
): Promise<FastifyReply> {
  const typed = typedIn(request)
  const before = readerFor(request)
  const look = changedLook(before.look, typed)
  keepLook(reply, look)
  const reader = readerOf(look, before.site)
  const page = await samePage(reader, typed)
  if (page) return sendPage(reply, reader, page)
  const elsewhere = typed['page'] === undefined || typed['page'] === 'home' ? '/' : typed['page'] === 'settings' ? '/settings' : undefined
  return reply.redirect(elsewhere ?? (await keepTyped(services, request, reply)) ?? '/', 303)
}
