/** Who may take part by a link, and for how long: building heads, villagers' representatives, property companies and owners' committees. */
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { liesWithin } from '#kernel/codes.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { isParticipantKind, type OrganisationKind } from '../lifecycle.ts'
import { refuse } from '../refusals.ts'

/** Role of a post that a link opens. */
export const participantRole = 'participant'

/** A link that nobody renews ends after a year at the latest, so that a forgotten one does not stay open. */
export const linkMaxDays = 366

/** What stands against a post of this role in an organisation of this kind: participants hold this role only, and nobody else holds it. */
export function participantRefusal(role: string, organisation: { kind: OrganisationKind; areaCode: string }, areaCode: string): Refusal | undefined {
  const isParticipant = isParticipantKind(organisation.kind)
  if (role === participantRole && !isParticipant) return refuse.notParticipant({}, 'organisationId')
  if (role !== participantRole && isParticipant) return refuse.participantsOnly({}, 'role')
  // Wider than the organisation's own area would let it report where it has no business.
  if (isParticipant && !liesWithin(areaCode, organisation.areaCode)) return refuse.outsideOrganisation({}, 'areaCode')
  return undefined
}

interface LinkedPost {
  readonly role: string
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
}

/** What stands against a link of this post until that day. */
export function linkRefusal({ role, validTo }: LinkedPost, validUntil: LocalDate, today: LocalDate): Refusal | undefined {
  if (role !== participantRole) return refuse.linkForParticipants()
  if (validTo !== null && validTo <= today) return refuse.postOver()
  return untilRefusal(validUntil, today)
}

/** What stands against the last day of a link. */
export function untilRefusal(validUntil: LocalDate, today: LocalDate): Refusal | undefined {
  if (validUntil < today) return refuse.linkInPast({}, 'validUntil')
  if (validUntil > addDays(today, linkMaxDays)) return refuse.linkTooLong({ days: linkMaxDays }, 'validUntil')
  return undefined
}

/** True while a link may be opened and its sessions go on: through its last day, until it is revoked. */
export function isOpen(link: { readonly validUntil: LocalDate; readonly revokedAt: string | null }, on: LocalDate): boolean {
  return link.revokedAt === null && on <= link.validUntil
}
