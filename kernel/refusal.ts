/** A refusal is an expected "no" with a code, so that people read it in their language and programs can act on it. */

export type Language = 'zh' | 'en'
/** Wording of a rule or name: Chinese always, English where somebody wrote it. */
export interface Wording {
  readonly zh: string
  readonly en?: string | undefined
}

export interface RefusalKind {
  /** HTTP status: 400 bad input, 401 not signed in, 403 not yours, 404 not there or not visible, 409 conflict, 422 rule says no, 429 too many, 503 not now. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503
  /** `{name}` is replaced by the parameter of that name. The sentence names the fix. */
  readonly zh: string
  readonly en: string
}

export type RefusalParams = Readonly<Record<string, string | number>>

/** Thrown by commands and mapped once to a problem document. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly code: string
  readonly kind: RefusalKind
  readonly params: RefusalParams
  readonly field: string | undefined

  constructor(code: string, kind: RefusalKind, params: RefusalParams, field?: string) {
    super(`${code}: ${fill(kind.en, params)}`)
    this.name = 'Refusal'
    this.code = code
    this.kind = kind
    this.params = params
    this.field = field
  }

  /** The sentence for a person. */
  text(language: Language): string {
    return fill(this.kind[language], this.params)
  }
}

function fill(template: string, params: RefusalParams): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

/** Builds a context's refusals: `refuse.unknownYear({ year: 2027 })` makes the refusal `catalogue.unknownYear`. */
export function refusals<const K extends Record<string, RefusalKind>>(
  context: string,
  kinds: K,
): { readonly [N in keyof K]: (params?: RefusalParams, field?: string) => Refusal } {
  const made: Record<string, (params?: RefusalParams, field?: string) => Refusal> = {}
  for (const [name, kind] of Object.entries(kinds)) made[name] = (params = {}, field) => new Refusal(`${context}.${name}`, kind, params, field)
  return made as { readonly [N in keyof K]: (params?: RefusalParams, field?: string) => Refusal }
}
