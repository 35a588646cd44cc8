/** How the portal looks to a reader: language, text size and theme, kept in cookies so that they hold without a script. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '#kernel/refusal.ts'
import { languageOf } from '#platform/http/language.ts'

export const portalSizes = ['standard', 'large', 'elder'] as const
export const portalThemes = ['system', 'light', 'dark', 'contrast'] as const

export interface Look {
  readonly language: Language
  /** `elder` is the 长辈版: larger text and targets, and reading aloud. */
  readonly size: (typeof portalSizes)[number]
  /** `system` follows the device. */
  readonly theme: (typeof portalThemes)[number]
}

const YEAR_S = 31_536_000

const oneOf = <T extends string>(known: readonly T[], value: string | undefined, otherwise: T): T => known.find((one) => one === value) ?? otherwise

export function lookOf(request: FastifyRequest): Look {
  const { size, theme } = request.cookies
  return { language: languageOf(request), size: oneOf(portalSizes, size, 'standard'), theme: oneOf(portalThemes, theme, 'system') }
}

/** The look after what somebody chose: a switch (`language:en`, `view:elder`) or the fields of the settings page. */
export function changedLook(before: Look, chosen: Readonly<Record<string, string | undefined>>): Look {
  const [what, value] = (chosen['set'] ?? '').split(':')
  const language = what === 'language' ? value : chosen['language']
  const size = what === 'view' ? value : chosen['size']
  return {
    language: language === 'en' || language === 'zh' ? language : before.language,
    size: oneOf(portalSizes, size, before.size),
    theme: oneOf(portalThemes, chosen['theme'], before.theme),
  }
}

export function keepLook(reply: FastifyReply, { language, size, theme }: Look): void {
  const cookie = { path: '/', maxAge: YEAR_S, sameSite: 'lax' } as const
  reply.setCookie('lang', language, cookie).setCookie('size', size, cookie).setCookie('theme', theme, cookie)
}
