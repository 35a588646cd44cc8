import type { LocalDate } from '#kernel/clock.ts'

/**
 * 三员分立: accounts and structure, permissions, and logs are in three pairs of hands (GB/T 22239-2019 level 3, separation of
 * administrators' rights), so one person holds at most one of these roles on any day.
 */
export const administratorRoles = ['system_admin', 'security_admin', 'audit_admin'] as const

export interface HeldPost {
  readonly personId: string
  readonly role: string
  readonly validFrom: LocalDate
  /** First day on which the post is no longer in force; null is open. */
  readonly validTo: LocalDate | null
}

export function isAdministratorRole(role: string): boolean {
  return (administratorRoles as readonly string[]).includes(role)
}

/** The first person who would hold two different administrator roles on one day, with the two roles; undefined when nobody would. */
export function findAdministratorClash(posts: readonly HeldPost[]): { personId: string; roles: [string, string] } | undefined {
  const byPerson = new Map<string, HeldPost[]>()
  for (const post of posts) {
    if (!isAdministratorRole(post.role)) continue
    const held = byPerson.get(post.personId) ?? []
    const other = held.find((one) => one.role !== post.role && overlap(one, post))
    if (other) return { personId: post.personId, roles: [other.role, post.role] }
    byPerson.set(post.personId, [...held, post])
  }
  return undefined
}

function overlap(one: HeldPost, other: HeldPost): boolean {
  return beginsBeforeEndOf(one, other) && beginsBeforeEndOf(other, one) && !isEmpty(one) && !isEmpty(other)
}

function beginsBeforeEndOf(one: HeldPost, other: HeldPost): boolean {
  return other.validTo === null || one.validFrom < other.validTo
}

function isEmpty(post: HeldPost): boolean {
  return post.validTo !== null && post.validTo <= post.validFrom
}
