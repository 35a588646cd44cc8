/** Somebody who takes part by a link: an asker of the policy matrix, and how to ask the endpoints of participants. */
import { sessionCookie } from '#contexts/people/routes.ts'
import { localDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { door, get, made, post, type Ground, type Maker } from './testing-makers.ts'
import type { Asker, Cell, HeldPost } from './testing-policy.ts'
import { makers } from './testing-requests.ts'
import type { TestWorld } from './testing.ts'

interface MadeParticipant {
  readonly postId: string
  readonly linkId: string
  readonly token: string
}

function newParticipant(city: TestWorld): Promise<MadeParticipant> {
  const organisationId = [...city.world.rules().directory.organisations.values()].find(({ code }) => code === 'property-990101001001')?.id
  const seat = { organisationId, areaCode: '990101001001', validFrom: localDate(city.clock.now(), 'Asia/Shanghai') }
  return made(city, '/api/participants', { ...seat, code: newId(), name: '示例参与人', linkUntil: '2026-12-31' })
}

/** Takes a participant on and opens the link. */
export async function linkedAsker(city: TestWorld): Promise<Asker> {
  const { postId, token } = await newParticipant(city)
  const reply = await city.app.inject({ method: 'POST', url: '/api/session/link', payload: { token } })
  const cookie = reply.cookies.find(({ name }) => name === sessionCookie)?.value
  const { rows } = await sql<HeldPost>`select role, area_code, organisation_id from people.post where id = ${postId}`.execute(
    city.world.database.kysely,
  )
  return { name: 'participant', cookie: `${sessionCookie}=${cookie}`, posts: rows }
}

interface MadeScreen {
  readonly screen: { readonly id: string }
  readonly token: string
}
const newScreen = (city: TestWorld): Promise<MadeScreen> =>
  made(city, '/api/screens', { name: '示例大屏', areaCode: '990101001', validUntil: '2026-12-31' })

/** The wall of a street, opened by its link. */
export async function screenAsker(city: TestWorld): Promise<Asker> {
  const { screen, token } = await newScreen(city)
  const reply = await city.app.inject({ method: 'POST', url: '/api/session/link', payload: { token } })
  const cookie = reply.cookies.find(({ name }) => name === sessionCookie)?.value
  const { rows } = await sql<HeldPost>`select post.role, post.area_code, post.organisation_id
    from people.post_link link join people.post post on post.id = link.post_id where link.id = ${screen.id}`.execute(city.world.database.kysely)
  return { name: 'screen', cookie: `${sessionCookie}=${cookie}`, posts: rows }
}

/** Sharing is asked of the area: a district that is not the asker's is shut. */
const shared: Maker = ({ holds }, asker) =>
  ['990101001', '990102'].map((areaCode): Cell => {
    const place = { districtCode: areaCode.slice(0, 6), areaCode, organisationIds: [] }
    const request = post('/api/screens', { name: '示例大屏', areaCode, validUntil: '2026-12-31' })
    return { about: areaCode, request, outcome: holds(asker, 'screen.share', place) ? 'in' : '403' }
  })

const unshared: Maker = async (ground, asker) => {
  const { id } = (await newScreen(ground)).screen
  const place = { districtCode: '990101', areaCode: '990101001', organisationIds: [] }
  return [{ about: 'a street', request: post(`/api/screens/${id}/revocation`), outcome: ground.holds(asker, 'screen.share', place) ? 'in' : '404' }]
}

const inLink = async (ground: Ground): Promise<string> => (await newParticipant(ground)).linkId

/** By the id of the endpoint. */
export const participantMakers: Readonly<Record<string, Maker>> = {
  // A session of its own, because it ends here.
  signOut: async (ground, asker) => {
    if (asker.name === 'screen') {
      const { cookie } = await screenAsker(ground)
      return [{ about: '', request: { method: 'DELETE', url: '/api/session', payload: {}, headers: { cookie } }, outcome: 'in' }]
    }
    if (asker.name !== 'participant') return (await makers['signOut']?.(ground, asker)) ?? []
    const { cookie } = await linkedAsker(ground)
    return [{ about: '', request: { method: 'DELETE', url: '/api/session', payload: {}, headers: { cookie } }, outcome: 'in' }]
  },
  createParticipant: door(async (ground) => {
    const kind = { kind: 'owners_committee', lineOrBlock: 'block', areaCode: '990101001001' }
    const { id } = await made<{ id: string }>(ground, '/api/organisations', { code: newId(), name: { zh: '业委会' }, ...kind })
    const today = localDate(ground.clock.now(), 'Asia/Shanghai')
    const seat = { organisationId: id, areaCode: '990101001001', validFrom: today, linkUntil: '2026-12-31' }
    return post('/api/participants', { code: newId(), name: '新参与人', ...seat })
  }),
  listPostLinks: door(async (ground) => get(`/api/posts/${(await newParticipant(ground)).postId}/links`)),
  createPostLink: door(async (ground) => post(`/api/posts/${(await newParticipant(ground)).postId}/links`, { validUntil: '2026-12-31' })),
  revokeLink: door(async (ground) => post(`/api/links/${await inLink(ground)}/revocation`)),
  listScreens: door(() => get('/api/screens')),
  createScreen: shared,
  revokeScreen: unshared,
  openLink: door(async (ground) => post('/api/session/link', { token: (await newParticipant(ground)).token })),
}
