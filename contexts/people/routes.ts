import type { FastifyInstance, FastifyRequest } from 'fastify'
import { publicActor, type Actor } from '#kernel/actor.ts'
import { addDays, MINUTE_MS, msOf, type LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { doing } from '#platform/http/doing.ts'
import { mount, serve } from '#platform/http/serve.ts'
import type { Secrets } from '#platform/secret.ts'
import * as commands from './commands.ts'
import * as contract from './contract.ts'
import * as keyContract from './keys/contract.ts'
import * as factorContract from './second-factor/contract.ts'
import * as organising from './organising/commands.ts'
import * as organisingContract from './organising/contract.ts'
import * as participants from './participants/commands.ts'
import * as participantContract from './participants/contract.ts'
import * as screens from './screens/commands.ts'
import * as screenContract from './screens/contract.ts'
import type { Policy } from './policy/store.ts'
import * as questions from './questions.ts'
import { refuse } from './refusals.ts'
import * as keys from './keys/commands.ts'
import * as factor from './second-factor/commands.ts'
import { attemptLimit } from './sign-in/attempts.ts'
import * as signing from './sign-in/commands.ts'
import { signInSettings } from './sign-in/settings.ts'
import * as staffing from './staffing/commands.ts'
import * as standing from './stand-in/commands.ts'
import * as standInContract from './stand-in/contract.ts'
import { listCandidates, listStandIns } from './stand-in/questions.ts'
import type { ListedStandIn } from './stand-in/store.ts'

export const sessionCookie = 'huying_session'

/** Whoever must do something first. Such an actor reaches the addresses below and nothing else. */
interface HeldActor extends Actor {
  readonly heldFor: 'password' | 'factor'
}
const openWhileHeld: Readonly<Record<HeldActor['heldFor'], ReadonlySet<string>>> = {
  password: new Set([contract.showMe.path, contract.changePassword.path, contract.signOut.path]),
  factor: new Set([contract.showMe.path, factorContract.startSecondFactor.path, factorContract.confirmSecondFactor.path, contract.signOut.path]),
}

/**
 * Who calls: by the key in `Authorization: Bearer`, by the session cookie, or the public. For `createApp({ identify })`. Calls of a key are
 * counted in this process.
 */
export function identifyBy(): (request: FastifyRequest) => Promise<Actor> {
  const calls = attemptLimit({ max: 1, windowMs: MINUTE_MS })
  return async (request) => {
    const [, secret] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (secret === undefined) return actorOfCookie(request)
    const { ground } = request.server
    const key = await keys.actorOfKey(ground, secret.trim())
    if (!key) throw refuse.keyInvalid()
    if (!calls.take(key.keyId, ground.clock.now(), key.callsPerMinute)) throw refuse.keyTooFast({ calls: key.callsPerMinute })
    return key.actor
  }
}

async function actorOfCookie(request: FastifyRequest): Promise<Actor> {
  const token = request.cookies[sessionCookie]
  if (!token) return publicActor
  const participant = await participants.linkActor(request.server.ground, token)
  if (participant) return participant
  const session = await signing.sessionOf(request.server.ground, token)
  if (!session) return publicActor
  const heldFor = signing.heldFor(session)
  if (heldFor === undefined || openWhileHeld[heldFor].has(request.routeOptions.url ?? '')) return session.actor
  const held: HeldActor = { ...session.actor, heldFor }
  return held
}

/** Whether an actor may use an endpoint at all; where exactly is the command's question. For `createApp({ authorise })`. */
export function authoriseBy(policy: Policy): (actor: Actor, permission: string) => void {
  return (actor, permission) => {
    if (permission === 'public') return
    if (actor.kind === 'public') throw refuse.notSignedIn()
    if ('heldFor' in actor) throw (actor as HeldActor).heldFor === 'password' ? refuse.passwordMustChange() : refuse.factorMissing()
    if (permission !== 'signedIn' && !policy.may(actor, permission)) throw refuse.notYours({ permission })
  }
}

export interface PeopleDeps extends staffing.Staffing, organising.Organising, questions.WorkCounts {
  /** Marks the cookie `Secure`: whenever browsers reach the server over https. */
  readonly secureCookies: boolean
  /** What an area is called today; null for a code that is none. */
  readonly areaName: (code: string) => Wording | null
}

/** Mounts sign-in, the caller's own page, and the lists of organisations and posts. */
export function peopleRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { policy, secrets, secureCookies } = deps
  sessionRoutes(app, secrets, { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies })
  ownRoutes(app, deps)
  standInRoutes(app, deps)
  serve(app, contract.listOrganisations, async ({ query }, request) => pageView(await questions.listOrganisations(doing(request), policy, query)))
  serve(app, contract.listPosts, async ({ query }, request) => pageView(await questions.listPosts(doing(request), policy, query)))
  serve(app, contract.endPost, ({ params }, request) => commands.endPost(doing(request), policy, params.postId))
  serve(app, contract.readPostWork, ({ params }, request) => questions.postWork(doing(request), policy, deps, params.postId))
  staffingRoutes(app, deps)
  organisingRoutes(app, deps)
  participantRoutes(app, deps)
  screenRoutes(app, deps)
  factorRoutes(app, deps)
  keyRoutes(app, deps)
}

function ownRoutes(app: FastifyInstance, { policy, secrets, areaName }: PeopleDeps): void {
  serve(app, contract.showMe, async (_input, request) => {
    const { actor } = request
    const session = await signing.sessionOf(app.ground, tokenOf(request))
    const posts = await questions.postsOfActor({ ...app.ground, actor }, areaName)
    const { mustChangePassword = false, sample = false, factor: own = { on: false, demand: 'none' as const } } = session ?? {}
    const recoveryCodesLeft = own.on && session ? await questions.recoveryCodesLeft(app.ground, session.accountId) : 0
    const secondFactor = { ...own, missing: own.demand === 'require' && !own.on, recoveryCodesLeft }
    const rights = policy.rights(actor)
    return { personId: personOf(actor), name: actor.name, mustChangePassword, sample, secondFactor, posts, rights, now: app.ground.clock.now() }
  })
  serve(app, contract.changePassword, async ({ body }, request) => {
    await signing.changePassword(doing(request), { ...body, token: tokenOf(request) })
    return { changed: true as const }
  })
  serve(app, factorContract.startSecondFactor, ({ body }, request) => factor.startFactor(doing(request), secrets, body.currentPassword))
  serve(app, factorContract.confirmSecondFactor, ({ body }, request) => factor.confirmFactor(doing(request), secrets, body.code))
  serve(app, factorContract.switchSecondFactorOff, async ({ body }, request) => {
    await factor.switchFactorOff(doing(request), secrets, body.code)
    return { off: true as const }
  })
}

function standInRoutes(app: FastifyInstance, { policy, areaName }: PeopleDeps): void {
  const view = (row: ListedStandIn, actor: Actor): standInContract.StandInView => ({
    ...row,
    areaName: areaName(row.areaCode),
    validUntil: addDays(row.validTo, -1),
    given: row.holderId === actor.personId,
  })
  serve(app, standInContract.listStandIns, async (_input, request) => ({
    items: (await listStandIns(doing(request))).map((row) => view(row, request.actor)),
  }))
  serve(app, standInContract.listStandInCandidates, async ({ params }, request) => ({ items: await listCandidates(doing(request), params.postId) }))
  serve(app, standInContract.createStandIn, async ({ body }, request) => {
    const days = { validFrom: body.validFrom as LocalDate, validUntil: body.validUntil as LocalDate }
    return view(await standing.createStandIn(doing(request), { ...body, ...days }), request.actor)
  })
  serve(app, standInContract.endStandIn, async ({ params }, request) =>
    view(await standing.endStandIn(doing(request), policy, params.standInId), request.actor),
  )
}

function factorRoutes(app: FastifyInstance, { policy }: PeopleDeps): void {
  serve(app, factorContract.removeSecondFactor, async ({ params }, request) => {
    await factor.removeFactor(doing(request), policy, params.personId)
    return { removed: true as const }
  })
  serve(app, factorContract.listFactorRules, async () => ({ items: await questions.listFactorRules(app.ground) }))
  serve(app, factorContract.setFactorRule, async ({ body }, request) => {
    await factor.setFactorRule(doing(request), policy, { ...body, effectiveFrom: body.effectiveFrom as LocalDate })
    return { items: await questions.listFactorRules(app.ground) }
  })
}

function participantRoutes(app: FastifyInstance, ground: staffing.Staffing): void {
  const { policy } = ground
  serve(app, participantContract.createParticipant, ({ body }, request) => {
    const period = { validFrom: body.validFrom as LocalDate, validTo: body.validTo as LocalDate | null }
    return participants.createParticipant(doing(request), ground, { ...body, ...period, linkUntil: body.linkUntil as LocalDate })
  })
  serve(app, participantContract.listPostLinks, async ({ params }, request) => ({
    items: await participants.listLinks(doing(request), policy, params.postId),
  }))
  serve(app, participantContract.createPostLink, ({ params, body }, request) =>
    participants.createLink(doing(request), ground, params.postId, body.validUntil as LocalDate),
  )
  serve(app, participantContract.revokeLink, ({ params }, request) => participants.revokeLink(doing(request), policy, params.linkId))
}

function screenRoutes(app: FastifyInstance, ground: staffing.Staffing): void {
  serve(app, screenContract.listScreens, async (_input, request) => ({ items: await screens.listScreens(doing(request), ground.policy) }))
  serve(app, screenContract.createScreen, ({ body }, request) =>
    screens.createScreen(doing(request), ground, { ...body, validUntil: body.validUntil as LocalDate }),
  )
  serve(app, screenContract.revokeScreen, ({ params }, request) => screens.revokeScreen(doing(request), ground.policy, params.screenId))
}

function organisingRoutes(app: FastifyInstance, ground: organising.Organising): void {
  const { policy } = ground
  serve(app, organisingContract.renameOrganisation, async ({ params, body }, request) => ({
    formerNames: await organising.renameOrganisation(doing(request), ground, { ...params, ...body }),
  }))
  serve(app, organisingContract.endOrganisation, ({ params, body }, request) =>
    organising.endOrganisation(doing(request), ground, { ...params, ...body }),
  )
  serve(app, organisingContract.listOrganisationTies, async ({ query }, request) => ({
    items: await questions.listTies(doing(request), policy, query.within),
  }))
  serve(app, organisingContract.createOrganisationTie, ({ body }, request) => organising.tieOrganisations(doing(request), policy, body))
  serve(app, organisingContract.endOrganisationTie, ({ params }, request) => organising.untieOrganisations(doing(request), policy, params.tieId))
}

function staffingRoutes(app: FastifyInstance, ground: staffing.Staffing): void {
  const { policy } = ground
  serve(app, contract.listRoles, async () => ({ items: await questions.listRoles(app.ground) }))
  serve(app, contract.listPersons, async ({ query }, request) => pageView(await questions.listPersons(doing(request), policy, query)))
  serve(app, contract.createOrganisation, async ({ body }, request) => ({
    ...(await staffing.createOrganisation(doing(request), ground, body)),
    formerNames: [],
  }))
  serve(app, contract.createPerson, ({ body }, request) => staffing.createPerson(doing(request), ground, body))
  serve(app, contract.createPost, ({ body }, request) => {
    const period = { validFrom: body.validFrom as LocalDate, validTo: body.validTo as LocalDate | null }
    return staffing.createPost(doing(request), ground, { ...body, ...period })
  })
  serve(app, contract.resetPassword, ({ params }, request) => staffing.resetPassword(doing(request), ground, params.personId))
  serve(app, contract.unlockAccount, ({ params }, request) => staffing.unlockAccount(doing(request), policy, params.personId))
}

function keyRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  serve(app, keyContract.listKeys, async (_input, request) => ({ items: await questions.listKeys(doing(request), deps.policy) }))
  serve(app, keyContract.createKey, ({ body }, request) => keys.createKey(doing(request), deps, { ...body, validTo: body.validTo as LocalDate }))
  serve(app, keyContract.revokeKey, ({ params }, request) => keys.revokeKey(doing(request), deps.policy, params.keyId))
}

interface CookieOptions {
  readonly path: string
  readonly httpOnly: boolean
  readonly sameSite: 'lax'
  readonly secure: boolean
}

function sessionRoutes(app: FastifyInstance, secrets: Secrets, cookie: CookieOptions): void {
  const { attemptsPerWindow: max, attemptWindowMs: windowMs } = signInSettings
  const attempts = attemptLimit({ max, windowMs })

  // No expiry on the cookie: it goes with the browser, and the server ends the session anyway.
  mount(app, contract.signIn, async (request, reply) => {
    const body = request.body as signing.Credentials
    if (!attempts.take(`${body.login.trim().toLowerCase()} ${request.ip}`, app.ground.clock.now()))
      throw refuse.tooManyAttempts({ minutes: windowMs / 60_000 })
    const { token, expiresAt, mustChangePassword } = await signing.signIn(doing(request), secrets, body)
    reply.setCookie(sessionCookie, token, cookie)
    return { expiresAt, mustChangePassword }
  })

  mount(app, participantContract.openLink, async (request, reply) => {
    const { token, expiresAt, isScreen } = await participants.openLink(doing(request), (request.body as { token: string }).token)
    // The cookie of a wall outlives the night.
    reply.setCookie(
      sessionCookie,
      token,
      isScreen ? { ...cookie, maxAge: Math.ceil((msOf(expiresAt) - msOf(app.ground.clock.now())) / 1000) } : cookie,
    )
    return { expiresAt }
  })

  mount(app, contract.signOut, async (request, reply) => {
    await signing.signOut(doing(request), tokenOf(request))
    await participants.closeLinkSession(doing(request), tokenOf(request))
    reply.clearCookie(sessionCookie, cookie)
    return { signedOut: true as const }
  })
}

function tokenOf(request: FastifyRequest): string {
  return request.cookies[sessionCookie] ?? ''
}

function personOf(actor: Actor): string {
  if (actor.personId === null) throw refuse.notSignedIn()
  return actor.personId
}

function pageView<T>({ items, cursor }: { items: readonly T[]; cursor: string | null }): { items: T[]; cursor: string | null } {
  return { items: [...items], cursor }
}
