import { localDate } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { againAfterTwin } from '#platform/receipt.ts'
import { writeArrivals, type CaseServices } from '../commands.ts'
import type { CaseMoveInput } from '../moving/bench.ts'
import { moveCasesIn, type MoveOutcome } from '../moving/commands.ts'
import { unheld, type CaseRecord } from '../record.ts'
import { insertNotes, takeCaller, type WorkTx } from '../store.ts'

/**
 * Ends a case here and opens it in the district where it lies, linked, in one transaction. The caller goes along, so his tracking code
 * finds the case in its new district; the new district decides anew who must answer.
 */
export async function transferCase(services: CaseServices, districtCode: DistrictCode, input: CaseMoveInput): Promise<MoveOutcome> {
  return againAfterTwin(() =>
    inTransaction(services.database, async (tx: WorkTx) => {
      const [outcome] = await moveCasesIn(tx, services, districtCode, [input])
      if (!outcome?.ok || outcome.repeated || input.areaCode === undefined) return outcome as MoveOutcome
      const opened = await openThere(tx, services, outcome.record, input)
      await insertNotes(tx, [
        {
          districtCode,
          id: newId(),
          caseId: outcome.record.id,
          commandId: input.commandId,
          move: 'transfer',
          text: [opened.number, input.note?.trim()].filter(Boolean).join(' '),
        },
      ])
      return outcome
    }),
  )
}

async function openThere(tx: WorkTx, services: CaseServices, from: CaseRecord, input: CaseMoveInput): Promise<CaseRecord> {
  const areaCode = input.areaCode ?? ''
  const there = districtOf(areaCode) as DistrictCode
  const { territory, catalogue } = services.rules()
  const caller = await takeCaller(tx, from.districtCode, from.id)
  const [opened] = await writeArrivals(tx, services, there, [
    {
      record: arriving(from, areaCode, there, territory.area(areaCode)?.level === 'grid'),
      day: localDate(from.reportedAt, catalogue.calendar.zone),
      caller: caller ? { trackingHash: caller.trackingHash, nameBox: caller.nameBox, phoneBox: caller.phoneBox, phoneHash: caller.phoneHash } : null,
      by: { actor: input.by.actor, requestId: input.by.requestId, commandId: newId() },
    },
  ])
  return opened as CaseRecord
}

/** The case as it begins in its new district: what was said and when stays, what was decided does not. */
function arriving(from: CaseRecord, areaCode: string, districtCode: DistrictCode, isGrid: boolean): Omit<CaseRecord, 'number'> {
  const { number: _number, ...rest } = from
  const begun = {
    status: 'reported',
    version: 1,
    steps: ['collect'],
    handledBy: [],
    result: null,
    rating: null,
    evaluation: null,
    closedAt: null,
  } as const
  return {
    ...rest,
    ...unheld,
    ...begun,
    id: newId(),
    districtCode,
    areaCode,
    gridCode: isGrid ? areaCode : null,
    unitGridCode: null,
    building: null,
    lng: null,
    lat: null,
    placeReason: null,
    // The place is known now; whether the matter is, the old case says.
    triageReason: from.triageReason === 'not_located' ? null : from.triageReason,
    triageNote: null,
    source: null,
    externalKey: null,
    // The call that it was split from stays where it is; the way back leads over the case that ended here.
    parentId: null,
    originDistrictCode: from.districtCode,
    originId: from.id,
    reworkCount: 0,
    returnCount: 0,
    reopenCount: 0,
  }
}
