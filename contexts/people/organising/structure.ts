/** Which organisations may stand below and beside which: rules of the tree. */
import { codeDigits, levelOfCode, liesWithin } from '#kernel/codes.ts'
import type { Refusal } from '#kernel/refusal.ts'
import type { OrganisationKind, TieKind } from '../lifecycle.ts'
import { refuse } from '../refusals.ts'

interface Placed {
  readonly kind: OrganisationKind
  readonly areaCode: string
}

/** What stands against founding an organisation of this kind there, below that parent. */
export function foundingRefusal({ kind, areaCode }: Placed, parent: Placed | null): Refusal | undefined {
  if (kind === 'internal_office' && (parent?.kind !== 'street_office' || !liesWithin(areaCode, parent.areaCode)))
    return refuse.officeNeedsStreet({}, 'parentId')
  const level = levelOfCode(areaCode)
  // 两级联勤: a district's team and a street's.
  if (kind === 'joint_team' && level !== 'district' && level !== 'street') return refuse.teamOfTwoLevels({}, 'areaCode')
  return undefined
}

/** What stands against tying `one` to `other`; of a joint team `one` is the team and `other` the member. */
export function tieRefusal(kind: TieKind, one: Placed, other: Placed): Refusal | undefined {
  return rules[kind](one, other)
}

const rules: Readonly<Record<TieKind, (one: Placed, other: Placed) => Refusal | undefined>> = {
  member: (one, other) => {
    if (one.kind !== 'joint_team') return refuse.tieNeedsTeam({}, 'organisationId')
    if (other.kind === 'joint_team' || other.kind === 'party_organisation') return refuse.notMember({}, 'otherId')
    return unlessNear(one, other)
  },
  party_of: (one, other) => {
    if (one.kind !== 'party_organisation') return refuse.tieNeedsParty({}, 'organisationId')
    return other.kind === 'party_organisation' ? refuse.besideAdministration({}, 'otherId') : unlessNear(one, other)
  },
  // A unit's party organisation reports where its members live, so the two may lie in different districts of one city.
  reports_to: (one, other) => {
    if (one.kind !== 'party_organisation') return refuse.tieNeedsParty({}, 'organisationId')
    if (other.kind !== 'community') return refuse.reportsToCommunity({}, 'otherId')
    return liesWithin(other.areaCode, one.areaCode.slice(0, codeDigits.city)) ? undefined : refuse.tieTooFar({}, 'otherId')
  },
}

function unlessNear(one: Placed, other: Placed): Refusal | undefined {
  const isNear = liesWithin(one.areaCode, other.areaCode) || liesWithin(other.areaCode, one.areaCode)
  return isNear ? undefined : refuse.tieTooFar({}, 'otherId')
}
