import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal, refusals, type Language, type RefusalParams } from '#kernel/refusal.ts'
import { isContention, isUnavailable } from '../database/unavailable.ts'
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
    details: z.record(z.string(), z.union([z.string(), z.number()])).describe('Parameters of the message; for wrong input, each wrong field with its sentence.'),
    requestId: z.string().describe('Quote this when reporting the problem.'),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>

export const refuse = refusals('platform', {
  notJson: { status: 400, zh: '提交的内容不是正确的 JSON，请检查后重新提交。', en: 'The request body is not valid JSON. Check it and send it again.' },
  unknownFormat: { status: 400, zh: '只接受 JSON 或网页表单，请改用 application/json 提交。', en: 'Only JSON or a web form is accepted. Send it as application/json.' },
  badAddress: { status: 400, zh: '网址写法不对，请检查后重试。', en: 'The address is malformed. Check it and try again.' },
  badRequest: { status: 400, zh: '请求不完整或写法不对，请检查后重试。', en: 'The request is incomplete or malformed. Check it and try again.' },
  badCommandId: {
    status: 400,
    zh: 'Idempotency-Key 应是一个 UUID，同一操作重试时保持不变。',
    en: 'Idempotency-Key must be a UUID, the same one for every retry of the same action.',
  },
  crossSite: { status: 403, zh: '此操作来自其他网站，已拒绝。请在本系统内操作。', en: 'This action came from another site and was refused. Do it inside this system.' },
  noSuchAddress: { status: 404, zh: '没有 {method} {path} 这个地址，请检查网址。', en: 'There is no {method} {path}. Check the address.' },
  tooLarge: { status: 413, zh: '提交的内容过大，请缩小文件或分批提交。', en: 'What was sent is too large. Make the file smaller or send it in parts.' },
  tooMany: { status: 429, zh: '操作过于频繁，请 {seconds} 秒后再试。', en: 'Too many requests. Try again in {seconds} seconds.' },
  busy: { status: 503, zh: '当前受理量过大，请稍后用同一编号重试，不会重复受理。', en: 'Too much is waiting right now. Try again shortly under the same id; nothing is done twice.' },
  unavailable: { status: 503, zh: '数据库暂时不可用，请稍后用同一编号重试，不会重复受理。', en: 'The database cannot be reached right now. Try again shortly under the same id; nothing is done twice.' },
})

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
  const problem: Problem = { type: `urn:huying:problem:${code}`, title: (titles[status] ?? titles[status < 500 ? 400 : 500])?.[language] ?? code, status, code, message, details, requestId: request.id }
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

function expectedAnswer(error: unknown, language: Language): Answer | undefined {
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
  FST_ERR_CTP_INVALID_JSON_BODY: refuse.notJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: refuse.notJson,
  FST_ERR_BAD_URL: refuse.badAddress,
  FST_ERR_MAX_PARAM_LENGTH: refuse.badAddress,
}
