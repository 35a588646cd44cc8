import type { LocalDate } from '#kernel/clock.ts'
import { codeDigits, levelOfCode, liesWithin } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { OrganisationKind } from './lifecycle.ts'

/** Who answers for a matter at a place: the look-up behind every dispatch. Pure, over a directory held in memory. */

interface Period {
  readonly validFrom: LocalDate
  /** First day on which it no longer holds; null is open. */
  readonly validTo: LocalDate | null
}

export interface DirectoryOrganisation extends Period {
  readonly id: string
  readonly code: string
  readonly name: Wording
  readonly kind: OrganisationKind
  readonly lineOrBlock: 'line' | 'block'
  readonly functionCode: string | null
  /** The area it serves. */
  readonly areaCode: string
}

export interface DirectoryPost extends Period {
  readonly id: string
  readonly organisationId: string
  readonly personId: string
  readonly personName: string
  readonly role: string
  readonly areaCode: string
}

/** Organisations and posts of all periods, indexed for the look-ups below. */
export interface Directory {
  readonly organisations: ReadonlyMap<string, DirectoryOrganisation>
  readonly posts: ReadonlyMap<string, DirectoryPost>
  /** By the person's id. */
  readonly personNames: ReadonlyMap<string, string>
  readonly organisationsByArea: ReadonlyMap<string, readonly DirectoryOrganisation[]>
  readonly postsByOrganisation: ReadonlyMap<string, readonly DirectoryPost[]>
  readonly gridWorkersByArea: ReadonlyMap<string, readonly DirectoryPost[]>
}

/** Who leads, as the catalogue says it: a level, and the function (条) at that level or null for the territory itself (块). */
export interface Lead {
  readonly level: 'grid' | 'community' | 'street' | 'district'
  readonly functionCode: string | null
}

export type DutyRule = 'worker_of_the_grid' | 'community_of_the_grids' | 'function_of_the_area' | 'block_of_the_area'

export interface DutyHolder {
  readonly organisationId: string
  readonly organisationName: Wording
  /** Posts that may answer on that day, possibly none: then the organisation owes the answer and nobody is at the desk. */
  readonly postIds: readonly string[]
  /** `areaCode` is the area by which the holder was found. */
  readonly why: { readonly rule: DutyRule; readonly level: Lead['level']; readonly functionCode: string | null; readonly areaCode: string }
}

/** True from `validFrom` until the day before `validTo`. */
export function isInForce(period: Period, on: LocalDate): boolean {
  return period.validFrom <= on && (period.validTo === null || on < period.validTo)
}

export function directoryOf(organisations: readonly DirectoryOrganisation[], posts: readonly DirectoryPost[]): Directory {
  // One order for everybody: where the data name two holders, every machine chooses the same one.
  const ordered = organisations.toSorted((one, other) => compare(one.code, other.code))
  const orderedPosts = posts.toSorted((one, other) => compare(one.id, other.id))
  return {
    organisations: new Map(ordered.map((organisation) => [organisation.id, organisation])),
    posts: new Map(orderedPosts.map((post) => [post.id, post])),
    personNames: new Map(orderedPosts.map((post) => [post.personId, post.personName])),
    organisationsByArea: Map.groupBy(ordered, (organisation) => organisation.areaCode),
    postsByOrganisation: Map.groupBy(orderedPosts, (post) => post.organisationId),
    gridWorkersByArea: Map.groupBy(
      orderedPosts.filter((post) => post.role === 'grid_worker'),
      (post) => post.areaCode,
    ),
  }
}

/**
 * The organisation, and its posts, that must answer at `areaCode` on a day. Null when the place is too coarse for the level or nobody
 * holds the duty there: a dispatcher decides then, because work of a department must not slide down to a block by itself.
 */
export function resolveDutyHolder(directory: Directory, lead: Lead, areaCode: string, on: LocalDate): DutyHolder | null {
  const area = areaCode.slice(0, codeDigits[lead.level])
  // A caller often knows the community and not the grid. The community knows its grid workers, so their work goes to its desk.
  if (lead.level === 'grid' && levelOfCode(areaCode) === 'community') return communityHolder(directory, areaCode, on)
  if (levelOfCode(area) !== lead.level) return null
  return lead.level === 'grid' ? gridHolder(directory, lead, area, on) : organisationHolder(directory, lead, area, areaCode, on)
}

// A worker of this very grid first; then one who covers the whole community.
function gridHolder(directory: Directory, lead: Lead, grid: string, on: LocalDate): DutyHolder | null {
  for (const area of [grid, grid.slice(0, codeDigits.community)]) {
    const posts = (directory.gridWorkersByArea.get(area) ?? []).filter((post) => isInForce(post, on))
    for (const { organisationId } of posts) {
      const organisation = directory.organisations.get(organisationId)
      if (!organisation || !isInForce(organisation, on)) continue
      const postIds = posts.filter((post) => post.organisationId === organisationId).map((post) => post.id)
      return holder(organisation, postIds, { rule: 'worker_of_the_grid', ...lead, areaCode: area })
    }
  }
  return null
}

function communityHolder(directory: Directory, community: string, on: LocalDate): DutyHolder | null {
  const found = organisationHolder(directory, { level: 'community', functionCode: null }, community, community, on)
  return found && { ...found, why: { ...found.why, rule: 'community_of_the_grids' } }
}

const blockKind = { community: 'community', street: 'street_office', district: 'command_centre' } as const satisfies Record<string, OrganisationKind>

function organisationHolder(directory: Directory, lead: Lead, area: string, place: string, on: LocalDate): DutyHolder | null {
  const { level, functionCode } = lead
  if (level === 'grid') return null
  const organisation = directory.organisationsByArea.get(area)?.find((one) => {
    const fits =
      functionCode === null
        ? one.lineOrBlock === 'block' && one.kind === blockKind[level]
        : one.lineOrBlock === 'line' && one.functionCode === functionCode
    return fits && isInForce(one, on)
  })
  if (!organisation) return null
  const postIds = (directory.postsByOrganisation.get(organisation.id) ?? [])
    .filter((post) => post.role === 'handler' && isInForce(post, on) && liesWithin(place, post.areaCode))
    .map((post) => post.id)
  return holder(organisation, postIds, {
    rule: functionCode === null ? 'block_of_the_area' : 'function_of_the_area',
    level,
    functionCode,
    areaCode: area,
  })
}

function holder(organisation: DirectoryOrganisation, postIds: string[], why: DutyHolder['why']): DutyHolder {
  return { organisationId: organisation.id, organisationName: organisation.name, postIds, why }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
