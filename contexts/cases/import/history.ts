import { systemActor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import { Refusal } from '#kernel/refusal.ts'
import { prepareCall, type PreparedCall } from '../accept.ts'
import type { CaseServices } from '../commands.ts'
import type { CaseMoveInput } from '../moving/bench.ts'
import type { CaseMoveName } from '../lifecycle.ts'
import { commandIdOf, isRejected, type ReadRow, type RecordedCall, type RejectedRow } from './row.ts'

const importer = systemActor('import')
// Another rule than the one that handles: what the source recorded as done was checked there, not by us under the same name.
const checker = systemActor('import-check')
const requestId = 'import'

/** A row ready to be written. */
export interface Ready extends RecordedCall {
  readonly prepared: PreparedCall
}

/** Reads and prepares one row; every "no" becomes a rejected row with its reason. */
export function readyRow(services: CaseServices, read: ReadRow, line: number, row: Readonly<Record<string, string>>): Ready | RejectedRow {
  const recorded = read(line, row)
  if (isRejected(recorded)) return recorded
  try {
    return {
      ...recorded,
      prepared: prepareCall(recorded.call, { actor: importer, requestId }, recorded.call.reportedAt, services.rules(), services.secrets),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { line, code: error.code, reason: { zh: error.text('zh'), en: error.text('en') } }
  }
}

/** The moves with which a recorded case goes out to the unit that the rules name, as the source did when it was reported. */
export function openingMoves(ready: Ready, id: string): CaseMoveInput[] {
  return [movesAt(ready, id, 'file', ready.call.reportedAt), movesAt(ready, id, 'dispatch', ready.call.reportedAt)]
}

/** The moves with which it ends. The source recorded only the end, so contact, result, check and closing all bear its time. */
export function closingMoves(ready: Ready, id: string, closedAt: Instant): CaseMoveInput[] {
  return (['contact', 'handle', 'check', 'close'] as const).map((move) => movesAt(ready, id, move, closedAt))
}

function movesAt(ready: Ready, id: string, move: CaseMoveName, happenedAt: Instant): CaseMoveInput {
  return {
    id,
    move,
    happenedAt,
    commandId: commandIdOf(ready.call.source ?? '', ready.call.externalKey, move),
    by: { actor: move === 'check' ? checker : importer, requestId },
    ...(move === 'handle' ? { note: '原系统记录为已办结' } : {}),
  }
}
