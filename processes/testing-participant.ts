/** Somebody who takes part by a link: an asker of the policy matrix, and how to ask the endpoints of participants. */
import { sessionCookie } from '#contexts/people/routes.ts'
import { localDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { sql } from '#platform/database/database.ts'
import { door, get, made, post, type Ground, type Maker } from './testing-makers.ts'
import type { Asker, HeldPost } from './testing-policy.ts'
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

const inLink = async (ground: Ground): Promise<string> => (await newParticipant(ground)).linkId

/** By the id of the endpoint. */
export const participantMakers: Readonly<Record<string, Maker>> = {
  // A session of its own, because it ends here.
  signOut: async (ground, asker) => {
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
  openLink: door(async (ground) => post('/api/session/link', { token: (await newParticipant(ground)).token })),
}
