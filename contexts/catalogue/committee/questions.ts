import { levelOfCode } from '#kernel/codes.ts'
import { packCursor, unpackCursor, type Page } from '#kernel/page.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import type { MatterVersion } from '../catalogue.ts'
import type { CommitteeDutyView, EntryRequestView } from '../contract.ts'
import type { EntryStatus } from '../lifecycle.ts'
import type { Surroundings } from '../delegating/commands.ts'
import { todayOf } from '../questions.ts'
import { readVersions, type CatalogueTables, type CatalogueTx } from '../store.ts'
import { decidingRow } from './committee.ts'
import * as store from './store.ts'

type Asking = Pick<Doing, 'database' | 'clock'>

/** The lists of an area: rows around it and inside it that hold today or later. Of one community each row says whether it decides today. */
export async function listDuties({ database, clock }: Asking, areaCode: string): Promise<CommitteeDutyView[]> {
  return inTransaction<CatalogueTables, CommitteeDutyView[]>(database, async (tx) => {
    const on = await todayOf(tx, clock)
    const rows = await store.dutiesAround(tx, areaCode, on)
    const names = await namesOf(tx, rows)
    const isOne = levelOfCode(areaCode) === 'community'
    return rows.map((row) => ({
      ...row,
      matter: names(row.matterId),
      decides: isOne ? decidingRow(rows, row.matterId, areaCode, on)?.id === row.id : null,
    }))
  })
}

/** Entry requests with the names of matter and department, the newest first. */
export async function listEntryRequests(
  { database }: Pick<Doing, 'database'>,
  { organisation }: Pick<Surroundings, 'organisation'>,
  { status, cursor, limit }: { status?: EntryStatus | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<EntryRequestView>> {
  return inTransaction<CatalogueTables, Page<EntryRequestView>>(database, async (tx) => {
    const after = cursor === undefined ? undefined : (unpackCursor(cursor)?.map(String) as [string, string] | undefined)
    const found = await store.listRequests(tx, { status, after, limit: limit + 1 })
    const page = found.slice(0, limit)
    const names = await namesOf(tx, page)
    const items = page.map(({ askedBy: _asker, decidedBy: _decider, ...one }) => {
      const organisationName = organisation(one.organisationId)?.name ?? { zh: '' }
      return { ...one, matter: names(one.matterId), organisationName }
    })
    const last = page.at(-1)
    return { items, cursor: found.length > limit && last ? packCursor([last.askedAt, last.id]) : null }
  })
}

async function namesOf(tx: CatalogueTx, rows: readonly { matterId: string }[]): Promise<(matterId: string) => Pick<MatterVersion, 'code' | 'name'>> {
  const matterIds = [...new Set(rows.map((row) => row.matterId))]
  const versions = matterIds.length === 0 ? [] : await readVersions(tx, { matterIds })
  const newest = new Map(versions.map((version) => [version.matterId, version]))
  return (matterId) => {
    const { code = '', name = { zh: '' } } = newest.get(matterId) ?? {}
    return { code, name }
  }
}
