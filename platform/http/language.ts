import type { FastifyRequest } from 'fastify'
import type { Language } from '#kernel/refusal.ts'

const known = (text: unknown): Language | undefined => {
  const tag = typeof text === 'string' ? text.trim().toLowerCase().split(/[-_]/)[0] : undefined
  return tag === 'zh' || tag === 'en' ? tag : undefined
}

/**
 * The caller's language: `lang` in the address, then the `lang` cookie, then Accept-Language by its weights. Chinese when none says.
 */
export function languageOf(request: FastifyRequest): Language {
  const asked = known((request.query as { lang?: unknown } | undefined)?.lang) ?? known(request.cookies?.['lang'])
  return asked ?? preferred(request.headers['accept-language']) ?? 'zh'
}

function preferred(header: string | undefined): Language | undefined {
  if (!header) return undefined
  let best: Language | undefined
  let bestWeight = 0
  for (const part of header.split(',', 20)) {
    const [tag, ...parameters] = part.split(';')
    const weight = Number(/^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1)
    const language = known(tag)
    if (language && weight > bestWeight) [best, bestWeight] = [language, weight]
  }
  return best
}
