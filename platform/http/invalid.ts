import type { FastifySchemaValidationError } from 'fastify'
import type { Language, RefusalParams } from '#kernel/refusal.ts'

/** One thing wrong with what was sent: which field, and a sentence that says how to put it right. */
export interface Fault {
  /** Dotted path such as `items.0.note`; empty when the whole part is wrong. */
  readonly field: string
  readonly sentence: string
}

const names: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    string: '文字',
    number: '数字',
    integer: '整数',
    boolean: ' true 或 false',
    array: '列表',
    object: '对象（JSON）',
    null: '空值',
    uuid: '一个编号（UUID），请从列表中选择或重新复制',
    'date-time': '带时区的时间，例如 2026-03-02T01:00:00.000Z',
    date: '日期，例如 2026-03-02',
    time: '时间，例如 09:30:00',
    email: '电子邮箱，例如 name@example.cn',
    uri: '完整网址，例如 https://example.cn/',
  },
  en: {
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a JSON object',
    null: 'null',
    uuid: 'an identifier (UUID); choose it from a list or copy it again',
    'date-time': 'a time with its zone, such as 2026-03-02T01:00:00.000Z',
    date: 'a date, such as 2026-03-02',
    time: 'a time, such as 09:30:00',
    email: 'an e-mail address, such as name@example.cn',
    uri: 'a full address, such as https://example.cn/',
  },
}

/** One sentence per keyword of JSON Schema: `{field}` is the field, `{value}` the bound or the choices. */
const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    required: '缺少{field}，请填写。',
    empty: '{field}不能为空，请填写。',
    type: '{field}应是{value}，请改正。',
    enum: '{field}只能是：{value}。请从中选一个。',
    const: '{field}只能是：{value}。',
    minLength: '{field}至少要 {value} 个字，请补充。',
    maxLength: '{field}最多 {value} 个字，请缩短。',
    pattern: '{field}的格式不对，应符合 {value}。',
    format: '{field}应是{value}。',
    minimum: '{field}不能小于 {value}，请改正。',
    maximum: '{field}不能大于 {value}，请改正。',
    exclusiveMinimum: '{field}必须大于 {value}，请改正。',
    exclusiveMaximum: '{field}必须小于 {value}，请改正。',
    multipleOf: '{field}必须是 {value} 的倍数。',
    minItems: '{field}至少要有 {value} 项，请补充。',
    maxItems: '{field}最多 {value} 项，请分批提交。',
    uniqueItems: '{field}里有重复的项，请去掉。',
    additionalProperties: '没有{field}这个字段，请去掉。',
    other: '{field}不符合任何一种允许的写法，请对照接口说明（/api/openapi.json）改正。',
  },
  en: {
    required: '{field} is missing. Fill it in.',
    empty: '{field} must not be empty. Fill it in.',
    type: '{field} must be {value}.',
    enum: '{field} must be one of: {value}.',
    const: '{field} must be {value}.',
    minLength: '{field} needs at least {value} characters. Write more.',
    maxLength: '{field} may have at most {value} characters. Shorten it.',
    pattern: '{field} has the wrong form; it must match {value}.',
    format: '{field} must be {value}.',
    minimum: '{field} must not be less than {value}.',
    maximum: '{field} must not be more than {value}.',
    exclusiveMinimum: '{field} must be more than {value}.',
    exclusiveMaximum: '{field} must be less than {value}.',
    multipleOf: '{field} must be a multiple of {value}.',
    minItems: '{field} needs at least {value} items. Add some.',
    maxItems: '{field} may have at most {value} items. Send them in parts.',
    uniqueItems: '{field} has the same item twice. Remove one.',
    additionalProperties: 'There is no field {field}. Remove it.',
    other: '{field} matches none of the allowed forms. Compare it with /api/openapi.json.',
  },
}

const whole = { zh: '提交的内容', en: 'The request' }
const parts: Readonly<Record<string, Record<Language, string>>> = {
  body: { zh: '提交的内容', en: 'The request body' },
  querystring: { zh: '网址中的参数', en: 'The query' },
  params: { zh: '网址中的路径', en: 'The path' },
  headers: { zh: '请求头', en: 'The headers' },
}

// A thousand wrong items in one list need not make a thousand sentences.
const mostFaults = 20

/** Turns the schema checker's errors into one sentence per field, in the order in which they were found. `part` is where fastify looked. */
export function explainFaults(errors: readonly FastifySchemaValidationError[], part: string | undefined, language: Language): Fault[] {
  const faults = new Map<string, Fault>()
  for (const error of settleUnions(errors)) {
    const field = fieldOf(error)
    if (faults.has(field) || faults.size >= mostFaults) continue
    faults.set(field, { field, sentence: sentenceOf(error, labelOf(field, part, language), language) })
  }
  return [...faults.values()]
}

function labelOf(field: string, part: string | undefined, language: Language): string {
  if (field !== '') return language === 'zh' ? `「${field}」` : `“${field}”`
  return (parts[part ?? 'body'] ?? whole)[language]
}

/** Where the checker puts the bound or the choices, by keyword. */
const valueNames = ['allowedValues', 'allowedValue', 'limit', 'type', 'format', 'pattern', 'multipleOf']

function sentenceOf({ keyword, params }: FastifySchemaValidationError, field: string, language: Language): string {
  const value = valueNames.map((name) => params[name]).find((found) => found !== undefined)
  const words = (Array.isArray(value) ? value : [value]).map((one) => names[language][String(one)] ?? String(one))
  const between = keyword === 'type' ? { zh: '或', en: ' or ' } : { zh: '、', en: ', ' }
  const kind = keyword === 'minLength' && value === 1 ? 'empty' : keyword
  const template = sentences[language][kind] ?? sentences[language]['other'] ?? ''
  // As functions, because a pattern may hold `$&`, which a replacement text would read as an order.
  return template.replace('{field}', () => field).replace('{value}', () => words.join(between[language]))
}

/** The same faults as parameters of a refusal: field to sentence. */
export function faultDetails(faults: readonly Fault[]): RefusalParams {
  return Object.fromEntries(faults.map(({ field, sentence }) => [field, sentence]))
}

function fieldOf(error: FastifySchemaValidationError): string {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const extra = error.params['missingProperty'] ?? error.params['additionalProperty']
  return [...path, ...(typeof extra === 'string' ? [extra] : [])].join('.')
}

/** The checker reports every branch of a union. Keep the branch that was meant; when no branch can be told, keep the union's own error. */
function settleUnions(errors: readonly FastifySchemaValidationError[]): FastifySchemaValidationError[] {
  let left = [...errors]
  for (const union of errors.filter((error) => error.keyword === 'oneOf' || error.keyword === 'anyOf')) {
    const prefix = `${union.schemaPath}/`
    const inside = left.filter((error) => error.schemaPath.startsWith(prefix))
    if (inside.length === 0) continue
    const branchOf = (error: FastifySchemaValidationError): string => error.schemaPath.slice(prefix.length).split('/')[0] ?? ''
    const refused = new Set(inside.filter((error) => error.keyword === 'const' || error.params['type'] === 'null').map(branchOf))
    const meant = [...new Set(inside.map(branchOf))].filter((branch) => !refused.has(branch))
    const kept = inside.filter((error) => branchOf(error) === meant[0])
    left = left.filter((error) => error !== union && !inside.includes(error))
    if (meant.length === 1) left.push(...kept)
    else left.push(meant.length === 0 ? unknownKind(union, inside) : union)
  }
  return left
}

function unknownKind(union: FastifySchemaValidationError, inside: readonly FastifySchemaValidationError[]): FastifySchemaValidationError {
  const consts = inside.filter((error) => error.keyword === 'const')
  const first = consts[0]
  if (!first) return union
  return { ...first, keyword: 'enum', params: { allowedValues: [...new Set(consts.map((error) => error.params['allowedValue']))] } }
}
