/** How to ask the endpoints that change organisations and their ties, for the policy matrix. */
import { newId } from '#kernel/id.ts'
import { door, get, made, post, type Ground, type Maker } from './testing-makers.ts'

interface Founded {
  readonly id: string
  readonly rowVersion: number
}
const found = (ground: Ground, kind: string): Promise<Founded> =>
  made(ground, '/api/organisations', { code: newId(), name: { zh: '新单位' }, kind, lineOrBlock: 'block', areaCode: '990101001' })

async function newTie(ground: Ground): Promise<object> {
  const [team, member] = [await found(ground, 'joint_team'), await found(ground, 'enterprise')]
  return { kind: 'member', organisationId: team.id, otherId: member.id }
}

/** By the id of the endpoint. */
export const organisationMakers: Readonly<Record<string, Maker>> = {
  renameOrganisation: door(async (ground) => {
    const { id, rowVersion } = await found(ground, 'enterprise')
    return post(`/api/organisations/${id}/name`, { name: { zh: '改名单位' }, expectedVersion: rowVersion })
  }),
  endOrganisation: door(async (ground) => {
    const { id, rowVersion } = await found(ground, 'enterprise')
    return post(`/api/organisations/${id}/end`, { expectedVersion: rowVersion })
  }),
  listOrganisationTies: door(() => get('/api/organisation-ties?within=990101')),
  createOrganisationTie: door(async (ground) => post('/api/organisation-ties', await newTie(ground))),
  endOrganisationTie: door(async (ground) => {
    const { id } = await made<{ id: string }>(ground, '/api/organisation-ties', await newTie(ground))
    return post(`/api/organisation-ties/${id}/end`)
  }),
}
