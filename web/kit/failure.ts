/** What a call that failed means for whoever looks on: what happened, what is safe and what to do, and the number to quote. One place for every screen and form. */
import { Problem, Unreachable } from './call.ts'
import { textIn, language } from './text.ts'
import { kitWords } from './words.ts'

export interface Failure {
  readonly kind: 'error' | 'offline' | 'forbidden' | 'missing'
  readonly title: string
  readonly text: string
  /** Number of the request in the server's record; empty where nobody answered, or where the text says it. */
  readonly reference: string
}

/** Statuses with words of their own. What a gateway in front answers has none that a reader could use. */
const known = {
  401: ['error', 'sessionTitle', 'sessionText'],
  403: ['forbidden', 'forbiddenTitle', 'forbiddenText'],
  404: ['missing', 'missingTitle', 'missingText'],
  409: ['error', 'changedTitle', 'changedText'],
  413: ['error', 'tooLargeTitle', 'tooLargeText'],
  429: ['error', 'tooManyTitle', 'tooManyText'],
} as const

/** The server's own sentence comes first, for it knows more; ours stands where it said none. */
export function failureOf(error: unknown): Failure {
  const t = textIn(kitWords, language.value)
  if (error instanceof Unreachable)
    return { kind: 'offline', title: t(error.slow ? 'slowTitle' : 'offlineTitle'), text: t(error.slow ? 'slowText' : 'offlineText'), reference: '' }
  if (!(error instanceof Problem)) return { kind: 'error', title: t('errorTitle'), text: t('errorText'), reference: '' }
  const [kind, title, text] = known[error.status as keyof typeof known] ?? (['error', 'errorTitle', 'errorText'] as const)
  const { requestId = '', message } = error
  return { kind, title: t(title), text: message || t(text), reference: message.includes(requestId) ? '' : requestId }
}

/** The same in one line, for a form or a note that passes. */
export function failureLine(error: unknown): string {
  const { title, text, reference } = failureOf(error)
  const t = textIn(kitWords, language.value)
  const said = error instanceof Problem && error.message ? text : t('sentence', { title, text })
  return reference ? `${said} ${t('requestId', { id: reference })}` : said
}
