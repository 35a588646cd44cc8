import { sql } from 'kysely'
import type { Clock, Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { inTransaction, insertRows, type Tx } from './database/database.ts'
import { goRound, type Round } from './district.ts'
import { canonicalText, type EventRow } from './leaf.ts'
import { readLog } from './log.ts'
import { inclusionPath, merkleRoot, rootOfPath, sm3 } from './merkle.ts'

/** A sealed run of a district's log. */
export interface Seal {
  readonly districtCode: DistrictCode
  /** 1, 2, 3 … within the district. */
  readonly ordinal: number
  readonly firstNumber: number
  readonly lastNumber: number
  readonly root: string
  readonly chain: string
  readonly sealedAt: Instant
}

/** How many entries one seal covers at most; what is left follows in the next seal. */
const longestRun = 8192

/**
 * Seals what has been numbered since the last seal, in every district; returns the number of entries sealed. The seals of a district are a
 * chain, so a later one vouches for all before it. Seal by the machine's own clock, not by that of a replay.
 */
export function seal(round: Round & { readonly clock: Clock }): Promise<number> {
  return goRound(round, 'sealer', (district) => inTransaction(round.database, (tx: Tx<never>) => sealDistrict(tx, round.clock, district)))
}

interface Head {
  readonly sealedNumber: number
  readonly sealCount: number
  readonly chain: string
}

async function sealDistrict(tx: Tx<never>, clock: Clock, district: DistrictCode): Promise<number> {
  const heads = await sql<Head>`
    select sealed_number, seal_count, chain from platform.log_head
     where district_code = ${district} and last_number > sealed_number for update skip locked`.execute(tx)
  const head = heads.rows[0]
  if (!head) return 0
  const entries = await readLog(tx, district, head.sealedNumber, longestRun)
  const last = entries.at(-1)
  if (!last || last.number - head.sealedNumber !== entries.length)
    throw new Error(`The log of district ${district} has a gap after number ${head.sealedNumber}. Nothing more is sealed there; run huying verify.`)
  const leaves = entries.map((entry) => entry.leaf)
  const body = {
    districtCode: district,
    ordinal: head.sealCount + 1,
    firstNumber: head.sealedNumber + 1,
    lastNumber: last.number,
    root: merkleRoot(leaves),
    sealedAt: clock.now(),
  }
  const chain = chainOf(head.chain, body)
  await insertRows(tx, 'platform.seal', [{ ...body, leaves: `\\x${leaves.join('')}`, chain }])
  await sql`update platform.log_head set sealed_number = ${last.number}, seal_count = seal_count + 1, chain = ${chain} where district_code = ${district}`.execute(
    tx,
  )
  return entries.length
}

/** What a seal says, bound to the seal before it: SM3 over the fields, one a line. `previous` is empty for the first seal. */
export function chainOf(previous: string, body: Omit<Seal, 'chain'>): string {
  const { districtCode, ordinal, firstNumber, lastNumber, root, sealedAt } = body
  return sm3(['huying.seal.1', districtCode, ordinal, previous, root, firstNumber, lastNumber, sealedAt].join('\n'))
}

/** Shows that one event is under a seal. It holds no personal data and can be handed to anybody; `text` is the event's canonical text. */
export interface Proof {
  readonly number: number
  readonly eventId: string
  readonly text: string
  /** Sister nodes from the leaf up to the seal's root. */
  readonly path: readonly string[]
  /** Chain value of the seal before this one; empty for the first. */
  readonly previousChain: string
  readonly seal: Seal
}

/** Makes the proof of one entry. Undefined while it is not sealed, or when there is no such number. */
export async function proofOf<Tables>(tx: Tx<Tables>, district: DistrictCode, number: number): Promise<Proof | undefined> {
  const seals = await sql<Seal & { leaves: Buffer; previousChain: string | null }>`
    select s.*, (select p.chain from platform.seal p where p.district_code = ${district} and p.ordinal = s.ordinal - 1) as previous_chain
      from platform.seal s where s.district_code = ${district} and s.first_number <= ${number} and s.last_number >= ${number}`.execute(tx)
  const events = await sql<EventRow>`
    select e.* from platform.log_entry l
      join platform.event e on e.district_code = l.district_code and e.recorded_at = l.event_recorded_at and e.id = l.event_id
     where l.district_code = ${district} and l.number = ${number}`.execute(tx)
  const [found, event] = [seals.rows[0], events.rows[0]]
  if (!found || !event) return undefined
  const { leaves, previousChain, ...sealed } = found
  return {
    number,
    eventId: event.id,
    text: canonicalText(event),
    path: inclusionPath(digestsOf(leaves), number - found.firstNumber),
    previousChain: previousChain ?? '',
    seal: sealed,
  }
}

/**
 * Checks a proof by itself: that the text leads to the seal's root and the seal to its chain value. Compare that chain value with one that
 * was made public at the time, or with the seal that the district shows.
 */
export function checkProof(proof: Proof): boolean {
  const { firstNumber, lastNumber, root, chain } = proof.seal
  const reached = rootOfPath(sm3(proof.text), proof.number - firstNumber, lastNumber - firstNumber + 1, proof.path)
  const [, district, , eventId] = JSON.parse(proof.text) as unknown[]
  const isOfEvent = eventId === proof.eventId && district === proof.seal.districtCode
  return isOfEvent && reached === root && chainOf(proof.previousChain, proof.seal) === chain
}

/** The digests of a sealed run, as hex, from the 32 bytes each that the seal's row holds. */
export function digestsOf(leaves: Buffer): string[] {
  const hex = leaves.toString('hex')
  return Array.from({ length: Math.floor(hex.length / 64) }, (_, index) => hex.slice(index * 64, index * 64 + 64))
}
