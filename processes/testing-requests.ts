/** How to ask each mounted endpoint, for the policy matrix. A new endpoint needs an entry here; the matrix fails until it has one. */
import type { InjectOptions } from 'fastify'
import { caseMoves, moveReasons, type CaseMoveName } from '#contexts/cases/lifecycle.ts'
import { aCatalogueFile } from '#contexts/catalogue/testing.ts'
import { testPassword } from '#contexts/people/testing.ts'
import { localDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { accessMakers } from './testing-access.ts'
import { callUpMakers } from './testing-call-up.ts'
import { mainFor, type LaidCase } from './testing-cases.ts'
import { cityAreas, middleOf } from './testing-city.ts'
import { screenMakers } from './testing-figures.ts'
import { door, editor, get, itemsOf, made, newPerson, personOf, post, type Ground, type Maker } from './testing-makers.ts'
import type { Asker, Cell, Outcome, Place } from './testing-policy.ts'
import { whistleMakers } from './testing-whistles.ts'
import type { TestWorld } from './testing.ts'

export interface CaseRow extends Place {
  readonly id: string
  readonly version: number
}

/** All cases as they are now. */
export async function caseRows({ world }: TestWorld): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`select id, version, district_code, area_code, organisation_ids from cases.case`.execute(world.database.kysely)
  return rows
}

/** One cell per case laid for a move: hidden cases do not exist, seen ones ask for the permission as well. */
export function aboutCases(
  moves: readonly CaseMoveName[],
  permissionOf: (move: CaseMoveName) => string,
  request: (row: CaseRow, one: LaidCase, ground: Ground) => InjectOptions,
): Maker {
  return async (ground, asker) => {
    const rows = new Map((await caseRows(ground)).map((row) => [row.id, row]))
    return ground.laid.flatMap((one): Cell[] => {
      const row = rows.get(one.id)
      if (!row || !moves.includes(one.move)) return []
      const outcome: Outcome = !ground.holds(asker, 'case.read', row) ? '404' : ground.holds(asker, permissionOf(one.move), row) ? 'in' : '403'
      return [{ about: `${one.move} in ${one.placing.grid} of ${one.placing.holder}`, request: request(row, one, ground), outcome }]
    })
  }
}

export const address = ({ districtCode, id }: { districtCode: string; id: string }): string => `/api/cases/${districtCode}/${id}`

function moveBody(row: CaseRow, { move }: LaidCase, { conditionId, laid }: Ground): object {
  const [reasonCode] = move in moveReasons ? Object.keys(moveReasons[move as keyof typeof moveReasons]) : []
  // A transfer needs a place on the other side of the district's border.
  const elsewhere = `${row.districtCode === '990101' ? '990102' : '990101'}001001`
  const asked = {
    correct: { conditionId },
    transfer: { areaCode: elsewhere },
    merge: { mainId: mainFor(row, laid)?.id },
    split: { parts: [{ text: '路灯不亮' }, { text: '垃圾没人收' }] },
  }
  return {
    commandId: newId(),
    move,
    expectedVersion: row.version,
    note: '示例',
    reasonCode,
    ...(move in asked ? asked[move as keyof typeof asked] : {}),
  }
}

/** A report belongs to where it lies; nobody holds it yet. */
const report: Maker = (ground, asker) =>
  cityAreas
    .filter(({ level }) => level === 'grid')
    .map(({ code }): Cell => {
      const place = { districtCode: code.slice(0, 6), areaCode: code, organisationIds: [] }
      const payload = { commandId: newId(), channel: asker.bearer === undefined ? 'grid_worker' : 'department', text: '路灯不亮', ...middleOf(code) }
      return { about: code, request: post('/api/cases', payload), outcome: ground.holds(asker, 'case.report', place) ? 'in' : '403' }
    })

const listed: Maker = async (ground, asker) => {
  const rows = (await caseRows(ground)).filter((row) => ground.holds(asker, 'case.read', row))
  const expected = rows.map(({ id }) => id)
  return [{ about: 'all', request: get('/api/cases?view=all&limit=200'), outcome: 'in', shows: { found: itemsOf('id'), expected, most: 200 } }]
}

/** A line a case, its number first. */
const exported: Maker = async (ground, asker) => {
  const { rows } = await sql<Place & { number: string }>`select number, district_code, area_code, organisation_ids from cases.case`.execute(
    ground.world.database.kysely,
  )
  const seen = (row: Place): boolean => ground.holds(asker, 'case.read', row) && ground.holds(asker, 'case.export', row)
  const found = (body: unknown): string[] => [...String(body).matchAll(/^(\d{6}-\d{8}-\d{5}),/gm)].map((line) => line[1] ?? '')
  const expected = rows.filter(seen).map(({ number }) => number)
  return [{ about: 'all', request: get('/api/cases/export?view=all'), outcome: 'in', shows: { found, expected } }]
}

const counted: Maker = async (ground, asker) => {
  const rows = (await caseRows(ground)).filter((row) => ground.holds(asker, 'case.read', row))
  const found = (body: unknown): string[] => [`all ${(body as { counts: Record<string, number> }).counts['all']}`]
  return [{ about: 'all', request: get('/api/cases/counts'), outcome: 'in', shows: { found, expected: [`all ${rows.length}`] } }]
}

/** Whatever the level, areas and the rest together are the list. */
const countedByArea: Maker = async (ground, asker) => {
  const rows = (await caseRows(ground)).filter((row) => ground.holds(asker, 'case.read', row))
  const byArea = Map.groupBy(rows, ({ areaCode }) => (areaCode.length >= 9 ? areaCode.slice(0, 9) : 'unplaced'))
  const found = (body: unknown): string[] => {
    const { items, unplaced } = body as { items: { areaCode: string; count: number }[]; unplaced: { count: number } }
    return [...items, { areaCode: 'unplaced', ...unplaced }].filter(({ count }) => count > 0).map(({ areaCode, count }) => `${areaCode} ${count}`)
  }
  const expected = [...byArea].map(([area, some]) => `${area} ${some.length}`)
  return [{ about: 'all', request: get('/api/cases/areas?view=all&level=street'), outcome: 'in', shows: { found, expected } }]
}

const pointed: Maker = async (ground, asker) => {
  const { rows } = await sql<Place & { id: string }>`select id, district_code, area_code, organisation_ids
    from cases.case where lng is not null`.execute(ground.world.database.kysely)
  const expected = rows.filter((row) => ground.holds(asker, 'case.read', row)).map(({ id }) => id)
  return [{ about: 'all', request: get('/api/cases/points?view=all'), outcome: 'in', shows: { found: itemsOf('id'), expected } }]
}

/** Squares and the rest together are the list. */
const binned: Maker = async (ground, asker) => {
  const rows = (await caseRows(ground)).filter((row) => ground.holds(asker, 'case.read', row))
  const found = (body: unknown): string[] => {
    const { total, outside, withoutPoint } = body as { total: number; outside: number; withoutPoint: number }
    return [`all ${total + outside + withoutPoint}`]
  }
  const request = get('/api/cases/bins?view=all&zoom=14&box=121.48,31.2,121.5,31.3')
  return [{ about: 'all', request, outcome: 'in', shows: { found, expected: [`all ${rows.length}`] } }]
}

interface ReminderRow extends Place {
  readonly id: string
  readonly toOrganisationId: string | null
  readonly toRole: string | null
}

/** Reminders are addressed, only about what the reader may see besides, and end with their clock. */
const reminded: Maker = async (ground, asker) => {
  const { rows } = await sql<ReminderRow>`select r.id, r.to_organisation_id, r.to_role, c.district_code, c.area_code, c.organisation_ids
    from assignments.reminder r join cases.case c on c.district_code = r.district_code and c.id = r.subject_id
    join assignments.milestone m on m.district_code = r.district_code and m.assignment_id = r.assignment_id and m.kind = r.milestone_kind
    where m.met_at is null and m.cancelled_at is null and (r.act <> 'remind' or m.overdue_at is null)`.execute(ground.world.database.kysely)
  // Only in the districts of the reader's posts: a unit that holds a case elsewhere finds it in its queue.
  const near = (row: ReminderRow): boolean => asker.posts.some(({ areaCode }) => areaCode.slice(0, 6) === row.districtCode)
  const addressed = (row: ReminderRow): boolean =>
    asker.posts.some((held) => held.organisationId === row.toOrganisationId || held.role === row.toRole)
  const expected = rows.filter((row) => near(row) && addressed(row) && ground.holds(asker, 'assignment.read', row)).map(({ id }) => id)
  return [{ about: 'addressed to me', request: get('/api/reminders?limit=100'), outcome: 'in', shows: { found: itemsOf('id'), expected, most: 100 } }]
}

/** Every response clock that ran out was swept, so the mark of the sweep says which cases were not answered in time. */
async function unanswered(ground: Ground, asker: Asker): Promise<string[]> {
  const { rows } = await sql<
    Place & { id: string; unitId: string }
  >`select c.id, c.district_code, c.area_code, c.organisation_ids, a.organisation_id as unit_id
    from cases.case c
    join assignments.milestone m on m.district_code = c.district_code and m.subject_id = c.id and m.kind = 'respond' and m.overdue_at is not null
    join assignments.assignment a on a.district_code = m.district_code and a.id = m.assignment_id`.execute(ground.world.database.kysely)
  // A missed answer is the figure of the unit that missed it, and a number opens only into what its reader may open.
  const counts = (row: (typeof rows)[number]): boolean => ground.holds(asker, 'figures.read', { ...row, organisationIds: [row.unitId] })
  return [...new Set(rows.filter((row) => counts(row) && ground.holds(asker, 'case.read', row)).map(({ id }) => id))]
}

const figuresListed: Maker = async (ground, asker) => {
  const found = (body: unknown): string[] =>
    (body as { figures: { key: string; numerator: number; denominator: number }[] }).figures
      .filter(({ key }) => key === 'respond_ontime')
      .map(({ numerator, denominator }) => `missed ${denominator - numerator}`)
  const expected = [`missed ${(await unanswered(ground, asker)).length}`]
  return [{ about: 'all', request: get('/api/figures'), outcome: 'in', shows: { found, expected } }]
}

const figureCasesListed: Maker = async (ground, asker) => {
  const request = get('/api/figures/respond_ontime/cases?part=rest&limit=200')
  return [{ about: 'missed', request, outcome: 'in', shows: { found: itemsOf('id'), expected: await unanswered(ground, asker) } }]
}

interface StaffRow extends Place {
  readonly id: string
  readonly login: string | null
}

async function postRows({ world }: TestWorld): Promise<StaffRow[]> {
  const { rows } = await sql<StaffRow>`select p.id, left(p.area_code, 6) as district_code, p.area_code, p.organisation_id, n.code as login
    from people.post p join people.person n on n.id = p.person_id`.execute(world.database.kysely)
  return rows
}

const postsListed: Maker = async (ground, asker) => {
  const expected = (await postRows(ground)).filter((row) => ground.holds(asker, 'people.read', row)).map(({ id }) => id)
  return [{ about: 'all', request: get('/api/posts?inForce=false&limit=200'), outcome: 'in', shows: { found: itemsOf('id'), expected } }]
}

const organisationsListed: Maker = async (ground, asker) => {
  const { rows } = await sql<
    Place & { id: string }
  >`select id, left(area_code, 6) as district_code, area_code, id as organisation_id from people.organisation`.execute(ground.world.database.kysely)
  const expected = rows.filter((row) => ground.holds(asker, 'people.read', row)).map(({ id }) => id)
  return [{ about: 'all', request: get('/api/organisations?limit=200'), outcome: 'in', shows: { found: itemsOf('id'), expected } }]
}

const aboutSpares =
  (request: (postId: string) => InjectOptions): Maker =>
  async (ground, asker) =>
    (await postRows(ground))
      .filter(({ login }) => login?.startsWith('spare'))
      .map((row) => {
        const outcome: Outcome = !ground.holds(asker, 'people.read', row) ? '404' : ground.holds(asker, 'people.edit', row) ? 'in' : '403'
        return { about: row.areaCode, request: request(row.id), outcome }
      })

const newOrganisation = (): object => ({ code: newId(), name: { zh: '新单位' }, kind: 'community', lineOrBlock: 'block', areaCode: '990101001001' })
const appoint = async (ground: Ground): Promise<InjectOptions> => {
  const { id: organisationId } = await made<{ id: string }>(ground, '/api/organisations', newOrganisation())
  const period = { validFrom: localDate(ground.clock.now(), 'Asia/Shanghai') }
  return post('/api/posts', { personId: await personOf(ground), organisationId, role: 'handler', areaCode: '990101', ...period })
}

/** A matter that nobody has yet, whole enough to be published. */
function newMatter(): object {
  const { effectiveFrom: _, ...matter } = aCatalogueFile().matters?.[0] ?? {}
  const code = newId().slice(-12)
  return { commandId: newId(), effectiveFrom: '2026-05-01', matter: { ...matter, code, name: { zh: `示例${code}` } } }
}

export async function newDraft({ app, enter }: Ground): Promise<{ id: string; matterId: string; rowVersion: number }> {
  const draft = await app.inject({ ...post('/api/catalogue/drafts', newMatter()), headers: { cookie: await editor(enter) } })
  return draft.json<{ id: string; matterId: string; rowVersion: number }>()
}

/** Publishes a draft of its own. */
const publish = async (ground: Ground): Promise<InjectOptions> => {
  const { id, rowVersion } = await newDraft(ground)
  return post(`/api/catalogue/versions/${id}/publication`, { commandId: newId(), expectedVersion: rowVersion })
}

/** The smallest picture. */
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYPgPAAEDAQAIicLsAAAAAElFTkSuQmCC', 'base64')
const picture = (url: string, headers: Record<string, string> = {}): InjectOptions => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'image/png', ...headers },
  payload: dot,
})

/** Each asker looks at a picture that was added on the way to the question, by its caller. */
const pictureRead: Maker = async (ground, asker) => {
  const [one] = ground.laid.filter(({ move }) => move === 'file')
  if (!one) return []
  await ground.app.inject(picture('/api/public/photos', { 'x-tracking-code': one.trackingCode }))
  const { rows } = await sql<Place & { id: string; photoId: string }>`select c.id, c.district_code, c.area_code, c.organisation_ids, p.id as photo_id
    from cases.photo p join cases.case c on c.district_code = p.district_code and c.id = p.case_id where c.id = ${one.id}`.execute(
    ground.world.database.kysely,
  )
  return rows.map((row): Cell => {
    const outcome = ground.holds(asker, 'case.read', row) ? 'in' : '404'
    return { about: 'a picture', request: get(`${address(row)}/photos/${row.photoId}?size=small`), outcome }
  })
}

const codeOf = ({ laid }: Ground, move: CaseMoveName): string => laid.find((one) => one.move === move)?.trackingCode ?? ''
const signOut = async ({ enter }: Ground, { cookie, name }: Asker): Promise<InjectOptions> => ({
  method: 'DELETE',
  url: '/api/session',
  payload: {},
  // A session of its own, because it ends here.
  ...(cookie === undefined ? {} : { headers: { cookie: await enter(name) } }),
})

const inside = middleOf('990101001001001')

/** By the id of the endpoint. */
export const makers: Readonly<Record<string, Maker>> = {
  readHealth: door(() => get('/api/health')),
  describeApi: door(() => get('/api/openapi.json')),
  openStream: ({ origin }) => [{ about: '', request: get('/api/stream'), outcome: 'in', endless: `${origin}/api/stream` }],

  signIn: door((_ground, { name }) => post('/api/session', { login: name === 'public' ? 'spare' : name, password: testPassword })),
  signOut: door(signOut),
  showMe: door(() => get('/api/me')),
  changePassword: door(() => post('/api/me/password', { currentPassword: 'not this one', newPassword: 'Another-2026-river' })),
  listOrganisations: organisationsListed,
  listPosts: postsListed,
  endPost: aboutSpares((id) => post(`/api/posts/${id}/end`)),
  readPostWork: aboutSpares((id) => get(`/api/posts/${id}/work`)),
  listRoles: door(() => get('/api/roles')),
  createOrganisation: door(() => post('/api/organisations', newOrganisation())),
  listPersons: door(() => get('/api/persons')),
  createPerson: door(() => post('/api/persons', newPerson())),
  createPost: door(appoint),
  resetPassword: door(async (ground) => post(`/api/persons/${await personOf(ground)}/password`)),
  unlockAccount: door(async (ground) => post(`/api/persons/${await personOf(ground)}/unlock`)),

  listAreas: door(() => get('/api/territory/areas?parent=990102')),
  locatePoint: door(() => get(`/api/territory/location?lng=${inside.lng}&lat=${inside.lat}`)),
  listBorders: door(() => get('/api/territory/borders?level=street')),
  readTile: door(() => get('/api/territory/tiles/grid/14/13721/6693')),
  showBaseMap: door(() => get('/api/territory/base-map')),
  setBaseMap: door(() => ({ ...post('/api/territory/base-map', { commandId: newId(), baseMap: null }), method: 'PUT' })),
  listBuildings: door(() => get('/api/territory/buildings?within=990102001')),
  listPublicAreas: door(() => get('/api/public/areas')),

  listMatters: door(() => get('/api/catalogue/matters')),
  getMatter: door(({ matterId }) => get(`/api/catalogue/matters/${matterId}`)),
  saveMatterVersion: door(() => post('/api/catalogue/drafts', newMatter())),
  tryMatterVersion: door(async (ground) => get(`/api/catalogue/versions/${(await newDraft(ground)).id}/trial?areaCode=990101001001&text=路灯`)),
  reviewMatterVersion: door(async (ground) => get(`/api/catalogue/versions/${(await newDraft(ground)).id}/review`)),
  suggestMatterCode: door(() => get('/api/catalogue/next-code?standard=GB%2FT%2047678.5-2026&kind=event&largeClass=06')),
  publishMatterVersion: door(publish),
  exportCatalogueFile: door(() => get('/api/catalogue/file')),
  importCatalogueFile: door(() => post('/api/catalogue/file', { commandId: newId(), file: aCatalogueFile() })),
  showPortal: door(() => get('/api/public/portal')),
  listPublicMatters: door(() => get('/api/public/matters')),

  reportCase: door(() => post('/api/public/cases', { commandId: newId(), text: '路灯不亮', ...inside })),
  trackCase: door((ground) => post('/api/public/track', { trackingCode: codeOf(ground, 'rate') })),
  rateCase: door((ground) => post('/api/public/rate', { commandId: newId(), trackingCode: codeOf(ground, 'rate'), score: 5 })),
  withdrawCase: door((ground) => post('/api/public/withdraw', { commandId: newId(), trackingCode: codeOf(ground, 'withdraw') })),
  openCase: report,
  listCases: listed,
  exportCases: exported,
  countCases: counted,
  countAreas: countedByArea,
  listPoints: pointed,
  countBins: binned,
  getCase: aboutCases(
    ['close', 'file'],
    () => 'case.read',
    (row) => get(address(row)),
  ),
  listDuplicates: aboutCases(
    ['close', 'file'],
    () => 'case.read',
    (row) => get(`${address(row)}/duplicates`),
  ),
  listNearby: aboutCases(
    ['close', 'file'],
    () => 'case.read',
    (row) => get(`${address(row)}/nearby`),
  ),
  findDuplicates: door(() => post('/api/cases/duplicates', { text: '路灯不亮', ...inside })),
  moveCase: aboutCases(
    Object.keys(caseMoves) as CaseMoveName[],
    (move) => caseMoves[move].permission,
    (row, one, ground) => post(`${address(row)}/moves`, moveBody(row, one, ground)),
  ),
  suggestDispatch: aboutCases(
    ['dispatch', 'contact'],
    () => 'case.dispatch',
    (row) => get(`${address(row)}/suggestion`),
  ),
  revealCaller: aboutCases(
    ['check', 'handle'],
    () => 'person.unmask',
    (row) => post(`${address(row)}/caller`, { purpose: 'contact' }),
  ),
  listPhotos: aboutCases(
    ['close', 'file'],
    () => 'case.read',
    (row) => get(`${address(row)}/photos`),
  ),
  addPhoto: aboutCases(
    ['check', 'handle'],
    () => 'case.attach',
    (row) => picture(`${address(row)}/photos`),
  ),
  readPhotoFile: pictureRead,
  addPublicPhoto: door((ground) => picture('/api/public/photos', { 'x-tracking-code': codeOf(ground, 'correct') })),
  ...whistleMakers,
  listReminders: reminded,

  listFrequentMatters: door(() => get('/api/cases/frequent-matters')),
  listPhrases: door(({ conditionId }) => get(`/api/phrases?conditionId=${conditionId}`)),
  ...callUpMakers,
  ...accessMakers,

  listFigures: figuresListed,
  listFigureCases: figureCasesListed,
  ...screenMakers,
}
