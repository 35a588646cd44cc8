import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'
import { AreaCode, Day } from '../contract.ts'

export const ScreenView = z.object({
  id: z.uuid(),
  name: z.string().describe('What the screen is called, such as where it hangs; never a person'),
  areaCode: AreaCode,
  validUntil: Day.describe('Last day'),
  createdAt: z.iso.datetime(),
  lastOpenedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
  open: z.boolean().describe('Whether it opens anything today'),
})
export type ScreenView = z.infer<typeof ScreenView>

export const listScreens = endpoint({
  id: 'listScreens',
  method: 'GET',
  path: '/api/screens',
  permission: 'screen.share',
  summary: 'Links of walls in the areas of the actor, the latest first.',
  reply: z.object({ items: z.array(ScreenView) }),
})

export const createScreen = endpoint({
  id: 'createScreen',
  method: 'POST',
  path: '/api/screens',
  permission: 'screen.share',
  summary: 'Make a link that opens the wall of one area, with counts and nothing else.',
  body: z.object({ name: z.string().trim().min(1).max(50), areaCode: AreaCode.min(4), validUntil: Day }),
  reply: z.object({ screen: ScreenView, token: z.string().describe('Told here once and never again; the link is the address /wall#token') }),
})

export const revokeScreen = endpoint({
  id: 'revokeScreen',
  method: 'POST',
  path: '/api/screens/{screenId}/revocation',
  permission: 'screen.share',
  summary: 'Close the link of a wall and every screen that it opened.',
  params: z.object({ screenId: z.uuid() }),
  reply: ScreenView,
})
