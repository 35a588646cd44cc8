/** How to ask the endpoints of delegations, committees' lists and entry requests, for the policy matrix. */
import type { InjectOptions } from 'fastify'
import { newId } from '#kernel/id.ts'
import { door, get, made, post, type Ground, type Maker } from './testing-makers.ts'
import type { Cell } from './testing-policy.ts'
import { newDraft } from './testing-requests.ts'
import type { TestWorld } from './testing.ts'

/** A delegation of what no other one is about: a draft of its own. */
async function newDelegation(ground: Ground): Promise<object> {
  const { matterId } = await newDraft(ground)
  const organisationId = organisationOf(ground, 'water-990101')
  const terms = { authority: { zh: '委托执法' }, money: { zh: '每件 20 元' }, legalBasis: { zh: '示例依据' }, signedBy: '示例' }
  const period = { validFrom: '2026-03-02', validTo: '2026-12-31' }
  return { commandId: newId(), matterId, organisationId, level: 'street', areaCode: '990101001', ...terms, ...period }
}

const organisationOf = ({ world }: TestWorld, code: string): string | undefined =>
  [...world.rules().directory.organisations.values()].find((one) => one.code === code)?.id

/** An entry request of a department, about a draft that nobody asked about before. */
async function newEntry(ground: Ground, department: string, areaCode: string): Promise<object> {
  const { matterId } = await newDraft(ground)
  const terms = { reason: '示例', legalBasis: '示例依据', people: '每社区一名协管员', validFrom: '2026-03-02', validTo: '2026-12-31' }
  return { commandId: newId(), matterId, organisationId: organisationOf(ground, department), areaCode, ...terms }
}

/** A department asks for itself only. */
const entryAsked: Maker = (ground, asker) =>
  Promise.all(
    ['urban_management-990101', 'water-990101', 'urban_management-990102'].map(async (department): Promise<Cell> => {
      const areaCode = department.slice(-6)
      const place = { districtCode: areaCode, areaCode, organisationIds: [organisationOf(ground, department) ?? ''] }
      const request = post('/api/catalogue/entry-requests', await newEntry(ground, department, areaCode))
      return { about: department, request, outcome: ground.holds(asker, 'duty.request', place) ? 'in' : '403' }
    }),
  )

/** Places of committees' lists: all of a district, one community, and those of the other district. */
const committeePlaces = ['990101', '990101001001', '990102', '990102001001'] as const

const aboutCommittees =
  (request: (ground: Ground, areaCode: string) => Promise<InjectOptions>): Maker =>
  (ground, asker) =>
    Promise.all(
      committeePlaces.map(async (areaCode): Promise<Cell> => {
        const place = { districtCode: areaCode.slice(0, 6), areaCode, organisationIds: [] }
        return { about: areaCode, request: await request(ground, areaCode), outcome: ground.holds(asker, 'duty.decide', place) ? 'in' : '403' }
      }),
    )

const entryDecided = aboutCommittees(async (ground, areaCode) => {
  const district = areaCode.slice(0, 6)
  const entry = await newEntry(ground, `urban_management-${district}`, areaCode)
  const { id } = await made<{ id: string }>(ground, '/api/catalogue/entry-requests', entry, district === '990101' ? 'handler' : 'handler2')
  return post(`/api/catalogue/entry-requests/${id}/decision`, { commandId: newId(), move: 'approve', reason: '示例' })
})

const newDuty = ({ matterId }: Ground, areaCode: string): object => {
  const row = { list: 'own', matterId, areaCode, listed: true, validFrom: '2026-05-01', reason: '示例' }
  return { commandId: newId(), ...row }
}
const dutySaved = aboutCommittees(async (ground, areaCode) => post('/api/catalogue/committee-duties', newDuty(ground, areaCode)))
const dutyEnded = aboutCommittees(async (ground, areaCode) => {
  const dispatcher = areaCode.startsWith('990101') ? 'dispatcher' : 'dispatcher2'
  const { id } = await made<{ id: string }>(ground, '/api/catalogue/committee-duties', newDuty(ground, areaCode), dispatcher)
  return post(`/api/catalogue/committee-duties/${id}/end`, { commandId: newId(), reason: '示例' })
})

/** By the id of the endpoint. */
export const dutyMakers: Readonly<Record<string, Maker>> = {
  listDelegations: door(() => get('/api/catalogue/delegations')),
  createDelegation: door(async (ground) => post('/api/catalogue/delegations', await newDelegation(ground))),
  endDelegation: door(async (ground) => {
    const { id } = await made<{ id: string }>(ground, '/api/catalogue/delegations', await newDelegation(ground))
    return post(`/api/catalogue/delegations/${id}/end`, { commandId: newId(), reason: '示例' })
  }),

  listCommitteeDuties: door(() => get('/api/catalogue/committee-duties?areaCode=990101001001')),
  saveCommitteeDuty: dutySaved,
  endCommitteeDuty: dutyEnded,
  listEntryRequests: door(() => get('/api/catalogue/entry-requests')),
  createEntryRequest: entryAsked,
  decideEntryRequest: entryDecided,
}
