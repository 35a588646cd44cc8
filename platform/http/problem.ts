import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal, type Language, type RefusalParams } from '#kernel/refusal.ts'
import { isContention, isUnavailable } from '../database/unavailable.ts'
import { refuse } from '../refusals.ts'
import { explainFaults, faultDetails } from './invalid.ts'
import { languageOf } from './language.ts'

/** What every answer that is not a success looks like (RFC 9457 with our own members). */
export const Problem = z
  .object({
    type: z.string().describe('Names the kind of problem; the same for the same code.'),
    title: z.string().describe('What the status means, in the caller’s language.'),
    status: z.int(),
    code: z.string().describe('`context.name`; programs act on this.'),
    message: z.string().describe('One sentence for a person, with what to do.'),
    field: z.string().optional().describe('Dotted path of the field to correct.'),
    details: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('Parameters of the message; for wrong input, each wrong field with its sentence.'),
    requestId: z.string().describe('Quote this when reporting the problem.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

const titles: Readonly<Record<number, Record<Language, string>>> = {
  400: { zh: '内容有误', en: 'Wrong input' },
  401: { zh: '需要登录', en: 'Sign-in needed' },
  403: { zh: '无权操作', en: 'Not allowed' },
  404: { zh: '没有找到', en: 'Not found' },
  409: { zh: '情况已变化', en: 'Changed meanwhile' },
  413: { zh: '内容过大', en: 'Too large' },
  415: { zh: '格式不支持', en: 'Format not supported' },
  422: { zh: '不符合规则', en: 'Against the rules' },
  429: { zh: '过于频繁', en: 'Too many requests' },
  500: { zh: '系统出错', en: 'Something went wrong' },
  503: { zh: '暂时不可用', en: 'Not available now' },
}

interface Answer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly field?: string | undefined
  readonly details?: RefusalParams
}

/** Sends a problem document in the caller's language. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const language = languageOf(request)
  const { status, code, message, field, details = {} } = answer
  const problem: Problem = {
    type: `urn:huying:problem:${code}`,
    title: (titles[status] ?? titles[status < 500 ? 400 : 500])?.[language] ?? code,
    status,
    code,
    message,
    details,
    requestId: request.id,
  }
  if (field !== undefined) problem.field = field
  if (status === 503) reply.header('retry-after', '2')
  return reply
    .code(status)
    .headers({
      'content-type': 'application/problem+json; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      // Addresses too broken to be routed come here before any hook has run.
      'x-content-type-options': 'nosniff',
      'x-request-id': request.id,
    })
    .serializer(JSON.stringify)
    .send(problem)
}

/** The one place where something thrown becomes an answer. Refusals are said; anything else is a bug: logged here, not shown. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = languageOf(request)
  const expected = expectedAnswer(error, language)
  if (expected) return sendProblem(request, reply, expected)
  request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed')
  const message =
    language === 'zh'
      ? `系统出错，已记录，编号 ${request.id}。请稍后重试；仍有问题时把编号告诉管理员。`
      : `Something went wrong and was recorded as ${request.id}. Try again shortly; if it stays, give that number to the administrator.`
  return sendProblem(request, reply, { status: 500, code: 'platform.bug', message })
}

/** A refusal as an answer. */
export function refusalAnswer(refusal: Refusal, language: Language): Answer {
  const { code, kind, params, field } = refusal
  return { status: kind.status, code, message: refusal.text(language), field, details: params }
}

/** What a reader is told of something thrown that was to be expected; undefined for a bug. Pages of HTML say it in their own frame. */
export function expectedAnswer(error: unknown, language: Language): Answer | undefined {
  if (error instanceof Refusal) return refusalAnswer(error, language)
  if (isUnavailable(error)) return refusalAnswer(refuse.unavailable(), language)
  if (isContention(error)) return refusalAnswer(refuse.busy(), language)
  // Errors that fastify itself throws carry a status; a bug of ours never does.
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined
  return frameworkAnswer(error as FastifyError, language)
}

function frameworkAnswer(error: FastifyError, language: Language): Answer | undefined {
  if (error.validation) {
    const faults = explainFaults(error.validation, error.validationContext, language)
    const message = faults.map((fault) => fault.sentence).join(language === 'zh' ? '' : ' ')
    return { status: 400, code: 'platform.invalidInput', message, field: faults[0]?.field || undefined, details: faultDetails(faults) }
  }
  const status = error.statusCode ?? 500
  if (status < 400 || status >= 500) return undefined
  // The kernel's refusals have no 415; this one answer brings its own.
  if (status === 415) return { ...refusalAnswer(refuse.unknownFormat(), language), status }
  return refusalAnswer((frameworkRefusals[error.code] ?? (error instanceof SyntaxError ? refuse.notJson : refuse.badRequest))(), language)
}

const frameworkRefusals: Readonly<Record<string, () => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: refuse.tooLarge,
  // Of a form with files: one of them, or all of them together.
  FST_REQ_FILE_TOO_LARGE: refuse.tooLarge,
  FST_FILES_LIMIT: refuse.tooLarge,
  FST_PARTS_LIMIT: refuse.tooLarge,
  FST_ERR_CTP_INVALID_JSON_BODY: refuse.notJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: refuse.notJson,
  FST_ERR_BAD_URL: refuse.badAddress,
  FST_ERR_MAX_PARAM_LENGTH: refuse.badAddress,
}
