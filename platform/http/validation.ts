import AjvCompiler from '@fastify/ajv-compiler'
import type { FastifySchemaCompiler } from 'fastify'

type Node = Record<string, unknown>

/**
 * Checks requests against the contracts. Addresses are text, so their values are converted ('20' for a number); a JSON body is taken
 * literally, because conversion would turn null into an empty text. All faults are reported, so that a form can mark every field at once.
 */
export function requestChecks(): FastifySchemaCompiler<unknown> {
  // Its own types say that it takes the schema alone; what it takes is the route's definition.
  const build = AjvCompiler() as unknown as (shared: object, options: { customOptions: object }) => FastifySchemaCompiler<unknown>
  const converting = build({}, { customOptions: { coerceTypes: 'array', useDefaults: true, removeAdditional: false, allErrors: true } })
  const literal = build({}, { customOptions: { coerceTypes: false, useDefaults: true, removeAdditional: true, allErrors: true } })
  return (route) => (route.httpPart === 'body' ? literal({ ...route, schema: withoutStrangers(route.schema as Node) }) : converting(route))
}

/**
 * Marks plain objects so that fields outside the contract are dropped before a command can see them. Unions are left alone: the checker
 * would drop, while trying one branch, what the next one needs.
 */
function withoutStrangers(schema: Node): Node {
  const copy = { ...schema }
  const properties = copy['properties']
  if (isNode(properties)) {
    copy['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, isNode(inner) ? withoutStrangers(inner) : inner]),
    )
    copy['additionalProperties'] ??= false
  }
  if (isNode(copy['items'])) copy['items'] = withoutStrangers(copy['items'])
  return copy
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
