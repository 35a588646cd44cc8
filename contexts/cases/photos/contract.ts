import { z } from 'zod'
import { endpoint } from '#platform/http/endpoint.ts'

const CaseKey = z.object({ districtCode: z.string().regex(/^\d{6}$/), id: z.uuid() })
const Photo = z.object({
  id: z.uuid(),
  origin: z.enum(['caller', 'unit']).describe('Who added it: the caller, or a unit at work'),
  width: z.number().int().describe('Pixels'),
  height: z.number().int(),
  addedAt: z.iso.datetime(),
})
export type Photo = z.infer<typeof Photo>

/** A body that is the picture itself: JPEG, PNG or WebP. */
const bytes = z.unknown().describe('The picture, as image/jpeg, image/png or image/webp; at most 12 MB')
export const bodyLimit: number = 12 << 20

export const listPhotos = endpoint({
  id: 'listPhotos',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/photos',
  permission: 'case.read',
  summary: 'Pictures of a case, the oldest first',
  params: CaseKey,
  reply: z.object({ items: z.array(Photo), mayAdd: z.boolean() }),
})

export const addPhoto = endpoint({
  id: 'addPhoto',
  method: 'POST',
  path: '/api/cases/{districtCode}/{id}/photos',
  permission: 'case.attach',
  summary: 'Add a picture to a case that is being worked on; what the camera wrote into it is dropped',
  params: CaseKey,
  bodyLimit,
  body: bytes,
  reply: Photo,
})

export const readPhotoFile = endpoint({
  id: 'readPhotoFile',
  method: 'GET',
  path: '/api/cases/{districtCode}/{id}/photos/{photoId}',
  permission: 'case.read',
  summary: 'The picture itself',
  params: CaseKey.extend({ photoId: z.uuid() }),
  query: z.object({ size: z.enum(['small', 'full']).default('full') }),
  reply: z.string(),
  replyType: 'image/webp',
})

export const addPublicPhoto = endpoint({
  id: 'addPublicPhoto',
  method: 'POST',
  path: '/api/public/photos',
  permission: 'public',
  summary: 'The caller adds a picture to his report; the tracking code comes in the header X-Tracking-Code, so that no address holds it',
  limit: { calls: 60, seconds: 60 },
  bodyLimit,
  body: bytes,
  reply: Photo,
})
