import { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { Problem } from './problem.ts'

type Json = Record<string, unknown>
/** Named shapes, and what each was made from, to tell a second use from another shape of the same name. */
interface Components {
  readonly shapes: Map<string, unknown>
  readonly sources: Map<string, string>
}

/** Describes the mounted contracts as OpenAPI 3.1. Every operation carries its id, its sentence and the permission it needs. */
export function describeApi(endpoints: readonly Endpoint[]): Json {
  const components: Components = { shapes: new Map(), sources: new Map() }
  shapeOf(Problem, 'output', 'Problem', components)
  const paths: Record<string, Json> = {}
  for (const contract of endpoints.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    paths[contract.path] = { ...paths[contract.path], [contract.method.toLowerCase()]: describeOperation(contract, components) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Huying 呼应',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Retries of a command carry the same UUID in the header Idempotency-Key and are answered like the first one. Accept-Language chooses zh (default) or en.',
    },
    paths,
    components: {
      schemas: Object.fromEntries([...components.shapes].sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Problem: { description: 'A problem document', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      },
    },
  }
}

function describeOperation(contract: Endpoint, components: Components): Json {
  const { id, method, summary, permission, params, query, body, reply } = contract
  const operation: Json = {
    operationId: id,
    summary,
    tags: [contract.path.split('/')[2] ?? 'platform'],
    'x-permission': permission,
    parameters: [...parametersOf(params, 'path', `${id}Path`, components), ...parametersOf(query, 'query', `${id}Query`, components)],
    responses: {
      200: {
        description: 'Done',
        content: { [contract.replyType ?? 'application/json']: { schema: shapeOf(reply, 'output', `${id}Reply`, components) } },
      },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
  if (method !== 'GET')
    operation['requestBody'] = { required: true, content: { 'application/json': { schema: shapeOf(body, 'input', `${id}Body`, components) } } }
  return operation
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query', name: string, components: Components): Json[] {
  const shape = shapeOf(schema, 'input', name, components)
  const required = new Set(shape['required'] as string[] | undefined)
  return Object.entries((shape['properties'] ?? {}) as Record<string, Json>).map(([parameter, inner]) => ({
    name: parameter,
    in: place,
    required: place === 'path' || required.has(parameter),
    schema: inner,
  }))
}

/**
 * JSON Schema of a contract's part. Shapes named by `.meta({ id })` and recursive ones become components. The part is wrapped in an object
 * first, so that a recursive reply points at a definition and not at the root, which in OpenAPI is the whole document.
 */
function shapeOf(schema: z.ZodType, io: 'input' | 'output', name: string, components: Components): Json {
  const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: schema }), { target: 'draft-2020-12', io }) as unknown as {
    properties: { it: Json }
    $defs?: Record<string, Json>
  }
  const names = new Map(
    Object.entries($defs).map(([key, shape]) => [`#/$defs/${key}`, componentName(key.replace(/^__schema/, name), shape, io, components)]),
  )
  const point = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(point)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string' ? `#/components/schemas/${names.get(inner) ?? inner}` : point(inner),
      ]),
    )
  }
  for (const [key, shape] of Object.entries($defs)) {
    const component = names.get(`#/$defs/${key}`)
    if (component !== undefined) components.shapes.set(component, point(shape))
  }
  return point(properties.it) as Json
}

/** What is sent and what is answered can differ under one name (defaults); the second one then says which it is. */
function componentName(name: string, shape: Json, io: 'input' | 'output', components: Components): string {
  const source = JSON.stringify(shape)
  const known = components.sources.get(name)
  if (known === undefined) components.sources.set(name, source)
  return known === undefined || known === source ? name : `${name}${io === 'input' ? 'Sent' : 'Answered'}`
}
