import { loadDirectory } from '#contexts/people/index.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import { listDistricts } from '#platform/district.ts'
import { emit, type Doing } from '#platform/event.ts'
import type { MatterVersion } from './catalogue.ts'
import { CatalogueFile, type CatalogueFileInput } from './catalogue-file.ts'
import { shippedCalendars } from './calendars.ts'
import { versionOf } from './drafting.ts'
import { catalogueEvent } from './events.ts'
import { planImport, type ImportPlan, type ImportReport } from './importing.ts'
import { mayMove } from './lifecycle.ts'
import { matterTitle, type MatterText } from './matter.ts'
import { placeVersion } from './publishing.ts'
import { insertDuties, readDuties } from './committee/store.ts'
import { insertDelegations, readDelegations } from './delegating/store.ts'
import { readStanding, readTiming, todayOf } from './questions.ts'
import { refuse } from './refusals.ts'
import { ownPeriods, reviewDraft } from './review.ts'
import * as store from './store.ts'
import * as timing from './timing/store.ts'
import type { CalendarYear } from './working-time.ts'

export interface DraftInput {
  readonly matter: MatterText
  readonly effectiveFrom: LocalDate | null
  /** `rowVersion` of the draft that was on the screen; null where there was none. */
  readonly expectedVersion: number | null
}

/** Writes the draft of a matter, making the matter where it is new. A matter has one draft at a time. */
export async function saveMatterVersion(doing: Doing, { matter, effectiveFrom, expectedVersion }: DraftInput): Promise<MatterVersion> {
  return inTransaction<store.CatalogueTables, MatterVersion>(doing.database, async (tx) => {
    const revision = await store.lockCatalogue(tx)
    const done = await store.findVersionOfCommand(tx, 'savedByCommand', doing.commandId)
    if (done !== undefined) return getVersion(tx, done)
    const matterId = await store.findMatterId(tx, matter)
    const siblings = matterId === undefined ? [] : await store.readVersions(tx, { matterIds: [matterId] })
    const draft = siblings.find((version) => version.status === 'draft')
    if ((draft?.rowVersion ?? null) !== expectedVersion) throw refuse.versionChanged()
    const place = draft ? { id: draft.id, number: draft.number, rowVersion: draft.rowVersion + 1 } : {}
    const saved = versionOf({ ...matter, effectiveFrom }, siblings, place)
    const { standard, kind, code } = matter
    if (matterId === undefined) await store.insertMatters(tx, [{ id: saved.matterId, standard, kind, code }])
    if (draft) await store.deleteDrafts(tx, [draft.id])
    await store.insertVersions(tx, [saved], stampOf(doing))
    const about = { id: saved.id, rowVersion: saved.rowVersion, from: draft ? 'draft' : null, to: 'draft' }
    await announce(tx, doing, revision, { type: 'catalogue.draft_saved', data: { matterId: saved.matterId, number: saved.number }, version: about })
    return saved
  })
}

export interface PublishInput {
  readonly matterVersionId: string
  /** `rowVersion` of the draft that was on the screen. */
  readonly expectedVersion: number
}

/** Publishes a draft from its effective date on; the former version ends on that day. Refuses by publishing.ts. */
export async function publishMatterVersion(doing: Doing, { matterVersionId, expectedVersion }: PublishInput): Promise<MatterVersion> {
  return inTransaction<store.CatalogueTables, MatterVersion>(doing.database, async (tx) => {
    const revision = await store.lockCatalogue(tx)
    const draft = await getVersion(tx, matterVersionId)
    if ((await store.findVersionOfCommand(tx, 'publishedByCommand', doing.commandId)) === matterVersionId) return draft
    if (!mayMove('publish', draft.status)) throw refuse.notDraft()
    if (draft.rowVersion !== expectedVersion) throw refuse.versionChanged()
    const { effectiveFrom: from, matterId, number } = draft
    const today = await todayOf(tx, doing.clock)
    const standing = await readStanding(tx)
    const [problem] = reviewDraft(draft, standing, today)
    if (problem || from === null) throw problem ?? refuse.noEffectiveDate({ matter: matterTitle(draft) }, 'effectiveFrom')
    const { to, ended } = placeVersion(matterTitle(draft), { from, to: null }, ownPeriods(draft, standing.published), today)
    await store.endVersions(
      tx,
      ended.map(({ version, retired }) => ({ id: version.version.id, effectiveTo: from, status: retired ? 'retired' : 'published' })),
    )
    await store.publishVersion(tx, draft.id, to, stampOf(doing))
    const about = { id: draft.id, rowVersion: draft.rowVersion + 1, from: 'draft', to: 'published' }
    await announce(tx, doing, revision, { type: 'catalogue.published', data: { matterId, number, effectiveFrom: from }, version: about })
    return getVersion(tx, draft.id)
  })
}

/** Loads a catalogue file (format of catalogue-file.ts), all of it or nothing. What is already so is left alone, so a repeat changes nothing. */
export async function importCatalogue(doing: Doing, file: CatalogueFileInput): Promise<ImportReport> {
  const read = CatalogueFile.safeParse(file)
  if (!read.success) {
    const [issue] = read.error.issues
    throw refuse.badFile({ path: issue?.path.join('.') ?? '', problem: issue?.message ?? '' }, issue?.path.join('.'))
  }
  return inTransaction<store.CatalogueTables, ImportReport>(doing.database, async (tx) => {
    const revision = await store.lockCatalogue(tx)
    const departments = read.data.delegations.length === 0 ? [] : [...(await loadDirectory(tx)).organisations.values()]
    const held = { delegations: await readDelegations(tx), committee: await readDuties(tx) }
    const before = { versions: await store.readVersions(tx), ...held, departments }
    const plan = planImport(read.data, before, await readTiming(tx), await todayOf(tx, doing.clock))
    const { added, changed } = plan.report
    if (added + changed === 0) return plan.report
    await writePlan(tx, doing, plan)
    await announce(tx, doing, revision, { type: 'catalogue.imported', data: { added, changed } })
    return plan.report
  })
}

/** Loads calendars of whole years; without any given, those that come with the product. */
export async function loadCalendar(doing: Doing, years: readonly CalendarYear[] = shippedCalendars): Promise<ImportReport> {
  const calendars = years.map((year) => ({ ...year, off: [...year.off], makeup: [...year.makeup] }))
  return importCatalogue(doing, { format: 'huying-catalogue/1', calendars })
}

async function writePlan(tx: store.CatalogueTx, doing: Doing, plan: ImportPlan): Promise<void> {
  await store.insertMatters(tx, plan.newMatters)
  await store.deleteDrafts(tx, plan.replacedDrafts)
  await store.insertVersions(tx, plan.newVersions, stampOf(doing))
  await store.endVersions(
    tx,
    plan.ended.flatMap(({ id, effectiveTo, status }) => (effectiveTo === null || status === 'draft' ? [] : [{ id, effectiveTo, status }])),
  )
  await insertDuties(tx, plan.committee)
  await insertDelegations(tx, plan.delegations)
  await timing.replaceYears(tx, plan.years)
  await timing.replaceHours(tx, plan.hours)
  await timing.replaceLadder(tx, plan.ladder)
  await timing.replaceSettings(tx, plan.settings)
}

async function getVersion(tx: store.CatalogueTx, versionId: string): Promise<MatterVersion> {
  const [version] = await store.readVersions(tx, { versionId })
  if (!version) throw refuse.versionNotFound()
  return version
}

async function announce(tx: store.CatalogueTx, doing: Doing, revision: number, about: Parameters<typeof catalogueEvent>[3]): Promise<void> {
  await store.setRevision(tx, revision + 1)
  const districts = (await listDistricts(tx)).map((district) => district.code)
  await emit(tx, doing, catalogueEvent(doing, districts, revision + 1, about))
}

function stampOf(doing: Doing): store.Stamp {
  return { at: doing.clock.now(), by: doing.actor.personId, command: doing.commandId }
}
