import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Tx } from '#platform/database/database.ts'
import { peopleTx } from '../store.ts'
import { columnsOf, covers, grantsOf, reachesOf, rightsOf, type Grant, type Reach, type ResourceColumns, type Right, type Subject } from './policy.ts'

/** The rows of people.role_permission as questions. */
export interface Policy {
  /** May this actor do it to this subject? Without a subject: to anything at all. */
  may(actor: Actor, permission: string, subject?: Subject): boolean
  /** The same answer as a predicate for `where`. `resource` is a registered name or the columns themselves. */
  visible(actor: Actor, permission: string, resource: string | ResourceColumns, alias?: string): RawBuilder<boolean>
  /** All that the actor holds, for screens. */
  rights(actor: Actor): Right[]
}

export async function loadPolicy<T>(tx: Tx<T>): Promise<Policy> {
  const rows = await peopleTx(tx).selectFrom('people.rolePermission').selectAll().orderBy('role').orderBy('permission').orderBy('scope').execute()
  return policyOf(rows)
}

export function policyOf(rows: readonly Grant[]): Policy {
  const grants = grantsOf(rows)
  return {
    may: (actor, permission, subject) => {
      const reaches = reachesOf(grants, actor, permission)
      return subject === undefined ? reaches.length > 0 : reaches.some((reach) => covers(reach, subject))
    },
    visible: (actor, permission, resource, alias) =>
      anyOf(reachesOf(grants, actor, permission), typeof resource === 'string' ? columnsOf(resource, alias) : resource),
    rights: (actor) => rightsOf(grants, actor),
  }
}

function anyOf(reaches: readonly Reach[], columns: ResourceColumns): RawBuilder<boolean> {
  const parts = reaches.map((reach) => predicate(reach, columns)).filter((part) => part !== undefined)
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`
}

// Twin of `covers`. A null column gives null, which `where` takes for no. Prefixes are digits (checked on people.post), so `like` needs
// no escape; with code-point collation, ours, it reads a plain index.
function predicate(reach: Reach, columns: ResourceColumns): RawBuilder<boolean> | undefined {
  switch (reach.kind) {
    case 'everywhere':
      return sql<boolean>`true`
    case 'district':
      if (columns.districtCode === undefined) return startsWith(columns.areaCode, reach.prefix)
      // Equality lets the planner, and a distributed database, go to one district.
      if (reach.prefix.length === codeDigits.district) return sql<boolean>`${sql.ref(columns.districtCode)} = ${reach.prefix}`
      return startsWith(columns.districtCode, reach.prefix)
    case 'area':
      return startsWith(columns.areaCode, reach.prefix)
    case 'organisation':
      if (columns.organisationIds !== undefined) return sql<boolean>`${sql.ref(columns.organisationIds)} @> array[${reach.id}]::uuid[]`
      return columns.organisationId === undefined ? undefined : sql<boolean>`${sql.ref(columns.organisationId)} = ${reach.id}`
  }
}

function startsWith(column: string | undefined, prefix: string): RawBuilder<boolean> | undefined {
  return column === undefined ? undefined : sql<boolean>`${sql.ref(column)} like ${`${prefix}%`}`
}
