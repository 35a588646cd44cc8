import type { Directory, DirectoryPost } from '#contexts/people/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { liesWithin } from '#kernel/codes.ts'

/** Who acts in the demonstration: posts of the directory as actors. `lot` is any number; the same number picks the same person. */
export interface Cast {
  /** Somebody of the unit that holds a case: the post named on it, else one whose area holds the place. */
  holder(organisationId: string, postId: string | null, areaCode: string, lot: number): Actor
  /** Somebody in this role whose area holds the place. */
  inRole(role: string, areaCode: string, lot: number): Actor
  /** Another unit that could take over: for the grassroots' own duty the street office, for anything else urban management or the district's centre. */
  otherUnit(organisationId: string, areaCode: string, isOwnDuty: boolean): string | undefined
}

/** Casts the directory's people. */
export function castOf(directory: Directory): Cast {
  const byPerson = Map.groupBy(directory.posts.values(), (post) => post.personId)
  const actorOf = (post: DirectoryPost | undefined, wanted: string): Actor => {
    if (!post) throw new RangeError(`nobody is ${wanted}`)
    const posts = byPerson.get(post.personId) ?? []
    // The post that acts stands first.
    return { kind: 'person', personId: post.personId, name: post.personName, posts: [post, ...posts.filter((other) => other !== post)] }
  }
  const pick = (posts: readonly DirectoryPost[], lot: number): DirectoryPost | undefined => posts[lot % Math.max(1, posts.length)]
  const all = [...directory.posts.values()].toSorted((a, b) => (a.personName < b.personName ? -1 : 1))
  return {
    holder: (organisationId, postId, areaCode, lot) => {
      const named = postId === null ? undefined : directory.posts.get(postId)
      const own = (directory.postsByOrganisation.get(organisationId) ?? []).filter((post) => ['handler', 'grid_worker'].includes(post.role))
      const near = own.filter((post) => liesWithin(areaCode, post.areaCode))
      return actorOf(named ?? pick(near, lot) ?? pick(own, lot), `at ${organisationId}`)
    },
    inRole: (role, areaCode, lot) => {
      const fits = all.filter((post) => post.role === role && (liesWithin(areaCode, post.areaCode) || liesWithin(post.areaCode, areaCode)))
      return actorOf(pick(fits, lot), `${role} for ${areaCode}`)
    },
    otherUnit: (organisationId, areaCode, isOwnDuty) => {
      const inDistrict = directory.organisationsByArea.get(areaCode.slice(0, 6)) ?? []
      const units = [
        isOwnDuty ? directory.organisationsByArea.get(areaCode.slice(0, 9))?.find((one) => one.kind === 'street_office') : undefined,
        inDistrict.find((one) => one.functionCode === 'urban_management'),
        inDistrict.find((one) => one.kind === 'command_centre'),
      ]
      return units.find((unit) => unit && unit.id !== organisationId)?.id
    },
  }
}
