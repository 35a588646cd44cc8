import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction } from '#platform/database/database.ts'
import { againAfterTwin } from '#platform/receipt.ts'
import { acceptCallsIn, type CaseServices } from '../commands.ts'
import { holdForPerson, moveCasesIn } from '../moving/commands.ts'
import type { WorkTx } from '../store.ts'
import { closingMoves, openingMoves, readyRow, type Ready } from './history.ts'
import type { ImportProfile } from './profile.ts'
import { isRejected, rowReader, type RejectedRow } from './row.ts'
import { systemActor } from '#kernel/actor.ts'

/** A line of the file, numbered as in the file with its heading as line 1. */
export interface FileRow {
  readonly line: number
  readonly row: Readonly<Record<string, string>>
}

export interface LoadReport {
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly moves: number
  /** Cases that no rule could dispatch: no unit stands for the lead of their matter there. They wait for a person, without a clock. */
  readonly held: number
}

const CHUNK = 500

/**
 * Loads recorded cases. Each row is written whole, with all its moves, or not at all; a rejected row holds up no other; loading the same
 * file again repeats its commands and changes nothing. Memory does not grow with the file.
 */
export async function loadRecorded(
  services: CaseServices,
  profile: ImportProfile,
  rows: AsyncIterable<FileRow>,
  told: { onReject(row: RejectedRow): void; onProgress(done: LoadReport): void },
): Promise<LoadReport> {
  const read = rowReader(profile, services.rules())
  const total = { rows: 0, accepted: 0, rejected: 0, moves: 0, held: 0 }
  let chunk: Ready[] = []
  const flush = async (): Promise<void> => {
    const { moves, held } = await writeChunk(services, chunk)
    total.moves += moves
    total.held += held
    total.accepted += chunk.length
    chunk = []
    told.onProgress(total)
  }
  for await (const { line, row } of rows) {
    total.rows += 1
    const ready = readyRow(services, read, line, row)
    if (isRejected(ready)) {
      total.rejected += 1
      told.onReject(ready)
    } else if (chunk.push(ready) >= CHUNK) await flush()
  }
  await flush()
  return total
}

type Written = Pick<LoadReport, 'moves' | 'held'>

async function writeChunk(services: CaseServices, chunk: readonly Ready[]): Promise<Written> {
  const total = { moves: 0, held: 0 }
  for (const [districtCode, ofDistrict] of Map.groupBy(chunk, (ready) => ready.prepared.districtCode)) {
    const { moves, held } = await againAfterTwin(() =>
      inTransaction(services.database, (tx: WorkTx) => writeDistrict(tx, services, districtCode, ofDistrict)),
    )
    total.moves += moves
    total.held += held
  }
  return total
}

async function writeDistrict(tx: WorkTx, services: CaseServices, districtCode: DistrictCode, chunk: readonly Ready[]): Promise<Written> {
  const accepted = await acceptCallsIn(
    tx,
    services,
    districtCode,
    chunk.map((ready) => ready.prepared),
  )
  const inputs = chunk.flatMap((ready, index) => {
    const id = accepted[index]?.id ?? ''
    return [...openingMoves(ready, id), ...(ready.closedAt === null ? [] : closingMoves(ready, id, ready.closedAt))]
  })
  const outcomes = await moveCasesIn(tx, services, districtCode, inputs)
  // A case that no rule can dispatch is taken all the same and waits for a person; its later moves then refuse and are not counted.
  const held = new Map<string, Parameters<typeof holdForPerson>[3][number]>()
  outcomes.forEach((outcome, index) => {
    const input = inputs[index]
    if (outcome.ok || input?.move !== 'dispatch') return
    const filed = outcomes[index - 1]
    if (filed?.ok) held.set(input.id, { record: filed.record, refusal: outcome.refusal })
  })
  await holdForPerson(tx, services, districtCode, [...held.values()], { actor: systemActor('import'), requestId: 'import' })
  return { moves: outcomes.filter((outcome) => outcome.ok).length, held: held.size }
}
