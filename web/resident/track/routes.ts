/** Following a report, and what its caller may do with it. What somebody shows to get in travels in forms, never in an address. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Proof } from '#contexts/cases/index.ts'
import { moveReasons } from '#contexts/cases/lifecycle.ts'
import type { Faults, Typed } from '../form.ts'
import type { PageParts, Reader } from '../page.ts'
import { readPhotoForm } from '../photos.ts'
import { commandIdOf, faultOf, sendPage, typedIn, type ResidentServices } from '../serving.ts'
import { casePage, trackPage, type Tried } from './pages.ts'
import { ratedNotice } from './rating.ts'

type ReaderFor = (request: FastifyRequest) => Reader
type SamePage = (reader: Reader, typed: Typed) => Promise<PageParts | undefined>

/** Mounts the pages. Returns what gives a page of theirs back after a change of language or text size. */
export function trackRoutes(portal: FastifyInstance, services: ResidentServices, readerFor: ReaderFor, patience: { config: object }): SamePage {
  const shown = async (reader: Reader, proof: Proof, tried: Tried = {}): Promise<PageParts> => {
    const [one, photos] = await Promise.all([services.track(proof), typeof proof === 'string' ? services.photos(proof) : []])
    return casePage(reader, one, proof, photos, tried)
  }
  const caseOrForm = async (reader: Reader, typed: Typed): Promise<PageParts> => {
    const proof = proofIn(typed)
    const faults = proofFaults(reader, typed)
    if (!proof || Object.keys(faults).length > 0) return trackPage(reader, typed, faults)
    try {
      return await shown(reader, proof, { typed })
    } catch (error) {
      return trackPage(reader, typed, faultOf(error, reader, typeof proof === 'string' ? 'trackingCode' : 'number'))
    }
  }
  const acting = actingOn(services, readerFor, { shown, caseOrForm })
  portal.get('/track', async (request, reply) => {
    const number = (request.query as Typed)['n']?.slice(0, 30)
    return sendPage(reply, readerFor(request), trackPage(readerFor(request), { number }, {}))
  })
  portal.post('/track', patience, async (request, reply) => {
    const page = await caseOrForm(readerFor(request), typedIn(request))
    return sendPage(reply.code(page.hasErrors ? 404 : 200), readerFor(request), page)
  })
  portal.post('/rate', patience, acting.rate)
  portal.post('/unrate', patience, acting.unrate)
  portal.post('/withdraw', patience, acting.withdraw)
  portal.post('/photos', patience, photosOf(services, readerFor, shown))
  return async (reader, typed) => {
    if (typed['page'] === 'track') return trackPage(reader, typed, {})
    return typed['page'] === 'case' ? caseOrForm(reader, typed) : undefined
  }
}

/** The code wins where somebody gives both. */
function proofIn(typed: Typed): Proof | undefined {
  const [code, number, phoneTail] = ['trackingCode', 'number', 'phoneTail'].map((name) => typed[name]?.trim() ?? '')
  if (code) return code
  return number && phoneTail ? { number, phoneTail } : undefined
}

function proofFaults({ t }: Reader, typed: Typed): Faults {
  const [code, number, tail] = ['trackingCode', 'number', 'phoneTail'].map((name) => typed[name]?.trim() ?? '')
  if (code) return {}
  if (!number && !tail) return { number: t('proofMissing') }
  return { ...(number ? {} : { number: t('numberMissing') }), ...(/^\d{4}$/.test(tail ?? '') ? {} : { phoneTail: t('tailMissing') }) }
}

type Shown = (reader: Reader, proof: Proof, tried?: Tried) => Promise<PageParts>
type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** What somebody does on the page of a case. The page comes back with what became of it. */
function actingOn(
  services: ResidentServices,
  readerFor: ReaderFor,
  { shown, caseOrForm }: { shown: Shown; caseOrForm: SamePage },
): Record<'rate' | 'unrate' | 'withdraw', Handler> {
  const act =
    (
      fallback: string,
      work: (proof: Proof, typed: Typed, request: FastifyRequest, reader: Reader) => Promise<string>,
      check?: typeof ratingFaults,
    ): Handler =>
    async (request, reply) => {
      const reader = readerFor(request)
      const typed = typedIn(request)
      const proof = proofIn(typed)
      if (!proof) return sendPage(reply.code(400), reader, (await caseOrForm(reader, typed)) as PageParts)
      const faults = check?.(reader, typed) ?? {}
      if (Object.keys(faults).length > 0) return sendPage(reply.code(400), reader, await shown(reader, proof, { typed, faults }))
      try {
        return await sendPage(reply, reader, await shown(reader, proof, { notice: await work(proof, typed, request, reader) }))
      } catch (error) {
        return sendPage(reply.code(422), reader, await shown(reader, proof, { typed, faults: faultOf(error, reader, fallback) }))
      }
    }
  return {
    rate: act(
      'score',
      async (proof, typed, request, reader) => {
        const score = Number(typed['score'])
        const reasonCode = typed['reasonCode'] || undefined
        const note = typed['note']?.trim().slice(0, 500) || undefined
        await services.rate(proof, request.id, { commandId: commandIdOf(typed), score, reasonCode, note })
        return ratedNotice(reader, score, reasonCode)
      },
      ratingFaults,
    ),
    unrate: act('main', async (proof, typed, request, reader) => {
      await services.unrate(proof, request.id, { commandId: commandIdOf(typed) })
      return reader.t('unrateDone')
    }),
    withdraw: act('main', async (proof, typed, request, reader) => {
      await services.withdraw(proof, request.id, { commandId: commandIdOf(typed) })
      return reader.t('withdrawDone')
    }),
  }
}

function ratingFaults({ t }: Reader, typed: Typed): Faults {
  const isKnown = !typed['reasonCode'] || typed['reasonCode'] in moveReasons.rate
  return {
    ...(['1', '2', '3', '4', '5'].includes(typed['score'] ?? '') ? {} : { score: t('errScore') }),
    ...(isKnown ? {} : { reasonCode: t('errScore') }),
  }
}

function photosOf(services: ResidentServices, readerFor: ReaderFor, shown: Shown): Handler {
  return async (request, reply) => {
    const reader = readerFor(request)
    const { typed, photos } = await readPhotoForm(request)
    const code = typed['trackingCode'] ?? ''
    if (photos.length === 0) return sendPage(reply.code(400), reader, await shown(reader, code, { faults: { photo: reader.t('errPhoto') } }))
    let taken = 0
    try {
      for (const bytes of photos) {
        await services.addPhoto(code, bytes, request)
        taken += 1
      }
      return await sendPage(reply, reader, await shown(reader, code, { notice: reader.t('photosDone', { n: taken }) }))
    } catch (error) {
      const notice = taken > 0 ? reader.t('photosDone', { n: taken }) : ''
      return sendPage(reply.code(422), reader, await shown(reader, code, { notice, faults: faultOf(error, reader, 'photo') }))
    }
  }
}
