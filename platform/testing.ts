import { publicActor } from '#kernel/actor.ts'
import { systemClock, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Database } from './database/database.ts'
import { knownDistricts, openDistrict, type Round } from './district.ts'
import { emit, type NewEvent } from './event.ts'
import { silentLogger } from './logger.ts'

/** Two invented districts, for tests of the platform. */
export const testDistricts = ['990101', '990102'] as DistrictCode[]

/** Opens the test districts and gives what work that goes round them needs. */
export async function openTestDistricts(database: Database): Promise<Round & { clock: typeof systemClock }> {
  await inTransaction(database, async (tx) => {
    for (const code of testDistricts) await openDistrict(tx, { code, name: { zh: `示例区 ${code}` }, sample: true })
  })
  return { database, logger: silentLogger, districts: () => knownDistricts(database), clock: systemClock }
}

/** An event of an invented subject. */
export function anEvent(fields: Partial<NewEvent> = {}): NewEvent {
  return {
    type: 'tea.brewed',
    version: 1,
    districtCode: testDistricts[0] as DistrictCode,
    subjectKind: 'tea',
    subjectId: newId(),
    subjectVersion: 1,
    happenedAt: '2026-03-02T01:00:00.000Z' as Instant,
    data: { cups: 2, hot: true },
    ...fields,
  }
}

/** Emits events in one transaction, for the subscribers named. */
export function emitNow(database: Database, events: readonly NewEvent[], subscribers: readonly string[] = []): Promise<void> {
  return inTransaction(database, (tx) =>
    emit(tx, { actor: publicActor, commandId: newId(), requestId: 'test', subscribersOf: () => subscribers }, events),
  )
}
