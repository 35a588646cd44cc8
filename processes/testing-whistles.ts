/** How to ask the endpoints of units beside the lead and of whistles, for the policy matrix. */
import type { InjectOptions } from 'fastify'
import { acceptCalls, answerAsUnit, moveCases, prepareCall } from '#contexts/cases/index.ts'
import { systemActor, publicActor, type Actor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { middleOf } from './testing-city.ts'
import type { Ground, Maker } from './testing-makers.ts'
import type { Asker, Cell, Outcome, Place } from './testing-policy.ts'
import type { TestWorld } from './testing.ts'

const district = '990101' as DistrictCode
const post = (url: string, payload: object): InjectOptions => ({ method: 'POST', url, payload })
const get = (url: string): InjectOptions => ({ method: 'GET', url })

interface LaidWhistle extends Place {
  readonly id: string
  readonly caseId: string
  readonly version: number
}

const unitOf = ({ world }: TestWorld, code: string): string =>
  [...world.rules().directory.organisations.values()].find((one) => one.code === code)?.id ?? ''

function personOf({ world }: TestWorld, organisation: string): Actor {
  const organisationId = unitOf({ world } as TestWorld, organisation)
  const found = [...world.rules().directory.posts.values()].find((one) => one.organisationId === organisationId && one.role === 'handler')
  if (!found) throw new Error(`nobody handles at ${organisation}`)
  return { kind: 'person', personId: found.personId, name: found.personName, posts: [found] }
}

/** A case that the first street holds and works on. */
async function heldByStreet(ground: Ground): Promise<string> {
  const { world } = ground
  const words = { commandId: newId(), channel: 'resident', text: '有人在路边烧垃圾，冒烟很呛人', ...middleOf('990101001001002') } as const
  const call = prepareCall(words, { actor: publicActor, requestId: 'test' }, world.clock.now(), world.rules(), world.cases.secrets)
  await acceptCalls(world.cases, district, [call])
  const by = { actor: systemActor('test'), requestId: 'test' }
  const move = (name: 'file' | 'dispatch' | 'contact') => ({ id: call.record.id, move: name, commandId: newId(), by, note: '示例' })
  const organisationId = unitOf(ground, 'street-990101001')
  const outcomes = await moveCases(world.cases, district, [move('file'), { ...move('dispatch'), organisationId }, move('contact')])
  for (const outcome of outcomes) if (!outcome.ok) throw outcome.refusal
  return call.record.id
}

function bodyFor(ground: Ground, caseId: string, expectedVersion: number): object {
  const units = [{ organisationId: unitOf(ground, 'urban_management-990101'), basis: '示例' }]
  const about = { districtCode: district, id: caseId, expectedVersion }
  return { commandId: newId(), case: about, kind: 'emergency', tried: '示例', missing: '示例', units }
}

async function placeOf({ world }: TestWorld, caseId: string): Promise<Place & { version: number }> {
  const { rows } = await sql<Place & { version: number }>`select version, district_code, area_code, organisation_ids from cases.case
    where district_code = ${district} and id = ${caseId}`.execute(world.database.kysely)
  return rows[0] as Place & { version: number }
}

/** What is laid once and asked about by everybody; lists hold so many rows and no more. */
const kept = new Map<string, Promise<unknown>>()
function once<T>(name: string, make: () => Promise<T>): Promise<T> {
  const found = kept.get(name) ?? make()
  kept.set(name, found)
  return found as Promise<T>
}
const theCase = (ground: Ground): Promise<string> => once('case', () => heldByStreet(ground))
const theWhistle = async (ground: Ground): Promise<LaidWhistle> => {
  const whistle = await once('whistle', () => lay(ground))
  return { ...whistle, ...(await placeOf(ground, whistle.caseId)) }
}

/** A whistle of its own on a case of its own; `answered` when the summoned department has been there and fed back. */
async function lay(ground: Ground, answered = false): Promise<LaidWhistle> {
  const caseId = await heldByStreet(ground)
  const cookie = await once('cookie', () => ground.enter('street_handler'))
  const { version } = await placeOf(ground, caseId)
  const reply = await ground.app.inject({ ...post('/api/whistles', bodyFor(ground, caseId, version)), headers: { cookie } })
  if (reply.statusCode !== 200) throw new Error(`the whistle is not laid: ${reply.body}`)
  const by = { actor: personOf(ground, 'urban_management-990101'), districtCode: district, id: caseId, requestId: 'test', expectedVersion: undefined }
  const organisationId = unitOf(ground, 'urban_management-990101')
  for (const move of answered ? (['arrive', 'finish'] as const) : [])
    await answerAsUnit(ground.world.cases, { ...by, commandId: newId() }, { organisationId, move, note: '示例' })
  return { id: reply.json<{ id: string }>().id, caseId, ...(await placeOf(ground, caseId)) }
}

/** Hidden cases do not exist; whoever sees one needs the right, and a post in the unit that acts. */
function outcomeFor(ground: Ground, asker: Asker, place: Place, acts: { permission: string; organisation: string }): Outcome {
  if (!ground.holds(asker, 'case.read', place)) return '404'
  const organisationId = unitOf(ground, acts.organisation)
  const isThere = asker.posts.some((held) => held.organisationId === organisationId)
  return isThere && ground.holds(asker, acts.permission, { ...place, organisationIds: [organisationId] }) ? 'in' : '403'
}

const street = { permission: 'whistle.sound', organisation: 'street-990101001' }

const answered: Maker = async (ground, asker) => {
  const whistle = await theWhistle(ground)
  const { rows } = await sql<{ id: string }>`select id from assignments.assignment
    where district_code = ${district} and subject_id = ${whistle.caseId} and purpose = 'whistle'`.execute(ground.world.database.kysely)
  const url = `/api/cases/${district}/${whistle.caseId}/assignments/${rows[0]?.id}/moves`
  const unit = { permission: 'case.contact', organisation: 'urban_management-990101' }
  const body = { commandId: newId(), move: 'contact', expectedVersion: whistle.version }
  // The emergency kind has no contact clock, and contact is an answer all the same.
  return [{ about: 'contact', request: post(url, body), outcome: outcomeFor(ground, asker, whistle, unit) }]
}

const helped: Maker = async (ground, asker) => {
  const caseId = await theCase(ground)
  const place = await placeOf(ground, caseId)
  const body = { commandId: newId(), expectedVersion: place.version, organisationId: unitOf(ground, 'gardens-990101'), note: '示例' }
  const outcome: Outcome = !ground.holds(asker, 'case.read', place) ? '404' : ground.holds(asker, 'case.dispatch', place) ? 'in' : '403'
  return [{ about: 'a case of the street', request: post(`/api/cases/${district}/${caseId}/helpers`, body), outcome }]
}

const started: Maker = async (ground, asker) => {
  const caseId = await theCase(ground)
  const place = await placeOf(ground, caseId)
  // Who sees the case and is no street is told so by a rule of whistles.
  const outcome: Outcome = ground.holds(asker, 'case.read', place) ? 'in' : '404'
  return [{ about: 'a case of the street', request: post('/api/whistles', bodyFor(ground, caseId, place.version)), outcome }]
}

const moved: Maker = async (ground, asker) => {
  const shared = await theWhistle(ground)
  const outcome = outcomeFor(ground, asker, shared, street)
  // Whoever may call it off does so to one of his own.
  const whistle = outcome === 'in' ? await lay(ground) : shared
  const body = { commandId: newId(), move: 'callOff', note: '示例', expectedVersion: whistle.version }
  return [{ about: 'callOff', request: post(`/api/whistles/${district}/${whistle.id}/moves`, body), outcome }]
}

const rated: Maker = async (ground, asker) => {
  const whistle = await once('answered', () => lay(ground, true)).then(async (one) => ({ ...one, ...(await placeOf(ground, one.caseId)) }))
  const rating = { organisationId: unitOf(ground, 'urban_management-990101'), score: 4, note: '示例' }
  const body = { commandId: newId(), expectedVersion: whistle.version, ...rating }
  const outcome = outcomeFor(ground, asker, whistle, street)
  return [{ about: 'an answer', request: post(`/api/whistles/${district}/${whistle.id}/ratings`, body), outcome }]
}

const listed: Maker = async (ground, asker) => {
  await theWhistle(ground)
  const { rows } = await sql<Place & { id: string }>`select w.id, c.district_code, c.area_code, c.organisation_ids from cases.whistle w
    join cases.case c on c.district_code = w.district_code and c.id = w.case_id`.execute(ground.world.database.kysely)
  const expected = rows.filter((row) => ground.holds(asker, 'case.read', row)).map(({ id }) => id)
  const found = (body: unknown): string[] => (body as { items: { id: string }[] }).items.map(({ id }) => id)
  return [{ about: 'all', request: get('/api/whistles?limit=300'), outcome: 'in', shows: { found, expected } }]
}

const rates: Maker = async (ground, asker) => {
  const { rows } = await sql<{ id: string; areaCode: string }>`select id, area_code from people.organisation where kind = 'street_office'`.execute(
    ground.world.database.kysely,
  )
  const expected = rows
    .filter(({ id, areaCode }) => ground.holds(asker, 'figures.read', { districtCode: areaCode.slice(0, 6), areaCode, organisationIds: [id] }))
    .map(({ id }) => id)
  const found = (body: unknown): string[] => (body as { items: { organisation: { id: string } }[] }).items.map((one) => one.organisation.id)
  return [{ about: 'all', request: get('/api/whistles/rates'), outcome: 'in', shows: { found, expected } }]
}

const always =
  (request: InjectOptions): Maker =>
  () => [{ about: '', request, outcome: 'in' } satisfies Cell]

/** By the id of the endpoint. */
export const whistleMakers: Readonly<Record<string, Maker>> = {
  answerCase: answered,
  addHelper: helped,
  showWhistleSettings: always(get('/api/whistles/settings')),
  suggestWhistle: always(get('/api/whistles/suggestion?areaCode=990101001001')),
  startWhistle: started,
  listWhistles: listed,
  moveWhistle: moved,
  rateWhistle: rated,
  listWhistleRates: rates,
}
