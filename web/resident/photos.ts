/** Pictures on the portal: a form that works without a script, and the pictures themselves inside the page, so that no address holds the code. */
import type { FastifyRequest } from 'fastify'
import '@fastify/multipart'
import { h, type VNodeChild } from 'vue'
import { photoBytes } from '#platform/photo.ts'
import { field, hidden, submitButton, type Faults, type Typed } from './form.ts'
import type { Reader } from './page.ts'

export interface ShownPhoto {
  readonly origin: 'caller' | 'unit'
  readonly address: string
}

/** Files of one sending; more can follow in another. */
export const photoLimits = { files: 5, fileSize: photoBytes, fields: 10, parts: 15 } as const

export function photoForm({ t }: Reader, code: string, faults: Faults = {}): VNodeChild {
  return h('form', { id: 'photos', method: 'post', action: '/photos', enctype: 'multipart/form-data', class: 'panel no-print' }, [
    h('h2', t('photosAdd')),
    hidden('page', 'case'),
    hidden('trackingCode', code),
    field({
      name: 'photo',
      label: t('photosChoose'),
      hint: t('photosHint'),
      faults,
      control: (a) => h('input', { ...a, class: 'input', type: 'file', accept: 'image/jpeg,image/png,image/webp', multiple: true, required: true }),
    }),
    submitButton(t('photosSend')),
  ])
}

export function photoStrip({ t }: Reader, photos: readonly ShownPhoto[]): VNodeChild {
  if (photos.length === 0) return null
  const count = { caller: 0, unit: 0 }
  return h('section', [
    h('h2', t('photos')),
    h(
      'ul',
      { class: 'photos' },
      photos.map(({ origin, address }) => {
        count[origin] += 1
        const alt = t(origin === 'caller' ? 'photoOfCaller' : 'photoOfUnit', { n: count[origin] })
        return h('li', [h('img', { src: address, alt }), h('span', { class: 'soft small' }, alt)])
      }),
    ),
  ])
}

/** Reads the form: its fields, and the pictures that were chosen. A browser sends an empty part where nothing was. */
export async function readPhotoForm(request: FastifyRequest): Promise<{ typed: Typed; photos: Uint8Array[] }> {
  const typed: Record<string, string> = {}
  const photos: Uint8Array[] = []
  for await (const part of request.parts({ limits: photoLimits })) {
    if (part.type === 'field') typed[part.fieldname] = String(part.value)
    else {
      const bytes = await part.toBuffer()
      if (bytes.length > 0) photos.push(bytes)
    }
  }
  return { typed, photos }
}
