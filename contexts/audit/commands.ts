import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { emit, type Doing, type NewEvent } from '#platform/event.ts'
import { faultSentence, verify, type Anchor, type Verdict } from '#platform/verify.ts'
import type { VerificationView } from './contract.ts'
import type { AuditEventType } from './events.ts'
import { refuse } from './refusals.ts'

function auditEvent(type: AuditEventType, districtCode: DistrictCode, happenedAt: Instant, data: NewEvent['data'] = {}): NewEvent {
  return { type, version: 1, districtCode, subjectKind: 'look', subjectId: newId(), subjectVersion: 1, happenedAt, data }
}

/** Notes that somebody read the trail, in the transaction that reads it. */
export async function noteLook<T>(tx: Tx<T>, doing: Doing, districtCode: DistrictCode, asked: NewEvent['data']): Promise<void> {
  await emit(tx, doing, [auditEvent('audit.viewed', districtCode, doing.clock.now(), asked)])
}

interface Verification {
  readonly districtCode: DistrictCode
  readonly startedAt: Instant
  checked: number
  total: number
  finishedAt: Instant | null
  verdict: Verdict | null
}

/** Verifications of one process: one at a time, and of each district the last. */
export interface Verifier {
  /** Begins, and answers once it is done or after a moment, whichever is first. `failed` is told of an error, also of one that comes later. */
  start(doing: Doing, districtCode: DistrictCode, anchors: readonly Anchor[], failed: (error: unknown) => void): Promise<VerificationView>
  look(districtCode: DistrictCode): VerificationView
}

const MOMENT_MS = 800

export function createVerifier(): Verifier {
  const last = new Map<DistrictCode, Verification>()
  const run = async (doing: Doing, own: Verification, anchors: readonly Anchor[]): Promise<void> => {
    try {
      const watch = (checked: number, total: number): void => void Object.assign(own, { checked, total })
      const [verdict] = await verify(doing.database, [own.districtCode], anchors, watch)
      if (!verdict) throw new Error(`no verdict on district ${own.districtCode}`)
      const { seals, sealed, unsealed, fault } = verdict
      const found = { seals, sealed, unsealed, fault: fault?.kind ?? null, number: fault?.number ?? null, anchors: anchors.length }
      await inTransaction(doing.database, (tx: Tx<never>) =>
        emit(tx, doing, [auditEvent('audit.verified', own.districtCode, doing.clock.now(), found)]),
      )
      own.verdict = verdict
    } finally {
      own.finishedAt = doing.clock.now()
    }
  }
  const look = (districtCode: DistrictCode): VerificationView => viewOf(last.get(districtCode))
  return {
    look,
    start: async (doing, districtCode, anchors, failed) => {
      const running = [...last.values()].find((one) => one.finishedAt === null)
      if (running) throw refuse.verifying({ district: running.districtCode })
      const own: Verification = { districtCode, startedAt: doing.clock.now(), checked: 0, total: 0, finishedAt: null, verdict: null }
      last.set(districtCode, own)
      // After the moment nobody waits for it any more; that it failed is read with `look`.
      const work = run(doing, own, anchors).catch(failed)
      await Promise.race([work, sleep(MOMENT_MS, undefined, { ref: false })])
      return look(districtCode)
    },
  }
}

function viewOf(one: Verification | undefined): VerificationView {
  if (!one) return { state: 'none', checked: 0, total: 0, startedAt: null, finishedAt: null, seals: null, fault: null }
  const { checked, total, startedAt, finishedAt, verdict } = one
  const state = finishedAt === null ? 'running' : verdict ? 'done' : 'failed'
  return { state, checked, total, startedAt, finishedAt, seals: verdict?.seals ?? null, fault: verdict && faultView(verdict) }
}

function faultView({ fault }: Verdict): VerificationView['fault'] {
  return fault && { kind: fault.kind, number: fault.number, text: { zh: faultSentence(fault, 'zh'), en: faultSentence(fault, 'en') } }
}
