import type { Catalogue } from '#contexts/catalogue/index.ts'
import type { CaseRecord } from './record.ts'

/** True while the matter is only what the words suggest: below the floor of confidence, and nobody has confirmed it. */
export function isGuess(
  { conditionId, confidence, triageReason }: Pick<CaseRecord, 'conditionId' | 'confidence' | 'triageReason'>,
  { floor }: Pick<Catalogue, 'floor'>,
): boolean {
  return conditionId !== null && triageReason !== null && (confidence ?? 1) < floor
}
