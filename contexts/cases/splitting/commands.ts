import { localDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { againAfterTwin } from '#platform/receipt.ts'
import { prepareCall } from '../accept.ts'
import { writeArrivals, type Arrival, type CaseServices } from '../commands.ts'
import type { CaseMoveInput } from '../moving/bench.ts'
import { moveCasesIn, type MoveOutcome } from '../moving/commands.ts'
import type { PartRequest } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import type { WorkTx } from '../store.ts'

/**
 * Ends a call that holds several matters and opens a case for each, linked, in one transaction. The caller and his tracking code stay with the call;
 * each part is dispatched anew, by rule where the rules are sure.
 */
export async function splitCase(services: CaseServices, districtCode: DistrictCode, input: CaseMoveInput): Promise<MoveOutcome> {
  return againAfterTwin(() =>
    inTransaction(services.database, async (tx: WorkTx) => {
      const [outcome] = await moveCasesIn(tx, services, districtCode, [input])
      if (!outcome?.ok || outcome.repeated) return outcome as MoveOutcome
      const parts = input.parts ?? []
      await writeArrivals(
        tx,
        services,
        districtCode,
        parts.map((part) => partOf(outcome.record, part, input, services)),
      )
      return outcome
    }),
  )
}

function partOf(parent: CaseRecord, part: PartRequest, { by: { actor, requestId } }: CaseMoveInput, services: CaseServices): Arrival {
  const rules = services.rules()
  const { channel, reportedAt, address } = parent
  const areaCode = part.areaCode ?? parent.areaCode
  const by = { actor, requestId, commandId: newId() }
  const { record } = prepareCall(
    { commandId: by.commandId, channel, text: part.text, areaCode, address: address ?? undefined, conditionId: part.conditionId, reportedAt },
    by,
    services.clock.now(),
    rules,
    services.secrets,
  )
  const { lng, lat, gridCode, unitGridCode } = parent
  // A part that is where the call is keeps its point as well.
  const place = part.areaCode === undefined || part.areaCode === parent.areaCode ? { lng, lat, gridCode, unitGridCode } : {}
  return {
    record: { ...record, ...place, parentId: parent.id, sample: parent.sample },
    day: localDate(reportedAt, rules.catalogue.calendar.zone),
    caller: null,
    by,
  }
}
