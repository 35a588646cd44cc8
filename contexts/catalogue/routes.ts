import type { FastifyInstance } from 'fastify'
import { isLocalDate, type LocalDate } from '#kernel/clock.ts'
import type { Refusal, Wording } from '#kernel/refusal.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import type { Catalogue, MatterVersion } from './catalogue.ts'
import type { CatalogueFileInput } from './catalogue-file.ts'
import { importCatalogue, publishMatterVersion, saveMatterVersion } from './commands.ts'
import { askEntry, decideEntry, endDuty, listDuty, type CommitteeGround } from './committee/commands.ts'
import { listDuties, listEntryRequests } from './committee/questions.ts'
import * as contract from './contract.ts'
import { delegate, endDelegation, type Surroundings } from './delegating/commands.ts'
import { listDelegations } from './delegating/questions.ts'
import { exportCatalogue, getMatterVersions, listMatters, reviewVersion, suggestCode, type MatterOverview } from './questions.ts'

/** `catalogue` gives the one in force now. */
interface CatalogueDeps extends CommitteeGround {
  readonly database: Database
  readonly catalogue: () => Catalogue
}

/** Mounts the endpoints of this context. */
export function catalogueRoutes(app: FastifyInstance, deps: CatalogueDeps): void {
  matterRoutes(app, deps)
  delegationRoutes(app, deps)
  committeeRoutes(app, deps)
}

function matterRoutes(app: FastifyInstance, deps: CatalogueDeps): void {
  serve(app, contract.listMatters, async ({ query: { q: search, state, cursor, limit } }) => {
    const { on } = deps.catalogue()
    const page = await inTransaction(deps.database, (tx) => listMatters(tx, on, { search, state, cursor, limit }))
    return { items: page.items.flatMap(summaryOf), cursor: page.cursor }
  })

  serve(app, contract.getMatter, async ({ params: { matterId } }) => {
    const versions = await inTransaction(deps.database, (tx) => getMatterVersions(tx, matterId))
    return { matterId, versions: versions.map(viewOf) }
  })

  serve(app, contract.saveMatterVersion, async ({ body: { matter, effectiveFrom, expectedVersion } }, request) =>
    viewOf(await saveMatterVersion(doing(request), { matter, effectiveFrom: dayOf(effectiveFrom), expectedVersion })),
  )

  serve(app, contract.reviewMatterVersion, async ({ params: { matterVersionId } }, request) => {
    const found = await inTransaction(deps.database, (tx) => reviewVersion(tx, matterVersionId, doing(request).clock))
    return { refusals: found.map(gapOf) }
  })

  serve(app, contract.suggestMatterCode, async ({ query }) => ({ code: await inTransaction(deps.database, (tx) => suggestCode(tx, query)) }))

  serve(app, contract.publishMatterVersion, async ({ params: { matterVersionId }, body: { expectedVersion } }, request) =>
    viewOf(await publishMatterVersion(doing(request), { matterVersionId, expectedVersion })),
  )

  serve(app, contract.exportCatalogueFile, () => inTransaction(deps.database, (tx) => exportCatalogue(tx)))

  serve(app, contract.importCatalogueFile, ({ body }, request) => importCatalogue(doing(request), body.file as CatalogueFileInput))

  serve(app, contract.showPortal, async () => deps.catalogue().portal)
  serve(app, contract.listPublicMatters, async () => ({ items: [...deps.catalogue().publicMatters] }))
}

function delegationRoutes(app: FastifyInstance, around: Surroundings): void {
  serve(app, contract.listDelegations, async ({ query }, request) => {
    const page = await listDelegations(doing(request), around, query)
    return { items: [...page.items], cursor: page.cursor }
  })

  serve(app, contract.createDelegation, ({ body: { commandId: _commandId, ...asked } }, request) => {
    const term = { validFrom: asked.validFrom as LocalDate, validTo: asked.validTo as LocalDate }
    return delegate(doing(request), around, { ...asked, ...term })
  })

  serve(app, contract.endDelegation, ({ params, body }, request) => endDelegation(doing(request), params.delegationId, body.reason))
}

function committeeRoutes(app: FastifyInstance, ground: CommitteeGround): void {
  serve(app, contract.listCommitteeDuties, async ({ query }, request) => ({ items: await listDuties(doing(request), query.areaCode) }))

  serve(app, contract.saveCommitteeDuty, ({ body: { commandId: _commandId, ...asked } }, request) =>
    listDuty(doing(request), ground, { ...asked, validFrom: asked.validFrom as LocalDate, validTo: asked.validTo as LocalDate | null }),
  )

  serve(app, contract.endCommitteeDuty, ({ params, body }, request) => endDuty(doing(request), ground, params.dutyId, body.reason))

  serve(app, contract.listEntryRequests, async ({ query }, request) => {
    const page = await listEntryRequests(doing(request), ground, query)
    return { items: [...page.items], cursor: page.cursor }
  })

  serve(app, contract.createEntryRequest, ({ body: { commandId: _commandId, ...asked } }, request) =>
    askEntry(doing(request), ground, { ...asked, validFrom: asked.validFrom as LocalDate, validTo: asked.validTo as LocalDate }),
  )

  serve(app, contract.decideEntryRequest, ({ params, body }, request) => decideEntry(doing(request), ground, params.requestId, body))
}

function summaryOf({ matterId, inForce, draft }: MatterOverview): contract.MatterSummary[] {
  const shown = inForce ?? draft
  if (!shown) return []
  const { standard, kind, code, name, category, conditions } = shown
  const current = inForce?.effectiveFrom ? { versionId: inForce.id, number: inForce.number, effectiveFrom: inForce.effectiveFrom } : null
  const written = draft ? { versionId: draft.id, number: draft.number } : null
  return [{ matterId, standard, kind, code, name, category, conditions: conditions.length, inForce: current, draft: written }]
}

// The sentences name the field for readers of files; on a screen they stand at it.
function gapOf(refusal: Refusal): { code: string; field: string | null; text: Wording } {
  const { code, field = null } = refusal
  const plain = (text: string): string => text.replace(`（${field}）`, '').replace(` (${field})`, '')
  return { code, field, text: { zh: plain(refusal.text('zh')), en: plain(refusal.text('en')) } }
}

function viewOf(version: MatterVersion): contract.MatterVersionView {
  return { ...version, conditions: [...version.conditions] }
}

function dayOf(text: string | null): LocalDate | null {
  return text !== null && isLocalDate(text) ? text : null
}
