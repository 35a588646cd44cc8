import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaCode, Day, Wording } from '../contract.ts'

export const StandInView = z.object({
  id: z.uuid(),
  postId: z.uuid(),
  holderName: z.string().describe('Whose post it is'),
  roleName: Wording,
  organisationName: Wording,
  areaCode: AreaCode,
  areaName: Wording.nullable(),
  personId: z.uuid(),
  personName: z.string().describe('Who stands in'),
  validFrom: Day.describe('First day'),
  validUntil: Day.describe('Last day'),
  given: z.boolean().describe('True where the post is mine, false where I stand in'),
  endedAt: z.iso.datetime().nullable(),
})
export type StandInView = z.infer<typeof StandInView>

export const listStandIns = endpoint({
  id: 'listStandIns',
  method: 'GET',
  path: '/api/me/stand-ins',
  permission: 'signedIn',
  summary: 'Who stands in for me and for whom I stand in, now and later.',
  reply: z.object({ items: z.array(StandInView) }),
})

export const CandidateView = z.object({ personId: z.uuid(), personName: z.string(), roleName: Wording, organisationName: Wording })
export type CandidateView = z.infer<typeof CandidateView>

export const listStandInCandidates = endpoint({
  id: 'listStandInCandidates',
  method: 'GET',
  path: '/api/me/posts/{postId}/stand-in-candidates',
  permission: 'signedIn',
  summary: 'Colleagues who may stand in at one of my posts, those with the same role first.',
  params: z.object({ postId: z.uuid() }),
  reply: z.object({ items: z.array(CandidateView) }),
})

export const createStandIn = endpoint({
  id: 'createStandIn',
  method: 'POST',
  path: '/api/me/stand-ins',
  permission: 'signedIn',
  summary: 'Hand the work of one of my posts to a colleague for some days, both included; I keep the post as well.',
  body: z.object({ postId: z.uuid(), personId: z.uuid(), validFrom: Day, validUntil: Day.describe('Last day') }),
  reply: StandInView,
})

export const endStandIn = endpoint({
  id: 'endStandIn',
  method: 'POST',
  path: '/api/stand-ins/{standInId}/end',
  permission: 'signedIn',
  summary: 'End a stand-in at once: by the holder of the post, by whoever stands in, or by whoever may edit people there.',
  params: z.object({ standInId: z.uuid() }),
  reply: StandInView,
})
