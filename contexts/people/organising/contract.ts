import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { Day, FormerNames, Within, Wording } from '../contract.ts'
import { tieKinds } from '../lifecycle.ts'

const Seen = z.number().int().describe('rowVersion of the organisation on the screen')

export const renameOrganisation = endpoint({
  id: 'renameOrganisation',
  method: 'POST',
  path: '/api/organisations/{organisationId}/name',
  permission: 'people.edit',
  summary: 'Give an organisation a new name from today on; the former one is kept with its days.',
  params: z.object({ organisationId: z.uuid() }),
  body: z.object({ name: z.object({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200).optional() }), expectedVersion: Seen }),
  reply: z.object({ formerNames: FormerNames }),
})

export const endOrganisation = endpoint({
  id: 'endOrganisation',
  method: 'POST',
  path: '/api/organisations/{organisationId}/end',
  permission: 'people.edit',
  summary: 'End an organisation today, with its posts; refused while it holds open work.',
  params: z.object({ organisationId: z.uuid() }),
  body: z.object({ expectedVersion: Seen }),
  reply: z.object({ endedPosts: z.number().int() }),
})

export const TieView = z.object({
  id: z.uuid(),
  kind: z.enum(tieKinds),
  organisationId: z.uuid(),
  organisationName: Wording,
  otherId: z.uuid(),
  otherName: Wording,
  validFrom: Day,
})
export type TieView = z.infer<typeof TieView>

export const listOrganisationTies = endpoint({
  id: 'listOrganisationTies',
  method: 'GET',
  path: '/api/organisation-ties',
  permission: 'people.read',
  summary: 'Members of joint teams and party organisations beside others, of my territory, today.',
  query: z.object({ within: Within }),
  reply: z.object({ items: z.array(TieView) }),
})

export const createOrganisationTie = endpoint({
  id: 'createOrganisationTie',
  method: 'POST',
  path: '/api/organisation-ties',
  permission: 'people.edit',
  summary: 'Tie a member to its joint team, or a party organisation to the unit beside it or the community where it reports.',
  body: z.object({
    kind: z.enum(tieKinds),
    organisationId: z.uuid().describe('The joint team, or the party organisation'),
    otherId: z.uuid().describe('The member, the unit beside it, or the community'),
  }),
  reply: z.object({ id: z.uuid() }),
})

export const endOrganisationTie = endpoint({
  id: 'endOrganisationTie',
  method: 'POST',
  path: '/api/organisation-ties/{tieId}/end',
  permission: 'people.edit',
  summary: 'End a tie today.',
  params: z.object({ tieId: z.uuid() }),
  reply: z.object({ id: z.uuid() }),
})
