import { organisationName, placeName } from '#contexts/cases/index.ts'
import type { CaseStatus } from '#contexts/cases/lifecycle.ts'
import type { Actor } from '#kernel/actor.ts'
import { packCursor, unpackCursor } from '#kernel/page.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { z } from 'zod'
import type { FigureServices } from '../questions.ts'
import { tallyFilter, type TallyScope } from '../sight.ts'
import type { listTallyCases } from './contract.ts'
import { casesOfTally, matterNames, type TallyFilter, type TallyTx } from './store.ts'
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

/** Both languages of matters by their Chinese name: from the catalogue that is held in memory, and only what it calls otherwise by now from the calls themselves. */
export async function namesOf(
  services: FigureServices,
  filter: Pick<TallyFilter, 'mayRead' | 'districts'>,
  zh: readonly string[],
): Promise<ReadonlyMap<string, Wording>> {
  const { catalogue } = services.rules()
  const known = new Map([...catalogue.matters.values(), ...catalogue.conditions.values()].map(({ name }) => [name.zh, name]))
  const missing = [...new Set(zh)].filter((name) => name !== '' && !known.has(name))
  if (missing.length === 0) return known
  const found = await inTransaction(services.database, (tx: TallyTx) => matterNames(tx, filter, missing))
  return new Map([...known, ...found.map((name) => [name.zh, name] as const)])
}
