import type { Instant, LocalDate } from '#kernel/clock.ts'

/** A link to a participant's post (people.post_link); `validUntil` is its last day. */
export interface PostLink {
  id: string
  postId: string
  tokenHash: string
  validUntil: LocalDate
  createdAt: Instant
  createdBy: string | null
  lastOpenedAt: Instant | null
  revokedAt: Instant | null
}

export interface LinkTables {
  'people.postLink': PostLink
  'people.linkSession': { tokenHash: string; linkId: string; createdAt: Instant; lastSeenAt: Instant; expiresAt: Instant }
}
