/** What the matters of a file change: which versions are new, which drafts they replace, which former versions end. */
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { textOf, type MatterVersion } from './catalogue.ts'
import type { MatterEntry } from './catalogue-file.ts'
import { delegatedOn, type Delegation } from './delegating/delegation.ts'
import { asPeriod, versionOf } from './drafting.ts'
import { MatterText, matterKey, matterTitle, sameText } from './matter.ts'
import { overlapRefusals } from './overlap.ts'
import { placeVersion, publishingRefusals } from './publishing.ts'

export type Was = 'added' | 'changed' | 'unchanged'

export interface MatterPlan {
  readonly changes: readonly Was[]
  readonly newMatters: readonly { id: string; standard: string; kind: MatterVersion['kind']; code: string }[]
  readonly newVersions: readonly MatterVersion[]
  /** Drafts that new ones replace under the same id. */
  readonly replacedDrafts: readonly string[]
  /** Former versions with their last day and status. */
  readonly ended: readonly MatterVersion[]
}

interface MatterChange {
  /** Versions as they are after the change; the new one first. */
  readonly touched: readonly MatterVersion[]
  readonly was: Was
}

const nothing: MatterChange = { touched: [], was: 'unchanged' }

/** The catalogue as it is before the file. */
export interface MattersBefore {
  readonly versions: readonly MatterVersion[]
  readonly delegations: readonly Delegation[]
}

/** The id of a matter by its key: its own, or for a matter of the file that is new the one that it gets. Undefined where neither knows it. */
export type MatterIds = (key: string) => string | undefined

export function matterIdsOf(entries: readonly MatterEntry[], existing: readonly MatterVersion[]): MatterIds {
  const known = new Map(existing.map((version) => [matterKey(version), version.matterId]))
  const made = new Map(entries.map((entry) => [matterKey(entry), newId()]))
  return (key) => known.get(key) ?? made.get(key)
}

/** Works through the entries by their first day; what stands against one is added to `problems`. */
export function planMatters(
  entries: readonly MatterEntry[],
  { versions: existing, delegations }: MattersBefore,
  idOf: MatterIds,
  today: LocalDate,
  problems: Refusal[],
): MatterPlan {
  const byKey = Map.groupBy(existing, matterKey)
  const before = new Map(existing.map((version) => [version.id, version]))
  const after = new Map(before)
  const newMatters: MatterPlan['newMatters'][number][] = []
  // Earlier days first, so that a later version of the same file ends the earlier one.
  const firstDay = (entry: MatterEntry): number => Number((entry.effectiveFrom ?? today).replaceAll('-', ''))
  const inOrder = entries.toSorted((a, b) => firstDay(a) - firstDay(b))
  const changes = collect(problems, inOrder, (entry) => {
    const own = byKey.get(matterKey(entry)) ?? []
    const change = planMatter({ entry, own, matterId: idOf(matterKey(entry)) }, delegations, today)
    const { standard, kind, code } = entry
    const [made] = change.touched
    if (own.length === 0 && made) newMatters.push({ id: made.matterId, standard, kind, code })
    for (const version of change.touched) after.set(version.id, version)
    const touched = new Set(change.touched.map((version) => version.id))
    byKey.set(matterKey(entry), [...own.filter((version) => !touched.has(version.id)), ...change.touched])
    return change
  })
  const written = [...after.values()].filter((version) => before.get(version.id) !== version)
  const published = (versions: Iterable<MatterVersion>): MatterVersion[] => [...versions].filter((version) => version.status === 'published')
  problems.push(...overlapRefusals(published(written.filter((version) => !before.has(version.id))), published(after.values())))
  const isNew = (version: MatterVersion): boolean => !before.has(version.id) || version.status === 'draft'
  return {
    changes: changes.map((change) => change.was),
    newMatters,
    newVersions: written.filter(isNew),
    replacedDrafts: written.filter((version) => version.status === 'draft' && before.has(version.id)).map((version) => version.id),
    ended: written.filter((version) => !isNew(version)),
  }
}

interface EntryOfMatter {
  readonly entry: MatterEntry
  readonly own: readonly MatterVersion[]
  readonly matterId: string | undefined
}

function planMatter(one: EntryOfMatter, delegations: readonly Delegation[], today: LocalDate): MatterChange {
  return one.entry.status === 'draft' ? planDraft(one) : planPublished(one, delegations, today)
}

function planDraft({ entry, own, matterId }: EntryOfMatter): MatterChange {
  // A directory that is loaded again must not empty what people have written since.
  if (entry.conditions.length === 0 && own.length > 0) return nothing
  const draft = own.find((version) => version.status === 'draft')
  if (draft && says(draft, entry) && draft.effectiveFrom === entry.effectiveFrom) return nothing
  const version = versionOf(entry, own, { id: draft?.id, matterId, number: draft?.number, rowVersion: (draft?.rowVersion ?? 0) + 1 })
  return { touched: [version], was: draft ? 'changed' : 'added' }
}

function planPublished({ entry, own, matterId }: EntryOfMatter, delegations: readonly Delegation[], today: LocalDate): MatterChange {
  const published = own.filter((version) => version.status === 'published').map(asPeriod)
  const from = entry.effectiveFrom ?? today
  const covering = published.find((one) =>
    entry.effectiveFrom === null ? one.from <= from && (one.to === null || one.to > from) : one.from === from,
  )
  if (covering && says(covering.version, entry)) return nothing
  const [problem] = publishingRefusals(MatterText.parse(entry), delegatedOn(delegations, matterId, from))
  if (problem) throw problem
  const { to, ended } = placeVersion(matterTitle(entry), { from, to: entry.effectiveTo }, published, today)
  const version = { ...versionOf(entry, own, { matterId }), status: 'published' as const, effectiveFrom: from, effectiveTo: to }
  const former = ended.map(({ version: { version: one }, retired }) => ({
    ...one,
    status: retired ? ('retired' as const) : one.status,
    effectiveTo: from,
    rowVersion: one.rowVersion + 1,
  }))
  return { touched: [version, ...former], was: own.length === 0 ? 'added' : 'changed' }
}

function says(version: MatterVersion, entry: MatterEntry): boolean {
  return sameText(textOf(version), MatterText.parse(entry))
}

/** Runs `work` on every item and keeps refusals for later, so that one run tells how many there are. */
export function collect<A, B>(problems: Refusal[], items: readonly A[], work: (item: A) => B): B[] {
  return items.flatMap((item) => {
    try {
      return [work(item)]
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(error)
      return []
    }
  })
}
