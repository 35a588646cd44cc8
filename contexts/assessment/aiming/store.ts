import type { Tables } from '#database/tables.ts'
import type { LocalDate } from '#kernel/clock.ts'
import { sql, type Tx } from '#platform/database/database.ts'
import type { MeasureKey } from '../cockpit/measures.ts'

export type TargetTables = Pick<Tables, 'assessment.target'>
export type TargetTx = Tx<TargetTables>

export interface Target {
  readonly measure: MeasureKey
  readonly areaCode: string
  readonly effectiveFrom: LocalDate
  readonly value: number | null
}

/** Every target of every day, by measure, area and day. */
export async function readTargets(tx: TargetTx): Promise<Target[]> {
  const rows = await tx.selectFrom('assessment.target').selectAll().orderBy('measure').orderBy('areaCode').orderBy('effectiveFrom').execute()
  return rows as unknown as Target[]
}

/** Writes a target; another one of the same day takes its place. */
export async function writeTarget(tx: TargetTx, { measure, areaCode, effectiveFrom, value }: Target): Promise<void> {
  await sql`insert into assessment.target (measure, area_code, effective_from, value) values (${measure}, ${areaCode}, ${effectiveFrom}, ${value})
    on conflict (measure, area_code, effective_from) do update set value = excluded.value`.execute(tx)
}
