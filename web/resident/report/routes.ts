/** A report page by page. Each answer is kept as a draft and each page is fetched anew, so that Back and reload do what people expect. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RECEIPT_MS, type DraftAnswers } from '#contexts/cases/index.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { hasFaults, type Faults, type Typed } from '../form.ts'
import type { Reader } from '../page.ts'
import { readPhotoForm } from '../photos.ts'
import { placeAt, placesOf, spanOf } from '../places.ts'
import { commandIdOf, faultOf, hostOf, sendPage, typedIn, type ResidentServices } from '../serving.ts'
import { questionPage } from './pages.ts'
import { faultsOf, fieldsOf, firstIncomplete, nextOf, pathOf, questionNames, questionOf, type QuestionName } from './questions.ts'
import { receiptPage } from './receipt.ts'

export const DRAFT_COOKIE = 'report'
const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax' } as const

/** What one request is about: the reader, and the draft in the reader's cookie. */
interface Turn {
  readonly reader: Reader
  readonly key: string | undefined
  readonly answers: DraftAnswers | undefined
}
type ReaderFor = (request: FastifyRequest) => Reader
type Patience = { readonly config: object }

export function reportRoutes(portal: FastifyInstance, services: ResidentServices, readerFor: ReaderFor, patience: Patience): void {
  const turnOf = async (request: FastifyRequest): Promise<Turn> => {
    const key = request.cookies[DRAFT_COOKIE]
    return { reader: readerFor(request), key, answers: key ? await services.drafts.read(key) : undefined }
  }
  for (const name of questionNames) {
    portal.get(pathOf[name], async (request, reply) => {
      const turn = await turnOf(request)
      const elsewhere = placeInstead(name, turn)
      if (elsewhere) return reply.redirect(elsewhere, 303)
      const asked = await askedOf(services, name, turn, { back: (request.query as Typed)['back'] === 'check' })
      if (name === 'same' && asked.alike.length === 0) return reply.redirect(pathOf[nextOf(name)], 303)
      return sendPage(reply, turn.reader, questionPage(name, turn.reader, asked))
    })
    portal.post(pathOf[name], patience, async (request, reply) => {
      const turn = await turnOf(request)
      // An expired draft, or a report that was sent already: the first page, or the receipt.
      const elsewhere = name === 'what' && turn.answers?.['sent'] === undefined ? undefined : placeInstead(name, turn)
      if (elsewhere) return reply.redirect(elsewhere, 303)
      return name === 'check' ? sendReport(services, turn, request, reply) : takeAnswer(services, name, turn, request, reply)
    })
  }
  // Asked by the map. A point is told in a body, so that it stands in no log of addresses.
  portal.post('/report/place', patience, async (request, reply) => {
    const { lng, lat, areaCode } = (request.body ?? {}) as { lng?: unknown; lat?: unknown; areaCode?: unknown }
    const isPoint = Number.isFinite(lng) && Number.isFinite(lat)
    const text = isPoint ? pointInWords(services, readerFor(request), { lng: lng as number, lat: lat as number }) : null
    const box = typeof areaCode === 'string' ? spanOf(services.territory(), [areaCode]) : undefined
    return reply.header('cache-control', 'no-store').send({ text, box: box ?? null })
  })
  portal.get('/report/receipt', async (request, reply) => {
    const { reader, answers } = await turnOf(request)
    if (answers?.['sent'] === undefined) return reply.redirect('/track', 303)
    return sendPage(reply, reader, receiptPage(reader, answers, `${hostOf(request)}/track`))
  })
  portal.get('/report/new', async (request, reply) => {
    await forget(services, request, reply)
    return reply.redirect('/report', 303)
  })
  portal.post('/report/forget', patience, async (request, reply) => {
    await forget(services, request, reply)
    return reply.redirect('/', 303)
  })
}

async function forget(services: ResidentServices, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const key = request.cookies[DRAFT_COOKIE]
  if (key) await services.drafts.drop(key)
  reply.clearCookie(DRAFT_COOKIE, cookieOptions)
}

/** Where somebody belongs who asks for a page too early, or again after sending. */
function placeInstead(name: QuestionName, { answers }: Turn): string | undefined {
  if (answers?.['sent'] !== undefined) return name === 'what' ? '/report/new' : '/report/receipt'
  if (name !== 'what' && answers === undefined) return pathOf.what
  return undefined
}

async function askedOf(
  services: ResidentServices,
  name: QuestionName,
  { reader, key, answers = {} }: Turn,
  more: { back: boolean; typed?: Typed; faults?: Faults },
) {
  const shown = { ...answers, ...definedOf(more.typed ?? {}) }
  const wantsPhotos = name === 'photo' || name === 'check'
  const wantsAlike = name === 'same' || name === 'check'
  const [photos, alike] = await Promise.all([
    wantsPhotos && key ? services.drafts.photos(key) : [],
    wantsAlike ? services.alike(placeOf(shown)).catch(nothingOnRefusal) : [],
  ])
  const [territory, districts] = [services.territory(), services.districts()]
  const pointAt = pointInWords(services, reader, placeOf(shown)) ?? undefined
  const places = placesOf(territory, districts)
  return { answers: shown, faults: more.faults ?? {}, places, pointAt, span: spanOf(territory, districts), alike, photos, back: more.back }
}

// A place that cannot be read is said when the report is sent; it must not stop somebody on the way.
function nothingOnRefusal(error: unknown): [] {
  if (error instanceof Refusal) return []
  throw error
}

const definedOf = (typed: Typed): DraftAnswers =>
  Object.fromEntries(Object.entries(typed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

async function takeAnswer(services: ResidentServices, name: QuestionName, turn: Turn, request: FastifyRequest, reply: FastifyReply) {
  const { reader } = turn
  const { typed, photos } = name === 'photo' ? await readPhotoForm(request) : { typed: typedIn(request), photos: [] }
  const back = typed['back'] === 'check'
  const answers = { ...answersAt(name, typed, turn.answers), commandId: turn.answers?.['commandId'] ?? newId() }
  const key = await keep(services, turn, answers, request, reply)
  const again = async (status: number, faults: Faults) =>
    sendPage(reply.code(status), reader, questionPage(name, reader, await askedOf(services, name, { reader, key, answers }, { back, faults })))
  const faults = faultsOf(name, reader, answers)
  if (hasFaults(faults)) return again(400, faults)
  if (typed['drop']) {
    await services.drafts.dropPhotos(key, typed['drop'])
    return reply.redirect(`${pathOf.photo}${back ? '?back=check' : ''}`, 303)
  }
  try {
    for (const bytes of photos) await services.drafts.addPhoto(key, bytes)
  } catch (error) {
    return again(422, faultOf(error, reader, 'photo'))
  }
  // Another place or other words may be about another thing.
  return reply.redirect(pathOf[back && name !== 'what' && name !== 'where' ? 'check' : nextOf(name)], 303)
}

function answersAt(name: QuestionName, typed: Typed, before: DraftAnswers = {}): DraftAnswers {
  return { ...before, ...Object.fromEntries(fieldsOf[name].map((field) => [field, (typed[field] ?? '').slice(0, 4000)])) }
}

async function keep({ drafts }: ResidentServices, turn: Turn, answers: DraftAnswers, request: FastifyRequest, reply: FastifyReply): Promise<string> {
  // An expired key is not used again: the browser may share it with a page that somebody else left open.
  const key = await drafts.save(turn.answers === undefined ? undefined : turn.key, answers)
  if (key !== turn.key) reply.setCookie(DRAFT_COOKIE, key, { ...cookieOptions, secure: request.protocol === 'https' })
  return key
}

/** Keeps what stands in a page's form, right or wrong, while its reader changes language or text size. */
export async function keepTyped(services: ResidentServices, request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
  const typed = typedIn(request)
  const name = questionNames.find((one) => one === typed['page'])
  if (!name) return typed['page'] === 'receipt' ? '/report/receipt' : undefined
  const key = request.cookies[DRAFT_COOKIE]
  const answers = key ? await services.drafts.read(key) : undefined
  if (answers?.['sent'] === undefined && (answers !== undefined || name === 'what'))
    await keep(services, { reader: undefined as never, key, answers }, { commandId: newId(), ...answersAt(name, typed, answers) }, request, reply)
  return `${pathOf[name]}${typed['back'] === 'check' ? '?back=check' : ''}`
}

/** Where a point lies as a reader says it; null without a point, or outside. */
function pointInWords(services: ResidentServices, { t, say }: Reader, { lng, lat }: { lng?: number; lat?: number }): string | null {
  if (lng === undefined || lat === undefined) return null
  const names = placeAt(services.territory(), services.districts(), { lng, lat })
  return names === null ? null : names.map(say).join(t('comma')) || t('pinSomewhere')
}

function placeOf(answers: DraftAnswers) {
  const number = (name: string): number | undefined => (answers[name] ? Number(answers[name]) : undefined)
  const text = (name: string): string | undefined => answers[name]?.trim() || undefined
  const [lng, lat] = [number('lng'), number('lat')]
  const isLocated = lng !== undefined && lat !== undefined && Number.isFinite(lng) && Number.isFinite(lat)
  return {
    text: answers['text']?.trim() ?? '',
    areaCode: text('areaCode'),
    address: text('address')?.slice(0, 200),
    // Browsers give WGS84.
    ...(isLocated ? { lng, lat, datum: 'WGS84' as const } : {}),
  }
}

async function sendReport(services: ResidentServices, turn: Turn, request: FastifyRequest, reply: FastifyReply) {
  const { reader, answers = {}, key = '' } = turn
  const page = async (name: QuestionName, status: number, faults: Faults) =>
    sendPage(reply.code(status), reader, questionPage(name, reader, await askedOf(services, name, turn, { back: true, faults })))
  const missing = firstIncomplete(reader, answers)
  if (missing) return page(missing, 400, faultsOf(missing, reader, answers))
  try {
    const receipt = await accept(services, key, answers, request)
    await services.drafts.save(key, receipt, RECEIPT_MS)
    await services.drafts.dropPhotos(key)
    return await reply.redirect('/report/receipt', 303)
  } catch (error) {
    const faults = faultOf(error, reader, 'text', { lng: 'address', lat: 'address', areaCode: 'address' })
    return page(questionOf(Object.keys(faults)[0] ?? '') ?? 'what', 422, faults)
  }
}

/** Sends the report, then its pictures, then says what it joins. What fails after the report itself is told and takes nothing back. */
async function accept(services: ResidentServices, key: string, answers: DraftAnswers, request: FastifyRequest): Promise<DraftAnswers> {
  const { callerName, callerPhone, publish, joins } = answers
  const sent = await services.report(
    {
      ...placeOf(answers),
      commandId: commandIdOf(answers),
      callerName: callerName?.trim().slice(0, 50) || undefined,
      callerPhone: callerPhone?.trim().slice(0, 20) || undefined,
    },
    request.id,
    publish === 'yes',
  )
  let failed = 0
  for (const bytes of await services.drafts.photoBytes(key))
    await services.addPhoto(sent.trackingCode, bytes, request).catch((error: unknown) => {
      request.log.warn({ err: error }, 'a picture did not go along with its report')
      failed += 1
    })
  const due = await services.expected(sent.trackingCode)
  const joined = joins ? await services.join(sent.trackingCode, request.id, joins) : false
  return {
    sent: 'yes',
    number: sent.number,
    trackingCode: sent.trackingCode,
    reportedAt: sent.reportedAt,
    withdrawId: newId(),
    ...(due ? { due } : {}),
    ...(joined ? { joined: 'yes' } : {}),
    ...(failed > 0 ? { photosFailed: String(failed) } : {}),
    ...(sent.advice ? { service: sent.advice.service, adviceZh: sent.advice.text.zh, adviceEn: sent.advice.text.en ?? '' } : {}),
  }
}
