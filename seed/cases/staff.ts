import type { Directory, DirectoryPost } from '#contexts/people/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { liesWithin } from '#kernel/codes.ts'

/** Who acts in the demonstration: posts of the directory as actors. `lot` is any number; the same number picks the same person. */
export interface Cast {
  /** Somebody of the unit that holds a case: the post named on it, else one whose area holds the place. */
  holder(organisationId: string, postId: string | null, areaCode: string, lot: number): Actor
  /** Somebody in this role whose area holds the place. */
  inRole(role: string, areaCode: string, lot: number): Actor
  /** Another unit that could take over: the street office for a department's or a community's case, the department of urban management otherwise. */
  otherUnit(organisationId: string, areaCode: string): string | undefined
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
    otherUnit: (organisationId, areaCode) => {
      const office = directory.organisationsByArea.get(areaCode.slice(0, 9))?.find((one) => one.kind === 'street_office')
      if (office && office.id !== organisationId) return office.id
      return directory.organisationsByArea.get(areaCode.slice(0, 6))?.find((one) => one.functionCode === 'urban_management')?.id
    },
  }
}
