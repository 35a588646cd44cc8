import { loadDirectory } from '#contexts/people/index.ts'
import { localDate, type Clock, type LocalDate } from '#kernel/clock.ts'
import { packCursor, unpackCursor, type Page } from '#kernel/page.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import { assembleCatalogue, holdsOn, textOf, type Catalogue, type MatterVersion, type Settings } from './catalogue.ts'
import type { CatalogueFile, CommitteeEntry, MatterEntry } from './catalogue-file.ts'
import type { CommitteeDuty } from './committee/committee.ts'
import { readDuties } from './committee/store.ts'
import { delegationEntries } from './delegating/importing.ts'
import { readDelegations } from './delegating/store.ts'
import type { TimingState } from './importing.ts'
import { mayMove, type MatterKind, type MatterState } from './lifecycle.ts'
import { nextLocalCode } from './local-code.ts'
import { refuse } from './refusals.ts'
import { reviewDraft, type Standing } from './review.ts'
import * as store from './store.ts'
import { inForce } from './timing/dated.ts'
import { settingsOn } from './timing/settings.ts'
import * as timing from './timing/store.ts'

/** The catalogue of one day, ready to decide by. `tried` is a draft that stands in for its matter's versions, as if it were in force. */
export async function loadCatalogue<T>(tx: Tx<T>, on: LocalDate, tried?: MatterVersion): Promise<Catalogue> {
  const own = store.ownTables(tx)
  const revision = await store.readRevision(own)
  const [published, { years, hours, ladder, settings }] = [await store.readVersions(own, { published: true }), await readTiming(own)]
  const others = published.filter(({ matterId }) => matterId !== tried?.matterId)
  const versions: MatterVersion[] = tried ? [...others, { ...tried, status: 'published', effectiveFrom: on, effectiveTo: null }] : published
  const steps = inForce(ladder, on, (step) => step.milestone)
  const [delegations, committeeDuties] = [await readDelegations(own), await readDuties(own)]
  return assembleCatalogue({ on, revision, versions, years, hours, ladder: steps, settings: settingsOn(settings, on), delegations, committeeDuties })
}

/** The catalogue of today, kept in memory. */
export interface LiveCatalogue {
  current(): Catalogue
  /** Loads anew if the day turned or the catalogue changed; returns true when it did. Cheap enough to call every second. */
  refresh(): Promise<boolean>
}

/** Loads today's catalogue and keeps it. `zone` says when the day turns. */
export async function keepCatalogue(database: Database, clock: Clock, zone: string): Promise<LiveCatalogue> {
  const load = (held: Catalogue | undefined): Promise<Catalogue> =>
    inTransaction<store.CatalogueTables, Catalogue>(database, async (tx) => {
      const on = localDate(clock.now(), zone)
      const isSame = held?.on === on && held.revision === (await store.readRevision(tx))
      return isSame ? held : loadCatalogue(tx, on)
    })
  let held = await load(undefined)
  return {
    current: () => held,
    refresh: async () => {
      const before = held
      held = await load(before)
      return held !== before
    },
  }
}

/** A matter with the version in force, if any, and the draft being written, if any. */
export interface MatterOverview {
  readonly matterId: string
  readonly inForce: MatterVersion | null
  readonly draft: MatterVersion | null
}

/** Matters by code, a page at a time. `search` is the beginning of a code or a part of a name, `state` whether it takes cases or has a draft. */
export async function listMatters<T>(
  tx: Tx<T>,
  on: LocalDate,
  { search, state, cursor, limit }: { search?: string | undefined; state?: MatterState | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<MatterOverview>> {
  const after = cursor === undefined ? undefined : unpackCursor(cursor)
  const own = store.ownTables(tx)
  const found = await store.readMatters(own, { search, state, on, after, limit: limit + 1 })
  const page = found.slice(0, limit)
  const versions = page.length === 0 ? [] : await store.readVersions(own, { matterIds: page.map((matter) => matter.id) })
  const byMatter = Map.groupBy(versions, (version) => version.matterId)
  const items = page.map(({ id }) => overviewOf(id, byMatter.get(id) ?? [], on))
  const last = page.at(-1)
  return { items, cursor: found.length > limit && last ? packCursor([last.code, last.standard, last.kind]) : null }
}

function overviewOf(matterId: string, versions: readonly MatterVersion[], on: LocalDate): MatterOverview {
  const current = versions.find((version) => holdsOn(version, on))
  const draft = versions.find((version) => version.status === 'draft')
  return { matterId, inForce: current ?? null, draft: draft ?? null }
}

/** All versions of a matter, the newest first. Refuses an unknown matter. */
export async function getMatterVersions<T>(tx: Tx<T>, matterId: string): Promise<MatterVersion[]> {
  const versions = await store.readVersions(store.ownTables(tx), { matterIds: [matterId] })
  if (versions.length === 0) throw refuse.matterNotFound()
  return versions.toReversed()
}

/** What stands against publishing a draft today; empty for one that may go. Refuses an unknown version. */
export async function reviewVersion<T>(tx: Tx<T>, matterVersionId: string, clock: Clock): Promise<Refusal[]> {
  const own = store.ownTables(tx)
  const draft = await draftOf(own, matterVersionId)
  return reviewDraft(draft, await readStanding(own), await todayOf(own, clock))
}

/** A draft, and the catalogue of its first day (today, where it has none or an earlier one) as if it were in force. */
export interface Trial {
  readonly draft: MatterVersion
  readonly catalogue: Catalogue
}

/** Loads what a draft is tried with. Refuses an unknown version, and one that is no draft any more. */
export async function loadTrial<T>(tx: Tx<T>, matterVersionId: string, today: LocalDate): Promise<Trial> {
  const draft = await draftOf(store.ownTables(tx), matterVersionId)
  const on = draft.effectiveFrom !== null && draft.effectiveFrom > today ? draft.effectiveFrom : today
  return { draft, catalogue: await loadCatalogue(tx, on, draft) }
}

async function draftOf(tx: store.CatalogueTx, versionId: string): Promise<MatterVersion> {
  const [draft] = await store.readVersions(tx, { versionId })
  if (!draft) throw refuse.versionNotFound()
  if (!mayMove('publish', draft.status)) throw refuse.notDraft()
  return draft
}

/** What a draft is held against. */
export async function readStanding(tx: store.CatalogueTx): Promise<Standing> {
  return { published: await store.readVersions(tx, { published: true }), delegations: await readDelegations(tx) }
}

/** The next free code of the city's own in a large class. */
export async function suggestCode<T>(
  tx: Tx<T>,
  { standard, kind, largeClass }: { standard: string; kind: MatterKind; largeClass: string },
): Promise<string> {
  return nextLocalCode(largeClass, await store.readCodes(store.ownTables(tx), standard, kind))
}

/** Today where the city is. */
export async function todayOf(tx: store.CatalogueTx, clock: Clock): Promise<LocalDate> {
  return localDate(clock.now(), (await currentSettings(tx, clock)).zone)
}

/** The city's single values now. */
export async function currentSettings(tx: store.CatalogueTx, clock: Clock): Promise<Settings> {
  return settingsOn(await timing.readSettings(tx), localDate(clock.now(), 'UTC'))
}

/** The whole catalogue with its history as one file; importing it into an empty database gives the same catalogue. */
export async function exportCatalogue<T>(tx: Tx<T>): Promise<CatalogueFile> {
  const own = store.ownTables(tx)
  const versions = await store.readVersions(own)
  const { years, hours, ladder, settings } = await readTiming(own)
  const delegations = await readDelegations(own)
  const departments = delegations.length === 0 ? [] : [...(await loadDirectory(tx)).organisations.values()]
  return {
    format: 'huying-catalogue/1',
    matters: versions.flatMap(entryOf),
    calendars: years.map((year) => ({ ...year, off: [...year.off], makeup: [...year.makeup] })),
    hours: hours.map((one) => ({ ...one, periods: [...one.periods] })),
    ladder: [...ladder],
    settings: [...settings],
    committee: committeeEntries(await readDuties(own), versions),
    delegations: delegationEntries(delegations, versions, departments),
  }
}

function entryOf(version: MatterVersion): MatterEntry[] {
  const { status, effectiveFrom, effectiveTo } = version
  return status === 'retired' ? [] : [{ ...textOf(version), status, effectiveFrom, effectiveTo }]
}

function committeeEntries(duties: readonly CommitteeDuty[], versions: readonly MatterVersion[]): CommitteeEntry[] {
  const byId = new Map(versions.map((version) => [version.matterId, version]))
  return duties.flatMap(({ list, matterId, areaCode, listed, validFrom, validTo, reason }) => {
    const { standard, kind, code } = byId.get(matterId) ?? {}
    if (standard === undefined || kind === undefined || code === undefined) return []
    return [{ list, standard, kind, code, areaCode, listed, from: validFrom, to: validTo, reason }]
  })
}

/** Calendars, working hours, ladders and settings with all their days. */
export async function readTiming(tx: store.CatalogueTx): Promise<TimingState> {
  return {
    years: await timing.readYears(tx),
    hours: await timing.readHours(tx),
    ladder: await timing.readLadder(tx),
    settings: await timing.readSettings(tx),
  }
}
