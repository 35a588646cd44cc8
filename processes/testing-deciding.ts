/** How to ask the endpoints of requests, adjudication and rules, for the policy matrix. Requests are laid as rows, so that each asker finds fresh ones. */
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { door, get, itemsOf, post, type Ground, type Maker } from './testing-makers.ts'
import type { Cell, Place } from './testing-policy.ts'
import { aboutCases, address } from './testing-requests.ts'

interface HeldCase extends Place {
  readonly id: string
  readonly number: string
  readonly assignmentId: string
  readonly leadOrganisationId: string
}

/** Cases that a unit holds, whatever became of them in the tests before. */
async function heldCases({ world }: Ground): Promise<HeldCase[]> {
  const { rows } =
    await sql<HeldCase>`select id, number, assignment_id, lead_organisation_id, district_code, area_code, organisation_ids from cases.case
    where status in ('dispatched', 'contacted') and assignment_id is not null order by md5(id::text) limit 16`.execute(world.database.kysely)
  return rows
}

const levels = ['request.review', 'request.approve', 'case.adjudicate'] as const

/** An open request about a case, asked by nobody who signs in here. */
async function layRequest({ world, clock }: Ground, one: HeldCase, level: string, proposed: string | null = null): Promise<string> {
  const id = newId()
  const kind = level === 'case.adjudicate' || proposed !== null ? 'objection' : 'extension'
  await sql`insert into cases.request (district_code, id, case_id, assignment_id, organisation_id, kind, state, version, levels, most, reason_code, note,
      proposed_organisation_id, heard_organisation_id, asked_by, asked_at)
    values (${one.districtCode}, ${id}, ${one.id}, ${one.assignmentId}, ${one.leadOrganisationId}, ${kind}, 'asked', 1, ${[level]}::text[], 1, 'weather', '示例',
      ${proposed}, ${proposed}, ${newId()}, ${clock.now()})`.execute(world.database.kysely)
  return id
}

const requestAddress = ({ districtCode }: Place, id: string, what: string): string => `/api/requests/${districtCode}/${id}/${what}`

const decided: Maker = async (ground, asker) => {
  const cells: Cell[] = []
  for (const [index, one] of (await heldCases(ground)).entries()) {
    const level = levels[index % levels.length] ?? 'request.review'
    const id = await layRequest(ground, one, level)
    const outcome = !ground.holds(asker, 'case.read', one) ? '404' : ground.holds(asker, level, one) ? 'in' : '403'
    const body = { commandId: newId(), expectedVersion: 1, verdict: 'refuse', opinion: '示例' }
    cells.push({ about: `${level} ${one.areaCode}`, request: post(requestAddress(one, id, 'decisions'), body), outcome })
  }
  return cells
}

const withdrawn: Maker = async (ground, asker) => {
  const cells: Cell[] = []
  for (const one of await heldCases(ground)) {
    const id = await layRequest(ground, one, 'request.review')
    const isOwn = asker.posts.some(({ organisationId }) => organisationId === one.leadOrganisationId)
    const outcome = !ground.holds(asker, 'case.read', one) ? '404' : isOwn ? 'in' : '403'
    cells.push({ about: one.areaCode, request: post(requestAddress(one, id, 'withdrawal'), { commandId: newId(), expectedVersion: 1 }), outcome })
  }
  return cells
}

/** Each asker's own unit is asked; whether it may see the case is the policy's. */
const answered: Maker = async (ground, asker) => {
  const cells: Cell[] = []
  for (const one of await heldCases(ground)) {
    const id = await layRequest(ground, one, 'case.adjudicate', asker.posts[0]?.organisationId ?? null)
    const body = { commandId: newId(), expectedVersion: 1, opinion: '示例' }
    cells.push({
      about: one.areaCode,
      request: post(requestAddress(one, id, 'opinion'), body),
      outcome: ground.holds(asker, 'case.read', one) ? 'in' : '404',
    })
  }
  return cells
}

/** What a unit asked is its own, also where the case went on to another. */
const listedAsked: Maker = async (ground, asker) => {
  const { rows } = await sql<{ id: string; asking: string }>`select id, organisation_id asking from cases.request`.execute(
    ground.world.database.kysely,
  )
  const own = rows.filter(({ asking }) => ground.holds(asker, 'request.ask') && asker.posts.some(({ organisationId }) => organisationId === asking))
  const expected = own.map(({ id }) => id)
  const request = get('/api/requests?view=asked&limit=200')
  return [{ about: 'asked', request, outcome: 'in', shows: { found: itemsOf('id'), expected, most: 200 } }]
}

const marked: Maker = async (ground, asker) => {
  const cells: Cell[] = []
  for (const one of await heldCases(ground)) {
    const [id, requestId] = [newId(), await layRequest(ground, one, 'case.adjudicate')]
    await sql`insert into cases.precedent (district_code, id, request_id, case_id, case_number, matter_id, condition_code, area_code, objecting_organisation_id,
        organisation_id, upheld, opinion, is_rule, scope_area, decided_at)
      values (${one.districtCode}, ${id}, ${requestId}, ${one.id}, ${one.number}, ${newId()}, '1', ${one.areaCode}, ${one.leadOrganisationId},
        ${one.leadOrganisationId}, false, '示例', false, ${one.districtCode}, ${ground.clock.now()})`.execute(ground.world.database.kysely)
    // A precedent is nobody's case any more: only its place decides.
    const place = { ...one, organisationIds: [] }
    const outcome = !ground.holds(asker, 'case.read', place) ? '404' : ground.holds(asker, 'case.adjudicate', place) ? 'in' : '403'
    cells.push({
      about: one.areaCode,
      request: post(`/api/precedents/${one.districtCode}/${id}/rule`, { commandId: newId(), isRule: true }),
      outcome,
    })
  }
  return cells
}

const ladder = [{ percent: 100, minutesAfterDue: null, act: 'overdue', toRole: null }]
const rule = {
  kind: 'extension',
  effectiveFrom: '2027-01-01',
  levels: ['request.review', 'request.approve'],
  most: 1,
  tries: null,
  longestDays: null,
  name: { zh: '延期' },
  explanation: { zh: '示例' },
}

const whistleKind = {
  kind: 'drill',
  effectiveFrom: '2027-01-01',
  ordinal: 9,
  name: { zh: '演练哨' },
  limits: { arrive: { value: 1, unit: 'work_hour' } },
  needsApproval: false,
  offered: true,
}
const phrase = { matterPrefix: '06', ordinal: 9, effectiveFrom: '2027-01-01', text: { zh: '示例' } }

export const decidingMakers: Readonly<Record<string, Maker>> = {
  listCaseRequests: aboutCases(
    ['contact', 'close'],
    () => 'case.read',
    (row) => get(`${address(row)}/requests`),
  ),
  askRequest: aboutCases(
    ['contact', 'handle'],
    () => 'request.ask',
    (row) =>
      post(`${address(row)}/requests`, {
        commandId: newId(),
        kind: 'objection',
        expectedVersion: row.version,
        reasonCode: 'not_our_duty',
        note: '示例',
      }),
  ),
  decideRequest: decided,
  withdrawRequest: withdrawn,
  answerObjection: answered,
  listRequests: listedAsked,
  countRequests: door(() => get('/api/requests/counts')),
  listUnits: door(() => get('/api/units/990101')),
  listPrecedents: aboutCases(
    ['dispatch', 'contact'],
    () => 'request.review',
    (row) => get(`${address(row)}/precedents`),
  ),
  markPrecedent: marked,
  listRequestKinds: door(() => get('/api/request-kinds')),
  saveRequestKind: door(() => post('/api/request-kinds', { commandId: newId(), rule })),
  listWhistleKinds: door(() => get('/api/whistle-kinds')),
  saveWhistleKind: door(() => post('/api/whistle-kinds', { commandId: newId(), kind: whistleKind })),
  listReadyPhrases: door(() => get('/api/ready-phrases')),
  saveReadyPhrase: door(() => post('/api/ready-phrases', { commandId: newId(), ...phrase })),
  listTiming: door(() => get('/api/catalogue/timing')),
  saveLadder: door(() => post('/api/catalogue/ladders', { commandId: newId(), clock: 'dispatch', effectiveFrom: '2027-01-01', steps: ladder })),
  saveSetting: door(() => post('/api/catalogue/settings', { commandId: newId(), key: 'limit.redispatch', effectiveFrom: '2027-01-01', value: 0.25 })),
}
