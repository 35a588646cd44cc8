import { addDays, localDate, type LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { packCursor, unpackCursor, type Page } from '#kernel/page.ts'
import { inTransaction, sql, type Tx } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { directoryOf, type Directory } from './duty.ts'
import { rolesOfThings, type FactorDemand, type OrganisationKind } from './lifecycle.ts'
import { formerNames, listTies as tiesOf, type ListedTie } from './organising/store.ts'
import type { FormerName } from './organising/tie-row.ts'
import type { Policy } from './policy/store.ts'
import { listKeys as keysOf, type ListedKey } from './keys/store.ts'
import { refuse } from './refusals.ts'
import { ruleOn } from './second-factor/demand.ts'
import { countRecoveryCodes, readFactorRules } from './second-factor/store.ts'
import { signInSettings } from './sign-in/settings.ts'
import { listPersons as personsOf, listRoles as rolesOf, type ListedPerson } from './staffing/store.ts'
import { listStandIns, standingAt, type Standing } from './stand-in/questions.ts'
import * as store from './store.ts'

/** All organisations and posts with the names of their persons, indexed for `resolveDutyHolder`. */
export async function loadDirectory<T>(tx: Tx<T>): Promise<Directory> {
  const own = store.peopleTx(tx)
  const [organisations, posts] = await Promise.all([store.allOrganisations(own), store.allPosts(own)])
  return directoryOf(organisations, posts)
}

type Asking = Pick<Doing, 'database' | 'clock' | 'actor'>

interface Paging {
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Organisations that the actor may see, by code. */
export async function listOrganisations(
  { database, actor }: Asking,
  policy: Policy,
  { cursor, limit, ...filter }: Paging & { kind?: OrganisationKind | undefined; within?: string | undefined; q?: string | undefined },
): Promise<Page<NamedOrganisation>> {
  const visible = policy.visible(actor, 'people.read', store.organisationColumns)
  const after = readCursor(cursor)
  const rows = await inTransaction<store.PeopleTables, NamedOrganisation[]>(database, async (tx) => {
    const found = await store.listOrganisations(tx, visible, { ...filter, after, limit: limit + 1 })
    const former = Map.groupBy(
      await formerNames(
        tx,
        found.map((row) => row.id),
      ),
      (name) => name.organisationId,
    )
    return found.map((row) => ({ ...row, formerNames: former.get(row.id) ?? [] }))
  })
  return pageOf(rows, limit, (row) => row.code)
}

/** An organisation with the names that it bore before. */
export interface NamedOrganisation extends store.ListedOrganisation {
  readonly formerNames: FormerName[]
}

/** Ties of organisations that the actor may see, in force today. */
export async function listTies({ database, clock, actor }: Asking, policy: Policy, within: string | undefined): Promise<ListedTie[]> {
  const visible = policy.visible(actor, 'people.read', store.organisationColumns)
  const on = localDate(clock.now(), signInSettings.timeZone)
  return inTransaction<store.PeopleTables, ListedTie[]>(database, (tx) => tiesOf(tx, visible, { within: within ?? '', on }))
}

/** A post with whoever stands in there. */
export interface StoodPost extends store.ListedPost {
  readonly standIn: Standing | null
}

/** Posts that the actor may see, in the order in which they were made. */
export async function listPosts(
  { database, clock, actor }: Asking,
  policy: Policy,
  { cursor, limit, inForce, ...filter }: Paging & Omit<store.PostFilter, 'on' | 'after' | 'limit'> & { inForce: boolean },
): Promise<Page<StoodPost>> {
  const visible = policy.visible(actor, 'people.read', store.postColumns)
  const on: LocalDate | undefined = inForce ? localDate(clock.now(), signInSettings.timeZone) : undefined
  const after = readCursor(cursor, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  const rows = await inTransaction<store.PeopleTables, store.ListedPost[]>(database, (tx) =>
    store.listPosts(tx, visible, { ...filter, on, after, limit: limit + 1 }),
  )
  const page = pageOf(rows, limit, (row) => row.id)
  const standing = await standingAt(
    { database, clock },
    page.items.map(({ id }) => id),
  )
  return { ...page, items: page.items.map((post) => ({ ...post, standIn: standing.get(post.id) ?? null })) }
}

/** Persons whose accounts the actor may manage, by staff number. A lock that has run out is not shown. */
export async function listPersons(
  { database, clock, actor }: Asking,
  policy: Policy,
  { cursor, limit, q }: Paging & { q?: string | undefined },
): Promise<Page<ListedPerson>> {
  const visible = policy.visible(actor, 'people.edit', store.postColumns)
  const after = readCursor(cursor)
  const now = clock.now()
  const rows = await inTransaction<store.PeopleTables, ListedPerson[]>(database, (tx) => personsOf(tx, visible, { q, after, limit: limit + 1 }))
  const shown = rows.map((row) => ({ ...row, lockedUntil: row.lockedUntil !== null && row.lockedUntil > now ? row.lockedUntil : null }))
  return pageOf(shown, limit, (row) => row.code)
}

/** Roles that a person can hold, with their names and what they may do. */
export async function listRoles({ database }: Pick<Asking, 'database'>) {
  const roles = await inTransaction<store.PeopleTables, Awaited<ReturnType<typeof rolesOf>>>(database, rolesOf)
  return roles.filter(({ code }) => !rolesOfThings.includes(code))
}

const COLLEAGUES = 10

/** Work of a unit, and of it what names one post; counted by whoever keeps the work. */
export interface WorkCounts {
  readonly openWork: (organisationId: string) => Promise<number>
  readonly namedWork: (postId: string) => Promise<number>
}

/** What stays with the organisation when a post ends, and who can go on with it. Refuses a post that the actor may not end. */
export async function postWork({ database, clock, actor }: Asking, policy: Policy, work: WorkCounts, postId: string) {
  const on = localDate(clock.now(), signInSettings.timeZone)
  const { post, same } = await inTransaction(database, async (tx: Tx<store.PeopleTables>) => {
    const [found] = await store.postsByIds(tx, [postId])
    const subject = { areaCode: found?.areaCode, organisationIds: found ? [found.organisationId] : [] }
    if (!found || !policy.may(actor, 'people.read', subject)) throw refuse.noSuchPost()
    if (!policy.may(actor, 'people.edit', subject)) throw refuse.notYours({ permission: 'people.edit' })
    const filter = { organisationId: found.organisationId, role: found.role, on, limit: 200 }
    return { post: found, same: await store.listPosts(tx, sql<boolean>`true`, filter) }
  })
  const names = [...new Map(same.filter((one) => one.personId !== post.personId).map((one) => [one.personId, one.personName])).values()]
  const [unit, named] = [await work.openWork(post.organisationId), await work.namedWork(post.id)]
  return { unit, named, colleagues: names.slice(0, COLLEAGUES), others: names.length }
}

/** A post of the actor, or one at which the actor stands in until a day. */
export interface HeldPost extends store.ListedPost {
  readonly areaName: Wording | null
  readonly standInUntil: LocalDate | null
}

/** The actor's posts with their names, the own ones first. */
export async function postsOfActor(asking: Asking, areaName: (code: string) => Wording | null): Promise<HeldPost[]> {
  const { database, actor } = asking
  const ids = actor.posts.map((post) => post.id)
  const rows = await inTransaction<store.PeopleTables, store.ListedPost[]>(database, (tx) => store.postsByIds(tx, ids))
  const isOwn = (post: store.ListedPost): boolean => post.personId === actor.personId
  const taken = rows.every(isOwn) ? [] : await listStandIns(asking)
  const untilOf = ({ id }: store.ListedPost): LocalDate | null => {
    const standIn = taken.find((one) => one.postId === id && one.personId === actor.personId)
    return standIn ? addDays(standIn.validTo, -1) : null
  }
  const shown = rows.map((post) => ({ ...post, areaName: areaName(post.areaCode), standInUntil: isOwn(post) ? null : untilOf(post) }))
  return [...shown.filter(isOwn), ...shown.filter((post) => !isOwn(post))]
}

/** Recovery codes of an account that were not used yet. */
export function recoveryCodesLeft({ database }: Pick<Asking, 'database'>, accountId: string): Promise<number> {
  return inTransaction<store.PeopleTables, number>(database, (tx) => countRecoveryCodes(tx, accountId))
}

/** Keys of departments' systems that the actor may manage. */
export function listKeys({ database, actor }: Asking, policy: Policy): Promise<ListedKey[]> {
  const visible = policy.visible(actor, 'people.keys', store.postColumns)
  return inTransaction<store.PeopleTables, ListedKey[]>(database, (tx) => keysOf(tx, visible))
}

interface RoleDemand {
  role: string
  roleName: Wording
  demand: FactorDemand
  next: { demand: FactorDemand; effectiveFrom: LocalDate } | null
}

/** What is asked of each role today, and the next change of it. */
export async function listFactorRules({ database, clock }: Pick<Asking, 'database' | 'clock'>): Promise<RoleDemand[]> {
  const on = localDate(clock.now(), signInSettings.timeZone)
  return inTransaction<store.PeopleTables, RoleDemand[]>(database, async (tx) => {
    const [roles, rules] = await Promise.all([rolesOf(tx), readFactorRules(tx)])
    return roles
      .filter(({ code }) => !rolesOfThings.includes(code))
      .map(({ code, name }) => {
        const next = rules.find((rule) => rule.role === code && rule.effectiveFrom > on)
        return {
          role: code,
          roleName: name,
          demand: ruleOn(rules, code, on)?.demand ?? 'none',
          next: next ? { demand: next.demand, effectiveFrom: next.effectiveFrom } : null,
        }
      })
  })
}

function readCursor(cursor: string | undefined, shape = /./): string | undefined {
  if (cursor === undefined) return undefined
  const [key] = unpackCursor(cursor) ?? []
  if (typeof key !== 'string' || !shape.test(key)) throw refuse.badCursor({}, 'cursor')
  return key
}

// One row more than asked for tells whether there is a next page.
function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, cursor: rows.length > limit && last ? packCursor([keyOf(last)]) : null }
}
