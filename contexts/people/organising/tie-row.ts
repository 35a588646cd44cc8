import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { TieKind } from '../lifecycle.ts'

/** A name that an organisation bore until the day before `validTo`. */
export interface FormerName {
  organisationId: string
  validFrom: LocalDate
  validTo: LocalDate
  name: Wording
}

/** How two organisations stand to each other (people.organisation_tie). */
export interface Tie {
  id: string
  kind: TieKind
  organisationId: string
  otherId: string
  validFrom: LocalDate
  validTo: LocalDate | null
}

export interface OrganisingTables {
  'people.formerName': FormerName
  'people.organisationTie': Tie
}
