import type { Actor, Post } from '#kernel/actor.ts'
import { codeDigits, liesWithin } from '#kernel/codes.ts'
import type { Scope } from '../lifecycle.ts'

/**
 * Who may do what, where. Rights come from posts: a role's grants, each with a scope, laid over the territory and the organisation of
 * the post. Both twins, `may` here and the SQL of `visible` (policy/store.ts), compile from the same reaches.
 */

/** One row of people.role_permission. */
export interface Grant {
  readonly role: string
  readonly permission: string
  readonly scope: Scope
}

/** What a right is asked about. What is not known (a call not yet located) is covered by no limited scope. */
export interface Subject {
  /** Without it, the district is read from `areaCode`. */
  readonly districtCode?: string | null | undefined
  readonly areaCode?: string | null | undefined
  /** Organisations that hold the subject. */
  readonly organisationIds?: readonly string[] | undefined
}

/** How far one permission of one actor goes: a union, so one reach that covers is enough. */
export type Reach =
  | { readonly kind: 'everywhere' }
  /** `prefix` is a district's code, or a city's, which stands for all its districts. */
  | { readonly kind: 'district'; readonly prefix: string }
  | { readonly kind: 'area'; readonly prefix: string }
  | { readonly kind: 'organisation'; readonly id: string }

const everywhere: Reach = { kind: 'everywhere' }

/** Scopes by role and permission, built once from the rows. */
export type Grants = ReadonlyMap<string, ReadonlyMap<string, readonly Scope[]>>

export function grantsOf(rows: readonly Grant[]): Grants {
  const byRole = Map.groupBy(rows, (row) => row.role)
  const scopesByPermission = (own: readonly Grant[]) =>
    new Map([...Map.groupBy(own, (row) => row.permission)].map(([permission, some]) => [permission, some.map((row) => row.scope)]))
  return new Map([...byRole].map(([role, own]) => [role, scopesByPermission(own)]))
}

/** The platform's own rules act everywhere; a caller without an account holds no right. */
export function reachesOf(grants: Grants, actor: Actor, permission: string): readonly Reach[] {
  if (actor.kind === 'system') return [everywhere]
  const found = new Map<string, Reach>()
  for (const post of actor.posts)
    for (const scope of grants.get(post.role)?.get(permission) ?? []) {
      const reach = reachOf(scope, post)
      if (reach.kind === 'everywhere') return [everywhere]
      found.set(JSON.stringify(reach), reach)
    }
  return [...found.values()]
}

function reachOf(scope: Scope, post: Post): Reach {
  switch (scope) {
    case 'city':
      return everywhere
    case 'district':
      return withPrefix('district', post.areaCode.slice(0, codeDigits.district))
    case 'area':
      return withPrefix('area', post.areaCode)
    case 'organisation':
      return { kind: 'organisation', id: post.organisationId }
  }
}

// A post without an area covers every area, also what has no place yet.
function withPrefix(kind: 'district' | 'area', prefix: string): Reach {
  return prefix === '' ? everywhere : { kind, prefix }
}

/** True when a reach covers the subject. */
export function covers(reach: Reach, subject: Subject): boolean {
  switch (reach.kind) {
    case 'everywhere':
      return true
    case 'district':
      return liesWithin(subject.districtCode ?? subject.areaCode ?? '', reach.prefix)
    case 'area':
      return liesWithin(subject.areaCode ?? '', reach.prefix)
    case 'organisation':
      return subject.organisationIds?.includes(reach.id) ?? false
  }
}

/** One right as a screen needs it to decide what to show. `areaCode` and `organisationId` are those of the post that gives it. */
export interface Right {
  readonly permission: string
  readonly scope: Scope
  readonly areaCode: string
  readonly organisationId: string
}

/** Everything that the actor's posts give, without repeats. */
export function rightsOf(grants: Grants, actor: Actor): Right[] {
  const found = new Map<string, Right>()
  for (const { role, areaCode, organisationId } of actor.posts)
    for (const [permission, scopesOfIt] of grants.get(role) ?? [])
      for (const scope of scopesOfIt) {
        const right: Right = { permission, scope, areaCode, organisationId }
        found.set(JSON.stringify(right), right)
      }
  return [...found.values()]
}

/** Names of the columns that say where a row belongs. A column that is not named is covered by no limited scope that needs it. */
export interface ResourceColumns {
  /** Without it, the district is read from `areaCode`. */
  readonly districtCode?: string
  readonly areaCode?: string
  readonly organisationId?: string
  /** An array column, where several organisations hold a row. */
  readonly organisationIds?: string
}

const resources = new Map<string, ResourceColumns>()

/** Contexts call this at composition, so that whoever lists rows of a resource finds its columns without importing upwards. */
export function registerResource(name: string, columns: ResourceColumns): void {
  const known = resources.get(name)
  if (known && JSON.stringify(known) !== JSON.stringify(columns)) throw new Error(`resource ${name} is registered twice with different columns`)
  resources.set(name, columns)
}

/** Columns of a registered resource, each written `alias.column` when its table has an alias in the query. */
export function columnsOf(name: string, alias?: string): ResourceColumns {
  const columns = resources.get(name)
  if (!columns) throw new Error(`resource ${name} is not registered; call registerResource at composition`)
  if (alias === undefined) return columns
  return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, `${alias}.${column}`]))
}
