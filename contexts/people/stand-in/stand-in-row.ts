import type { Instant, LocalDate } from '#kernel/clock.ts'

/** Somebody who has another's post for some days (people.stand_in). */
export interface StandIn {
  id: string
  postId: string
  /** Who stands in. */
  personId: string
  validFrom: LocalDate
  /** First day on which it no longer holds. */
  validTo: LocalDate
  givenAt: Instant
  givenBy: string
  endedAt: Instant | null
}

export interface StandInTables {
  'people.standIn': StandIn
}
