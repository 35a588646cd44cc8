/** 代班: whose post may be handed to whom, and for how long. Standing in never joins what must stay in two pairs of hands. */
import type { Post } from '#kernel/actor.ts'
import { addDays, type LocalDate } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { isAdministratorRole } from '../administrators.ts'
import { rolesOfThings, type OrganisationKind } from '../lifecycle.ts'
import { participantRole } from '../participants/link.ts'
import { refuse } from '../refusals.ts'
import { STAND_IN_MOST_DAYS, stoodInRoles } from './lifecycle.ts'
import type { StandIn } from './stand-in-row.ts'

/** A post with its person and what is asked about its organisation. */
export interface SeatedPost extends Post {
  readonly personId: string
  readonly organisationKind: OrganisationKind
  readonly organisationArea: string
}

/** What somebody asks for; both days are days on which it holds. */
export interface StandInAsked {
  readonly personId: string
  readonly validFrom: LocalDate
  readonly validUntil: LocalDate
}

/**
 * True for somebody with these own posts who may stand in for that post: of the same organisation, or for a grid worker of the community or
 * one of its grids. Administrators see no case, so they stand in for nobody; nor does whoever comes in by a link or a key.
 */
export function isColleague(post: SeatedPost, own: readonly SeatedPost[]): boolean {
  const isShut = ({ role }: SeatedPost): boolean => isAdministratorRole(role) || role === participantRole || rolesOfThings.includes(role)
  return !own.some(isShut) && own.some((one) => one.organisationId === post.organisationId || sharesCommunity(post, one))
}

function sharesCommunity(post: SeatedPost, own: SeatedPost): boolean {
  if (post.role !== 'grid_worker' || post.areaCode.length < codeDigits.community) return false
  const community = post.areaCode.slice(0, codeDigits.community)
  if (own.role === 'grid_worker') return own.areaCode.startsWith(community)
  return own.organisationKind === 'community' && own.organisationArea === community
}

/** What a person has on a day: the own posts, and those stood in for. */
export interface HeldPosts {
  readonly own: readonly Post[]
  readonly stoodIn: readonly Post[]
}

/** Tells the two apart. Of the rows given, whatever the rules no longer allow is left out. */
export function postsHeldBy(personId: string, rows: readonly SeatedPost[]): HeldPosts {
  const own = rows.filter((row) => row.personId === personId)
  const stoodIn = rows.filter((row) => row.personId !== personId && isColleague(row, own))
  return { own: own.map(plain), stoodIn: stoodIn.map(plain) }
}

const plain = ({ id, organisationId, role, areaCode, validFrom, validTo }: SeatedPost): Post => ({
  id,
  organisationId,
  role,
  areaCode,
  validFrom,
  validTo,
})

/** What stands against a stand-in. `own` are the colleague's own posts, `others` the stand-ins of the same post that were not ended. */
export function standInRefusal(
  post: SeatedPost,
  asked: StandInAsked,
  facts: { today: LocalDate; own: readonly SeatedPost[]; hasAccount: boolean; others: readonly Pick<StandIn, 'validFrom' | 'validTo'>[] },
): Refusal | undefined {
  const { personId, validFrom, validUntil } = asked
  if (!stoodInRoles.includes(post.role)) return refuse.standInRole({}, 'postId')
  if (personId === post.personId) return refuse.standInForYourself({}, 'personId')
  if (facts.own.some(({ role }) => isAdministratorRole(role))) return refuse.standInAdministrator({}, 'personId')
  if (!facts.hasAccount || !isColleague(post, facts.own)) return refuse.standInNotColleague({}, 'personId')
  if (validFrom < facts.today) return refuse.standInPast({}, 'validFrom')
  if (validUntil < validFrom) return refuse.standInTurned({}, 'validUntil')
  if (validUntil >= addDays(validFrom, STAND_IN_MOST_DAYS)) return refuse.standInLong({ days: STAND_IN_MOST_DAYS }, 'validUntil')
  const other = facts.others.find((one) => one.validFrom <= validUntil && validFrom < one.validTo)
  return other && refuse.standInTaken({ from: other.validFrom, until: addDays(other.validTo, -1) }, 'validFrom')
}
