import { organisationName, placeName } from '#contexts/cases/index.ts'
import type { CaseStatus } from '#contexts/cases/lifecycle.ts'
import type { Actor } from '#kernel/actor.ts'
import { packCursor, unpackCursor } from '#kernel/page.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { z } from 'zod'
import type { FigureServices } from '../questions.ts'
import { tallyFilter, type TallyScope } from '../sight.ts'
import type { listTallyCases } from './contract.ts'
import { casesOfTally, type TallyTx } from './store.ts'
import { tallies, type TallyKey } from './tallies.ts'

/** The cases that a tally counts, newest report first. */
export async function tallyCases(
  services: FigureServices,
  actor: Actor,
  key: TallyKey,
  asked: TallyScope & { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof listTallyCases.reply>> {
  const rules = services.rules()
  const { period, ...filter } = tallyFilter(services, actor, asked)
  const after = asked.cursor === undefined ? undefined : (unpackCursor(asked.cursor)?.map(String) as [string, string] | undefined)
  const { rows, total } = await inTransaction(services.database, (tx: TallyTx) => casesOfTally(tx, key, filter, { after, limit: asked.limit + 1 }))
  const page = rows.slice(0, asked.limit)
  const last = page.at(-1)
  const items = page.map(({ matterName, areaCode, leadOrganisationId, status, ...row }) => ({
    ...row,
    status: status as CaseStatus,
    matter: matterName,
    place: placeName(areaCode, rules),
    holder: organisationName(leadOrganisationId, rules),
  }))
  const cursor = rows.length > asked.limit && last ? packCursor([last.reportedAt, last.id]) : null
  return { ...tallies[key], from: period.from, to: period.to, total, items, cursor, now: filter.now }
}
