import type { Actor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import { subjectOf, type CaseRecord } from '../record.ts'
import { findCases, type CasesTx } from '../store.ts'
import type { bulkMoves, ResultOfOne } from './contract.ts'
import { moveCases, type MoveOutcome } from '../moving/commands.ts'

/** As many cases share one transaction, so that a long list holds no lock for long. */
const TOGETHER = 50

interface Asked {
  readonly move: (typeof bulkMoves)[number]
  readonly note?: string | undefined
  readonly cases: readonly { districtCode: string; id: string; commandId: string; expectedVersion: number }[]
}

/** One move on many cases. Each case has a command id of its own, so that a repeat after a lost answer does nothing twice. */
export async function moveTogether(
  services: CaseServices,
  { move, note, cases }: Asked,
  by: { readonly actor: Actor; readonly requestId: string },
): Promise<ResultOfOne[]> {
  const outcomes = new Map<string, MoveOutcome>()
  const once = [...new Map(cases.map((one) => [one.commandId, one])).values()]
  for (const [district, some] of Map.groupBy(once, (one) => one.districtCode as DistrictCode))
    for (let from = 0; from < some.length; from += TOGETHER) {
      const part = some.slice(from, from + TOGETHER)
      const made = await moveCases(
        services,
        district,
        part.map(({ id, commandId, expectedVersion }) => ({ id, commandId: commandId.toLowerCase(), expectedVersion, move, note, by })),
      )
      part.forEach((one, index) => outcomes.set(one.commandId, made[index] as MoveOutcome))
    }
  const refused = cases.filter((one) => outcomes.get(one.commandId)?.ok === false)
  const seen = await seenOf(services, by.actor, refused)
  return cases.map(({ districtCode, id, commandId }) => {
    const outcome = outcomes.get(commandId)
    const record = outcome?.ok ? outcome.record : seen.get(id)
    return { districtCode, id, ...factsOf(record), ...saidOf(outcome) }
  })
}

const factsOf = (record: CaseRecord | undefined): Pick<ResultOfOne, 'number' | 'version' | 'status'> => ({
  number: record?.number ?? null,
  version: record?.version ?? null,
  status: record?.status ?? null,
})

function saidOf(outcome: MoveOutcome | undefined): Pick<ResultOfOne, 'done' | 'refusal'> {
  if (outcome?.ok !== false) return { done: outcome !== undefined, refusal: null }
  return { done: false, refusal: refusalView(outcome.refusal) }
}

export const refusalView = (refusal: Refusal): NonNullable<ResultOfOne['refusal']> => ({
  code: refusal.code,
  text: { zh: refusal.text('zh'), en: refusal.text('en') },
})

/** What was refused is named by its number, as far as the actor may see it. */
export async function seenOf(
  services: CaseServices,
  actor: Actor,
  keys: readonly { districtCode: string; id: string }[],
): Promise<Map<string, CaseRecord>> {
  const { policy } = services.rules()
  const found = await inTransaction(services.database, async (tx: CasesTx) => {
    const rows: CaseRecord[] = []
    for (const [district, some] of Map.groupBy(keys, (key) => key.districtCode as DistrictCode))
      rows.push(
        ...(await findCases(
          tx,
          district,
          some.map(({ id }) => id),
        )),
      )
    return rows
  })
  return new Map(found.filter((record) => policy.may(actor, 'case.read', subjectOf(record))).map((record) => [record.id, record]))
}
