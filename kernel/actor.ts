import type { LocalDate } from './clock.ts'

/** A post: person × organisation × role × territory × period. Rights come from posts only. */
export interface Post {
  readonly id: string
  readonly organisationId: string
  readonly role: string
  /** Area code that the post covers; `''` covers every area. */
  readonly areaCode: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
}

/** Who acts. `system` is the platform itself (sweeps, reactions); `public` is a caller without an account. */
export interface Actor {
  readonly kind: 'person' | 'system' | 'public'
  readonly personId: string | null
  readonly name: string
  /** Posts in force now. */
  readonly posts: readonly Post[]
  /** The key by which the system of a department acts; nobody else has one. */
  readonly keyId?: string
}

export const publicActor: Actor = { kind: 'public', personId: null, name: '', posts: [] }

/** The platform acting by its own rules, under the name of the rule. */
export function systemActor(name: string): Actor {
  return { kind: 'system', personId: null, name, posts: [] }
}
