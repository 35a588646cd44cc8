/** What every page of the portal needs to be served. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { AlikeForResident, CallerActs, ReportDrafts } from '#contexts/cases/index.ts'
import type { reportCase } from '#contexts/cases/contract.ts'
import type { PortalSettings } from '#contexts/catalogue/index.ts'
import type { Territory } from '#contexts/territory/index.ts'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { EmergencyService } from '#kernel/emergency.ts'
import { newId } from '#kernel/id.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import type { Faults, Typed } from './form.ts'
import { renderPage, type PageParts, type Reader } from './page.ts'
import type { ShownPhoto } from './photos.ts'

export interface SentReport {
  readonly number: string
  readonly trackingCode: string
  readonly reportedAt: string
  /** Where the words mean danger: whom to dial first, and why. */
  readonly advice: { readonly service: EmergencyService; readonly text: Wording } | null
}

type Report = z.infer<typeof reportCase.body>

/** What the portal asks of cases and territory. Codes come as the caller typed them. */
export interface ResidentServices extends Pick<CallerActs, 'track' | 'rate' | 'unrate' | 'withdraw' | 'join'> {
  report(input: Report, requestId: string, mayPublish: boolean): Promise<SentReport>
  alike(report: Pick<Report, 'text' | 'areaCode' | 'address' | 'lng' | 'lat' | 'datum'>): Promise<readonly AlikeForResident[]>
  expected(code: string): Promise<Instant | null>
  addPhoto(code: string, bytes: Uint8Array, request: FastifyRequest): Promise<unknown>
  photos(code: string): Promise<readonly ShownPhoto[]>
  readonly drafts: Omit<ReportDrafts, 'sweep'>
  territory(): Territory
  districts(): readonly DistrictCode[]
  /** Whom to call, when somebody is there, and the district's own pages; in force now. */
  settings(): PortalSettings
  /** True while the installation shows the demonstration city. */
  sample?(): boolean
}

export async function sendPage(reply: FastifyReply, reader: Reader, page: PageParts): Promise<FastifyReply> {
  const html = await renderPage(reader, page)
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('content-language', reader.language).send(html)
}

export const typedIn = (request: FastifyRequest): Typed => (typeof request.body === 'object' && request.body !== null ? (request.body as Typed) : {})

export const commandIdOf = (typed: Typed): string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed['commandId'] ?? '') ? (typed['commandId'] ?? '') : newId()

/** `https://host` of this request, for addresses on paper. */
export const hostOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`

/** A refusal as the fault of a field of the form, so that the caller can put it right; anything else goes on up. */
export function faultOf(error: unknown, reader: Reader, fallback: string, fieldOf: Readonly<Record<string, string>> = {}): Faults {
  if (!(error instanceof Refusal) || (error.kind.status === 429 && error.field === undefined)) throw error
  const field = error.field ?? fallback
  return { [fieldOf[field] ?? field]: error.text(reader.language) }
}
