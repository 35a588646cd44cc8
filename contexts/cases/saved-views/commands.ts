import type { Instant } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { emit, type Doing } from '#platform/event.ts'
import type { CaseServices } from '../commands.ts'
import { refuse } from '../refusals.ts'
import type { SavedView, ViewFilter } from './contract.ts'
import { seenView } from './questions.ts'
import { countViewsOf, deleteView, insertView, setPin, updateView, viewsOf, type SeenView, type ViewRow, type ViewTx } from './store.ts'

/** More than this nobody finds anything in. */
const MOST_VIEWS = 50

interface Change {
  readonly expectedVersion?: number | undefined
  readonly name?: string | undefined
  readonly filter?: ViewFilter | undefined
  readonly shared?: boolean | undefined
  readonly pinned?: boolean | undefined
}

/** Keeps a view for whoever asks. It belongs to the person, and can be shared in the organisation of the first post. */
export async function createView(
  services: CaseServices,
  doing: Doing,
  { name, filter, shared }: { readonly name: string; readonly filter: ViewFilter; readonly shared: boolean },
): Promise<SavedView> {
  const personId = personOf(doing)
  const organisationId = doing.actor.posts[0]?.organisationId ?? ''
  return inTransaction(services.database, async (tx: ViewTx) => {
    if ((await countViewsOf(tx, personId)) >= MOST_VIEWS) throw refuse.tooManyViews({ most: MOST_VIEWS })
    const now = services.clock.now()
    const row: ViewRow = {
      id: newId(),
      personId,
      organisationId,
      name: name.trim() || '—',
      filter,
      shared,
      version: 1,
      createdAt: now,
      updatedAt: now,
    }
    await insertView(tx, row)
    await tell(tx, services, doing, row, 'case.view_saved')
    return seenView(tx, services, doing.actor, { ...row, pinned: false })
  })
}

/** Changes a view. Pinning is anybody's who sees it; everything else is the owner's. */
export async function changeView(services: CaseServices, doing: Doing, id: string, change: Change): Promise<SavedView> {
  const personId = personOf(doing)
  return inTransaction(services.database, async (tx: ViewTx) => {
    const before = await found(tx, doing, id)
    const { expectedVersion, pinned = before.pinned } = change
    if (pinned !== before.pinned) await setPin(tx, personId, id, pinned)
    const after = changed({ ...before, pinned }, change, services.clock.now())
    if (after.version === before.version) return seenView(tx, services, doing.actor, after)
    if (before.personId !== personId) throw refuse.viewNotYours()
    if (!(await updateView(tx, after, expectedVersion ?? before.version))) throw refuse.viewVersion()
    await tell(tx, services, doing, after, 'case.view_saved')
    return seenView(tx, services, doing.actor, after)
  })
}

/** The view with what was asked for; a new version only where the owner's part of it was named. */
function changed(before: SeenView, { name, filter, shared }: Change, now: Instant): SeenView {
  if (name === undefined && filter === undefined && shared === undefined) return before
  const given = { name: name?.trim() || before.name, filter: filter ?? before.filter, shared: shared ?? before.shared }
  return { ...before, ...given, version: before.version + 1, updatedAt: now }
}

export async function removeView(services: CaseServices, doing: Doing, id: string): Promise<void> {
  await inTransaction(services.database, async (tx: ViewTx) => {
    const before = await found(tx, doing, id)
    if (before.personId !== doing.actor.personId) throw refuse.viewNotYours()
    await deleteView(tx, id)
    await tell(tx, services, doing, before, 'case.view_removed')
  })
}

async function found(tx: ViewTx, { actor }: Doing, id: string): Promise<SeenView> {
  const [row] = await viewsOf(
    tx,
    actor.personId ?? '',
    actor.posts.map((post) => post.organisationId),
    id,
  )
  if (!row) throw refuse.viewNotFound()
  return row
}

function personOf({ actor }: Doing): string {
  if (actor.personId === null || actor.posts.length === 0) throw refuse.viewNotFound()
  return actor.personId
}

// The name that a person gave it is a person's text, and stays out of the record.
async function tell(tx: ViewTx, services: CaseServices, doing: Doing, row: ViewRow, type: string): Promise<void> {
  const area = doing.actor.posts[0]?.areaCode ?? ''
  const districtCode = (districtOf(area) ?? services.rules().districts.find((code) => code.startsWith(area))) as DistrictCode | undefined
  if (districtCode === undefined) return
  const about = { districtCode, subjectKind: 'view', subjectId: row.id, subjectVersion: row.version }
  const data = { shared: row.shared, organisationIds: row.shared ? row.organisationId : null }
  await emit(tx, doing, [{ ...about, type, version: 1, happenedAt: services.clock.now(), data }])
}
