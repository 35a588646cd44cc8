import { publicActor, systemActor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Instant } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import type { PublicCase } from '../contract.ts'
import { planDispatch } from '../dispatch.ts'
import type { Intake } from '../intake.ts'
import type { PlaceInput } from '../place.ts'
import { alikeForResident, type AlikeForResident } from '../merging/questions.ts'
import { refuse } from '../refusals.ts'
import { findCase, type CasesTx } from '../store.ts'
import { proveCase, type Proof } from './proof.ts'
import { publicCaseOf } from './questions.ts'

/** What a caller says of the answer. */
export interface CallerRating {
  readonly commandId: string
  readonly score: number
  readonly reasonCode?: string | undefined
  readonly note?: string | undefined
}

/** What callers do with their reports; the same functions serve JSON and the portal's pages. */
export interface CallerActs {
  track(proof: Proof): Promise<PublicCase>
  rate(proof: Proof, requestId: string, input: CallerRating): Promise<PublicCase>
  /** Within ten minutes; what the rating reopened is closed again while nobody has acted on it. */
  unrate(proof: Proof, requestId: string, input: { commandId: string }): Promise<PublicCase>
  /** By the code only. */
  withdraw(proof: Proof, requestId: string, input: { commandId: string }): Promise<PublicCase>
  /** Open cases that may be the very thing, without a word of anybody. */
  alike(report: PlaceInput & { text: string }): Promise<AlikeForResident[]>
  /** Says that a report is about the same as one of those. False where that is not so any more; the report then stands alone. */
  join(code: string, requestId: string, mainId: string): Promise<boolean>
  /** When a report just made should be done, where the rules can tell; null where a person has to find out who is responsible. */
  expected(code: string): Promise<Instant | null>
}

const joining = systemActor('joinByCaller')

export function callerActs({ services, intake }: { services: CaseServices; intake: Intake }): CallerActs {
  const act = async (proof: Proof, requestId: string, input: CallerRating | { commandId: string }, move: 'rate' | 'unrate' | 'withdraw') => {
    const found = await proveCase(services, proof)
    if (move === 'withdraw' && !found.byCode) throw refuse.codeUnknown({}, 'trackingCode')
    await intake.move(found.districtCode, { ...input, move, id: found.caseId, by: { actor: publicActor, requestId, isCaller: true } })
    return publicCaseOf(services, found)
  }
  return {
    track: async (proof) => publicCaseOf(services, await proveCase(services, proof)),
    rate: (proof, requestId, input) => act(proof, requestId, input, 'rate'),
    unrate: (proof, requestId, input) => act(proof, requestId, input, 'unrate'),
    withdraw: (proof, requestId, input) => act(proof, requestId, input, 'withdraw'),
    alike: (report) => alikeForResident(services, report),
    join: (code, requestId, mainId) => join(services, intake, { code, requestId, mainId }),
    expected: async (code) => expectedDue(services, await proveCase(services, code)),
  }
}

interface Joining {
  readonly code: string
  readonly requestId: string
  readonly mainId: string
}

/** Only what was proposed for this very report may be joined, and never where the words mean danger: a person looks at those. */
async function join(services: CaseServices, intake: Intake, { code, requestId, mainId }: Joining): Promise<boolean> {
  const { districtCode, caseId } = await proveCase(services, code)
  const record = await inTransaction(services.database, (tx: CasesTx) => findCase(tx, districtCode, caseId))
  if (!record || record.triageReason === 'danger') return false
  const { text, areaCode, lng, lat } = record
  const alike = await alikeForResident(services, { text, areaCode, lng: lng ?? undefined, lat: lat ?? undefined })
  if (!alike.some((one) => one.id === mainId && one.districtCode === districtCode)) return false
  try {
    await intake.move(districtCode, { id: caseId, move: 'merge', mainId, commandId: newId(), by: { actor: joining, requestId } })
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

async function expectedDue(
  services: CaseServices,
  { districtCode, caseId }: { districtCode: DistrictCode; caseId: string },
): Promise<Instant | null> {
  const record = await inTransaction(services.database, (tx: CasesTx) => findCase(tx, districtCode, caseId))
  if (!record) return null
  if (record.disposeDueAt !== null) return record.disposeDueAt
  if (record.triageReason !== null) return null
  try {
    const { milestones } = planDispatch(record, { move: 'dispatch' }, services.clock.now(), services.rules())
    return milestones.find(({ kind }) => kind === 'dispose')?.dueAt ?? null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
