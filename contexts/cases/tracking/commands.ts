import { publicActor, systemActor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { addMs, HOUR_MS, type Instant } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { normaliseCode } from '#platform/secret.ts'
import type { CaseServices } from '../commands.ts'
import type { PublicCase } from '../contract.ts'
import { planDispatch } from '../dispatch.ts'
import type { Intake } from '../intake.ts'
import type { PlaceInput } from '../place.ts'
import { alikeForResident, type AlikeForResident } from '../merging/questions.ts'
import { refuse } from '../refusals.ts'
import { findByTracking, findCase, type CasesTables, type CasesTx } from '../store.ts'
import { TRIES_AN_HOUR, type Proof, type ProvenCase } from './proof.ts'
import { publicCaseOf } from './questions.ts'
import { countTry, findByNumber, forgetTries, type AttemptTables } from './store.ts'

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

/** Finds the case of a proof. Throws `codeUnknown`, `tailUnknown` (the same for a number that does not exist) or `tailLocked`. */
async function proveCase(services: CaseServices, proof: Proof): Promise<ProvenCase> {
  return typeof proof === 'string' ? byCode(services, proof) : byNumber(services, proof)
}

async function byCode({ database, secrets }: CaseServices, code: string): Promise<ProvenCase> {
  const hash = secrets.hash(normaliseCode(code))
  const found = await inTransaction(database, (tx: CasesTx) => findByTracking(tx, hash))
  if (!found) throw refuse.codeUnknown({}, 'trackingCode')
  return { ...found, byCode: true }
}

async function byNumber({ database, secrets, clock }: CaseServices, proof: { number: string; phoneTail: string }): Promise<ProvenCase> {
  const number = proof.number.replace(/\s/g, '')
  const districtCode = number.slice(0, 6) as DistrictCode
  const now = clock.now()
  // A refusal would undo the count, so it is thrown after the transaction.
  const looked = await inTransaction(database, async (tx: Tx<CasesTables & AttemptTables>) => {
    const found = await findByNumber(tx, districtCode, number)
    if (!found) return 'unknown' as const
    const tries = await countTry(tx, districtCode, found.caseId, now, addMs(now, -HOUR_MS))
    if (tries > TRIES_AN_HOUR) return 'locked' as const
    const digits = found.phoneBox === null ? '' : secrets.decrypt(found.phoneBox).replace(/\D/g, '')
    if (digits.length < 5 || digits.slice(-4) !== proof.phoneTail) return 'unknown' as const
    await forgetTries(tx, districtCode, found.caseId)
    return found
  })
  if (looked === 'locked') throw refuse.tailLocked({}, 'phoneTail')
  if (looked === 'unknown') throw refuse.tailUnknown({}, 'phoneTail')
  return { districtCode, caseId: looked.caseId, byCode: false }
}
