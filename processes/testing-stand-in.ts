/** How to ask the endpoints of stand-ins, for the policy matrix. All of them lie months ahead, so that nobody here gets a right by one. */
import { addDays, localDate, type LocalDate } from '#kernel/clock.ts'
import { sql } from '#platform/database/database.ts'
import { door, get, made, post, type Ground, type Maker } from './testing-makers.ts'

const HOLDER = 'dispatcher'
const COLLEAGUE = 'inspector'
const place = { districtCode: '990101', areaCode: '990101', organisationIds: [] }

interface Seat {
  readonly postId: string
  readonly personId: string
}

async function seatOf({ world }: Ground, login: string): Promise<Seat> {
  const { rows } = await sql<Seat>`select post.id as post_id, post.person_id
    from people.post post join people.account account on account.person_id = post.person_id where account.login = ${login}`.execute(
    world.database.kysely,
  )
  return rows[0] ?? { postId: '', personId: '' }
}

let asked = 0
/** A day that no other stand-in of the post has. */
function freeDay({ clock }: Ground): { validFrom: LocalDate; validUntil: LocalDate } {
  asked += 1
  const day = addDays(localDate(clock.now(), 'Asia/Shanghai'), 100 + asked)
  return { validFrom: day, validUntil: day }
}

async function handing(ground: Ground): Promise<object> {
  const [{ postId }, { personId }] = [await seatOf(ground, HOLDER), await seatOf(ground, COLLEAGUE)]
  return { postId, personId, ...freeDay(ground) }
}

/** A post belongs to its holder; for everybody else it is none. */
const byHolder =
  (request: (ground: Ground) => Promise<ReturnType<typeof get>>): Maker =>
  async (ground, asker) => [{ about: 'a dispatcher’s post', request: await request(ground), outcome: asker.name === HOLDER ? 'in' : '404' }]

const ended: Maker = async (ground, asker) => {
  const { id } = await made<{ id: string }>(ground, '/api/me/stand-ins', await handing(ground), HOLDER)
  const isOneOfTwo = asker.name === HOLDER || asker.name === COLLEAGUE
  const outcome = isOneOfTwo || ground.holds(asker, 'people.edit', place) ? 'in' : '404'
  return [{ about: 'a dispatcher’s stand-in', request: post(`/api/stand-ins/${id}/end`), outcome }]
}

/** By the id of the endpoint. */
export const standInMakers: Readonly<Record<string, Maker>> = {
  listStandIns: door(() => get('/api/me/stand-ins')),
  listStandInCandidates: byHolder(async (ground) => get(`/api/me/posts/${(await seatOf(ground, HOLDER)).postId}/stand-in-candidates`)),
  createStandIn: byHolder(async (ground) => post('/api/me/stand-ins', await handing(ground))),
  endStandIn: ended,
}
