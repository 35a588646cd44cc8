import { addMs, HOUR_MS } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { normaliseCode } from '#platform/secret.ts'
import type { CaseServices } from '../commands.ts'
import { refuse } from '../refusals.ts'
import { findByTracking, type CasesTables, type CasesTx } from '../store.ts'
import { countTry, findByNumber, forgetTries, type AttemptTables } from './store.ts'

/**
 * By what somebody shows that a report is his: the code of the receipt, or its number with the last four digits of the telephone that he left.
 * Four digits can be guessed, so they show less and do less (docs/decisions/0039).
 */
export type Proof = string | { readonly number: string; readonly phoneTail: string }

export interface ProvenCase {
  readonly districtCode: DistrictCode
  readonly caseId: string
  /** False for whoever knows number and telephone only. */
  readonly byCode: boolean
}

/** Wrong tries within an hour after which a number answers nobody. */
export const TRIES_AN_HOUR = 5

/** Finds the case of a proof. Throws `codeUnknown`, `tailUnknown` (the same for a number that does not exist) or `tailLocked`. */
export async function proveCase(services: CaseServices, proof: Proof): Promise<ProvenCase> {
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
