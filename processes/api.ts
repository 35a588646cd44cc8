import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { figureRoutes } from '#contexts/assessment/index.ts'
import { auditRoutes } from '#contexts/audit/index.ts'
import { callerActs, caseNumbers, caseRoutes, MAY_PUBLISH, openWorkOf, reportDrafts, workNaming, type Rules } from '#contexts/cases/index.ts'
import { passingOnlookers } from '#contexts/cases/onlooking/routes.ts'
import { callerPhotos, photoRoutes } from '#contexts/cases/photos/routes.ts'
import { catalogueRoutes } from '#contexts/catalogue/routes.ts'
import { timingRoutes } from '#contexts/catalogue/timing/routes.ts'
import { listRoles } from '#contexts/people/index.ts'
import { authoriseBy, identifyBy, peopleRoutes } from '#contexts/people/routes.ts'
import { baseMapRoutes } from '#contexts/territory/base-map/routes.ts'
import { redrawingRoutes } from '#contexts/territory/redrawing/routes.ts'
import { territoryRoutes } from '#contexts/territory/routes.ts'
import { publicActor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { createApp } from '#platform/http/app.ts'
import { doing } from '#platform/http/doing.ts'
import { streamRoutes } from '#platform/stream.ts'
import { residentRoutes } from '#web/resident/routes.ts'
import type { World } from './compose.ts'
import { eventNames } from './event-names.ts'

const folder = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The HTTP face of the product: the API, the portal, and the built screens. */
export async function createApi(
  world: World,
  settings: { secureCookies?: boolean; trustedProxies?: readonly string[]; publicCalls?: number } = {},
): Promise<FastifyInstance> {
  const { database, clock, logger, subscribersOf, rules } = world
  const app = await createApp({
    database,
    clock,
    logger,
    subscribersOf,
    identify: identifyBy(),
    authorise: (actor, permission) => authoriseBy(rules().policy)(actor, permission),
    imageHosts: world.mapHosts,
    trustedProxies: settings.trustedProxies ?? [],
    ...(settings.publicCalls === undefined ? {} : { publicCalls: settings.publicCalls }),
  })
  const isArea = (code: string): boolean => rules().territory.area(code) !== undefined
  const areaName = (code: string) => rules().territory.area(code)?.name ?? null
  const policy = livePolicy(world)
  const openWork = (organisationId: string): Promise<number> => openWorkOf(world.cases, organisationId)
  const namedWork = (postId: string): Promise<number> => workNaming(world.cases, postId)
  peopleRoutes(app, { policy, isArea, areaName, openWork, namedWork, secrets: world.cases.secrets, secureCookies: settings.secureCookies ?? false })
  territoryRoutes(app, { database, territory: () => rules().territory })
  baseMapRoutes(app, { database, zone: world.figures.zone, changed: world.refreshRules })
  redrawingRoutes(app, { zone: world.figures.zone, changed: world.refreshRules })
  const organisation = (id: string) => rules().directory.organisations.get(id)
  catalogueRoutes(app, { database, catalogue: () => rules().catalogue, organisation, isArea, policy })
  timingRoutes(app, { database, today: () => rules().on, roles: () => listRoles({ database }) })
  const deps = { services: world.cases, intake: world.intake }
  caseRoutes(app, deps)
  const photos = { ...world.cases, files: world.files }
  photoRoutes(app, photos)
  figureRoutes(app, world.figures)
  auditRoutes(app, { database, rules, zone: world.figures.zone, eventNames, cases: caseNumbers(world.cases) })
  const caller = callerActs(deps)
  const pictures = callerPhotos(photos)
  await residentRoutes(app, {
    ...caller,
    report: (input, requestId, mayPublish) =>
      world.intake.accept({ ...input, channel: 'resident', flags: mayPublish ? [MAY_PUBLISH] : [] }, { actor: publicActor, requestId }),
    drafts: reportDrafts(world.cases),
    addPhoto: (code, bytes, request) => pictures.add(code, bytes, { ...doing(request), commandId: newId() }),
    photos: pictures.list,
    territory: () => rules().territory,
    districts: () => rules().districts,
    settings: () => rules().catalogue.portal,
    sample: () => rules().sample,
  })
  streamRoutes(app, {
    ...world,
    passing: passingOnlookers(world),
    maySee: (actor, districtCode, { type, areaCode, organisationIds }) =>
      rules().policy.may(actor, readingOf(type), { districtCode, areaCode, organisationIds }),
  })
  await serveScreens(app)
  return app
}

const readings: Readonly<Record<string, string>> = {
  audit: 'audit.read',
  people: 'people.read',
  territory: 'territory.read',
  catalogue: 'catalogue.read',
}

/** The permission to read what an event is about, by the context that said it; cases and their assignments are read as cases. */
function readingOf(eventType: string): string {
  return readings[eventType.slice(0, eventType.indexOf('.'))] ?? 'case.read'
}

// A policy that always asks the rules in force.
function livePolicy({ rules }: World): Rules['policy'] {
  return {
    may: (...asked) => rules().policy.may(...asked),
    visible: (...asked) => rules().policy.visible(...asked),
    rights: (actor) => rules().policy.rights(actor),
  }
}

// The screens are files of hashed names under their own address; any other address below it is a page of the same application.
async function serveScreens(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, { root: folder('seed/basemap'), prefix: '/map/basemap/', decorateReply: true, index: false })
  // What stands behind the hash of a wall's link stays with the browser.
  app.get('/wall', (_request, reply) => reply.redirect('/desk/wall/open'))
  for (const [name, prefix] of [
    ['command', '/desk/'],
    ['field', '/field/'],
  ] as const) {
    const root = folder(`web/dist/${name}`)
    if (!existsSync(root)) continue
    await app.register(fastifyStatic, { root: `${root}/assets`, prefix: `${prefix}assets/`, decorateReply: false, immutable: true, maxAge: '1y' })
    const page = (_request: unknown, reply: { sendFile: (file: string, root: string, options: object) => unknown }) =>
      reply.sendFile('index.html', root, { cacheControl: false })
    app.get(prefix.slice(0, -1), (_request, reply) => reply.redirect(prefix))
    app.get(prefix, page as never)
    app.get(`${prefix}*`, page as never)
  }
}
