import type { Actor } from '#kernel/actor.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { filterOf } from '../questions.ts'
import type { Rules } from '../rules.ts'
import { MOST_COUNTED, type SavedView } from './contract.ts'
import { readFilter } from './reading.ts'
import { countUpTo, viewsOf, type SeenView, type ViewTx } from './store.ts'

/** Views that the actor keeps or that are shared with his posts, each with what it holds for him now. */
export async function listViews(services: CaseServices, actor: Actor): Promise<SavedView[]> {
  const { personId } = actor
  if (personId === null) return []
  return inTransaction(services.database, async (tx: ViewTx) => {
    const rows = await viewsOf(
      tx,
      personId,
      actor.posts.map((post) => post.organisationId),
    )
    return Promise.all(rows.map((row) => seenView(tx, services, actor, row)))
  })
}

export async function seenView(tx: ViewTx, services: CaseServices, actor: Actor, row: SeenView): Promise<SavedView> {
  const rules = services.rules()
  const { filter, lost } = readFilter(row.filter, knownTo(rules))
  const count = await countUpTo(tx, filterOf(filter, actor, rules, services.clock.now()), MOST_COUNTED)
  const { id, name, shared, pinned, version } = row
  return { id, name, filter, lost, mine: row.personId === actor.personId, owner: ownerOf(row, rules), shared, pinned, count, version }
}

const knownTo = ({ territory, directory }: Rules) => ({
  isArea: (code: string) => territory.area(code) !== undefined,
  isUnit: (id: string) => directory.organisations.has(id),
})

function ownerOf({ personId }: SeenView, { directory }: Rules): string {
  return [...directory.posts.values()].find((post) => post.personId === personId)?.personName ?? ''
}
