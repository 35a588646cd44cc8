import { sql } from 'kysely'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Database, Tx } from './database/database.ts'
import { leafOf, type EventRow } from './leaf.ts'
import { merkleRoot } from './merkle.ts'
import { chainOf, digestsOf, type Seal } from './seal.ts'

/** What can be wrong with a recorded history. */
export const faultKinds = {
  eventAltered: { zh: '事件内容被改动', en: 'the event was altered' },
  eventMissing: { zh: '事件被删除', en: 'the event was deleted' },
  eventUnlogged: { zh: '事件不在编号日志中（补写或日志行被删）', en: 'the event is in no log (added by hand, or its log entry was deleted)' },
  entryAltered: { zh: '日志行被改动', en: 'the log entry was altered' },
  entryMissing: { zh: '日志行被删除', en: 'the log entry was deleted' },
  entryMoved: { zh: '日志行的次序被改动', en: 'the log entry stands in another place than when it was sealed' },
  entryAdded: { zh: '日志行是后来加的', en: 'the log entry was added later' },
  sealAltered: { zh: '封存记录被改动', en: 'the seal was altered' },
  sealMissing: { zh: '封存记录被删除', en: 'the seal was deleted' },
  headAltered: { zh: '日志头与最后的封存记录不符', en: 'the head of the log does not fit the last seal' },
  anchorBroken: { zh: '与此前公布的封存值不符', en: 'the seal is not the one that was made public' },
} as const
export type FaultKind = keyof typeof faultKinds

/** The first thing found wrong in a district. `number` is the place in the log; a seal stands at its first number. */
export interface HistoryFault {
  readonly kind: FaultKind
  readonly number: number | null
  readonly eventId: string | null
  /** Number of the seal that shows it, when one does. */
  readonly seal: number | null
  /** For `entryMoved`: the number it was sealed under. */
  readonly sealedAs?: number
}

/** What was found in one district. */
export interface Verdict {
  readonly districtCode: DistrictCode
  readonly seals: number
  /** Entries under a seal; all of them were recomputed. */
  readonly sealed: number
  /** Entries that no seal covers yet: they were compared with their events, but whoever can write both can still change them. */
  readonly unsealed: number
  /** Chain value of the last seal. Keep it where the database's administrators cannot write, and give it as an anchor next time. */
  readonly chain: string
  readonly fault: HistoryFault | null
}

/** A chain value that was noted earlier. It alone shows that somebody rewrote all seals from some point on. */
export interface Anchor {
  readonly districtCode: string
  readonly seal: number
  readonly chain: string
}

/** An anchor as one writes it down: `990101:12:` and the chain value. */
export function anchorText({ districtCode, seal, chain }: Anchor): string {
  return `${districtCode}:${seal}:${chain}`
}

/** Reads an anchor back; undefined when it is none. */
export function readAnchor(text: string): Anchor | undefined {
  const [, districtCode, seal, chain] = /^(\d{6}):([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(text.trim()) ?? []
  if (districtCode === undefined || chain === undefined) return undefined
  return { districtCode, seal: Number(seal), chain: chain.toLowerCase() }
}

/** Is told after every page how many entries of the district were recomputed, of how many. */
export type Watch = (checked: number, total: number) => void

/**
 * Recomputes the recorded history of each district, from the events up to the head, and names the first row that was altered, deleted,
 * added or moved. Reads one snapshot page by page, so it can run beside the writers and needs little memory.
 */
export async function verify(
  database: Database,
  districts: readonly DistrictCode[],
  anchors: readonly Anchor[] = [],
  watch: Watch = () => undefined,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const district of districts) {
    const own = anchors.filter((anchor) => anchor.districtCode === district)
    verdicts.push(
      await database.kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((tx) => verifyDistrict(tx, district, own, watch)),
    )
  }
  return verdicts
}

interface Head {
  readonly lastNumber: number
  readonly sealedNumber: number
  readonly sealCount: number
  readonly chain: string
}

type Count = (rows: number) => void
type SealRow = Seal & { readonly leaves: Buffer }

async function verifyDistrict(tx: Tx<never>, district: DistrictCode, anchors: readonly Anchor[], watch: Watch): Promise<Verdict> {
  const heads =
    await sql<Head>`select last_number, sealed_number, seal_count, chain from platform.log_head where district_code = ${district}`.execute(tx)
  const head = heads.rows[0] ?? { lastNumber: 0, sealedNumber: 0, sealCount: 0, chain: '' }
  const verdict = (fault: HistoryFault | null): Verdict => ({
    districtCode: district,
    seals: head.sealCount,
    sealed: head.sealedNumber,
    unsealed: head.lastNumber - head.sealedNumber,
    chain: head.chain,
    fault,
  })
  let checked = 0
  const count: Count = (rows) => watch((checked += rows), head.lastNumber)
  count(0)
  let before: Pick<Seal, 'ordinal' | 'lastNumber' | 'chain'> = { ordinal: 0, lastNumber: 0, chain: '' }
  for (;;) {
    const { rows } =
      await sql<SealRow>`select * from platform.seal where district_code = ${district} and ordinal > ${before.ordinal} order by ordinal limit 1`.execute(
        tx,
      )
    const next = rows[0]
    if (!next) break
    const fault = sealFault(before, next, anchors) ?? (await runFault(tx, next, count))
    if (fault) return verdict(fault)
    before = next
  }
  return verdict(headFault(head, before, anchors) ?? (await tailFault(tx, district, head, count)) ?? (await strayFault(tx, district)))
}

function sealFault(before: Pick<Seal, 'ordinal' | 'lastNumber' | 'chain'>, found: SealRow, anchors: readonly Anchor[]): HistoryFault | null {
  const { ordinal, firstNumber, lastNumber, root, chain } = found
  const at = (kind: FaultKind, seal = ordinal): HistoryFault => ({ kind, number: before.lastNumber + 1, eventId: null, seal })
  if (ordinal !== before.ordinal + 1) return at('sealMissing', before.ordinal + 1)
  const digests = digestsOf(found.leaves)
  const fits = firstNumber === before.lastNumber + 1 && digests.length === lastNumber - firstNumber + 1 && found.leaves.length === digests.length * 32
  if (!fits || merkleRoot(digests) !== root || chainOf(before.chain, found) !== chain) return at('sealAltered')
  return anchors.some((anchor) => anchor.seal === ordinal && anchor.chain !== chain) ? at('anchorBroken') : null
}

function headFault(head: Head, last: Pick<Seal, 'ordinal' | 'lastNumber' | 'chain'>, anchors: readonly Anchor[]): HistoryFault | null {
  const at = (kind: FaultKind): HistoryFault => ({ kind, number: last.lastNumber + 1, eventId: null, seal: last.ordinal + 1 })
  if (head.sealCount > last.ordinal) return at('sealMissing')
  if (head.sealCount !== last.ordinal || head.chain !== last.chain || head.sealedNumber !== last.lastNumber) return at('headAltered')
  // Seals and head cut back together: only a value kept elsewhere shows it.
  return anchors.some((anchor) => anchor.seal > last.ordinal) ? at('anchorBroken') : null
}

interface Entry {
  readonly number: number
  readonly eventId: string
  readonly eventType: string
  readonly subjectId: string
  readonly leaf: string
  readonly event: EventRow | null
}

const pageRows = 1000

async function readEntries(tx: Tx<never>, district: DistrictCode, after: number, upTo: number): Promise<Entry[]> {
  const { rows } = await sql<Omit<Entry, 'event'> & EventRow & { found: boolean; entryType: string; entrySubject: string }>`
    select e.*, l.number, l.event_id, l.event_type as entry_type, l.subject_id as entry_subject, l.leaf, e.id is not null as found
      from platform.log_entry l
      left join platform.event e on e.district_code = l.district_code and e.recorded_at = l.event_recorded_at and e.id = l.event_id
     where l.district_code = ${district} and l.number > ${after} and l.number <= ${upTo}
     order by l.number limit ${pageRows}`.execute(tx)
  return rows.map((row) => ({
    number: row.number,
    eventId: row.eventId,
    eventType: row.entryType,
    subjectId: row.entrySubject,
    leaf: row.leaf,
    event: row.found ? row : null,
  }))
}

/** Compares the entries and events of a sealed run with the digests of its seal, whose own truth is settled before. */
async function runFault(tx: Tx<never>, sealed: SealRow, count: Count): Promise<HistoryFault | null> {
  const digests = digestsOf(sealed.leaves)
  let expected = sealed.firstNumber
  while (expected <= sealed.lastNumber) {
    const entries = await readEntries(tx, sealed.districtCode, expected - 1, sealed.lastNumber)
    for (const entry of entries) {
      const digest = digests[expected - sealed.firstNumber] ?? ''
      if (entry.number !== expected) return missingEntry(tx, sealed, expected, digest)
      const fault = await entryFault(tx, sealed, entry, digest)
      if (fault) return fault
      expected += 1
    }
    count(entries.length)
    if (entries.length === 0) return missingEntry(tx, sealed, expected, digests[expected - sealed.firstNumber] ?? '')
  }
  return null
}

async function entryFault(tx: Tx<never>, sealed: SealRow, entry: Entry, digest: string): Promise<HistoryFault | null> {
  const at = (kind: FaultKind): HistoryFault => ({ kind, number: entry.number, eventId: entry.eventId, seal: sealed.ordinal })
  const computed = entry.event && leafOf(entry.event)
  if (computed === digest) return entry.leaf === digest && agrees(entry) ? null : at('entryAltered')
  const sealedAs = await placeOf(tx, sealed.districtCode, computed ?? entry.leaf)
  if (sealedAs !== undefined && sealedAs !== entry.number) return { ...at('entryMoved'), sealedAs }
  return at(computed === null ? 'eventMissing' : 'eventAltered')
}

/** What an entry repeats of its event for its readers. */
function agrees({ event, eventType, subjectId }: Entry): boolean {
  return event?.type === eventType && event.subjectId === subjectId
}

/** The number under which a digest was sealed. */
async function placeOf(tx: Tx<never>, district: DistrictCode, digest: string): Promise<number | undefined> {
  if (!/^[0-9a-f]{64}$/.test(digest)) return undefined
  const { rows } = await sql<{ number: number }>`
    select first_number + (at - 1) / 32 as number
      from (select ordinal, first_number, position(decode(${digest}, 'hex') in leaves) as at from platform.seal where district_code = ${district}) found
     where at % 32 = 1 order by ordinal limit 1`.execute(tx)
  return rows[0]?.number
}

/** Names the event of a deleted entry: it is among those that no entry points at, and its digest is the sealed one. */
async function missingEntry(tx: Tx<never>, sealed: SealRow, number: number, digest: string): Promise<HistoryFault> {
  let own: EventRow | undefined
  for await (const event of strays(tx, sealed.districtCode)) {
    if (leafOf(event) !== digest) continue
    own = event
    break
  }
  return { kind: 'entryMissing', number, eventId: own?.id ?? null, seal: sealed.ordinal }
}

/** Entries that no seal covers yet: numbers without gaps up to the head, each with its event as it was when numbered. */
async function tailFault(tx: Tx<never>, district: DistrictCode, head: Head, count: Count): Promise<HistoryFault | null> {
  let expected = head.sealedNumber + 1
  for (;;) {
    const entries = await readEntries(tx, district, expected - 1, Number.MAX_SAFE_INTEGER)
    for (const entry of entries) {
      const at = (kind: FaultKind): HistoryFault => ({ kind, number: expected, eventId: entry.eventId, seal: null })
      if (expected > head.lastNumber) return at('entryAdded')
      if (entry.number !== expected) return { ...at('entryMissing'), eventId: null }
      if (!entry.event) return at('eventMissing')
      if (leafOf(entry.event) !== entry.leaf) return at('eventAltered')
      if (!agrees(entry)) return at('entryAltered')
      expected += 1
    }
    count(entries.length)
    if (entries.length === 0) return expected <= head.lastNumber ? { kind: 'entryMissing', number: expected, eventId: null, seal: null } : null
  }
}

/** Events that are in no log and do not wait for it either. */
async function strayFault(tx: Tx<never>, district: DistrictCode): Promise<HistoryFault | null> {
  for await (const event of strays(tx, district)) return { kind: 'eventUnlogged', number: null, eventId: event.id, seal: null }
  const { rows } = await sql<{ eventId: string }>`
    select o.event_id from platform.outbox o
     where o.district_code = ${district} and o.subscriber = 'log'
       and not exists (select from platform.event e where e.district_code = ${district} and e.recorded_at = o.recorded_at and e.id = o.event_id)
     order by o.id limit 1`.execute(tx)
  return rows[0] ? { kind: 'eventMissing', number: null, eventId: rows[0].eventId, seal: null } : null
}

/** Events without an entry, in the order of their recording. Page by page with look-ups by key: an anti-join of whole tables goes wrong by hours when their statistics are old. */
async function* strays(tx: Tx<never>, district: DistrictCode): AsyncGenerator<EventRow> {
  let after = { recordedAt: '-infinity', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows: page } = await sql<typeof after>`
      select recorded_at, id from platform.event
       where district_code = ${district} and (recorded_at, id) > (${after.recordedAt}::timestamptz, ${after.id}::uuid)
       order by recorded_at, id limit ${pageRows}`.execute(tx)
    const last = page.at(-1)
    if (!last) return
    after = last
    const ids = page.map((event) => event.id)
    const logged = await sql<{
      id: string
    }>`select event_id as id from platform.log_entry where district_code = ${district} and event_id = any(${ids}::uuid[]) and number > 0`.execute(tx)
    const missing = without(ids, logged.rows)
    if (missing.length === 0) continue
    const waiting = await sql<{
      id: string
    }>`select event_id as id from platform.outbox where district_code = ${district} and subscriber = 'log' and event_id = any(${missing}::uuid[])`.execute(
      tx,
    )
    const lost = without(missing, waiting.rows)
    if (lost.length === 0) continue
    const events = await sql<EventRow>`
      select * from platform.event where district_code = ${district} and recorded_at >= ${page[0]?.recordedAt}::timestamptz and recorded_at <= ${last.recordedAt}::timestamptz
         and id = any(${lost}::uuid[]) order by recorded_at, id`.execute(tx)
    yield* events.rows
  }
}

function without(ids: readonly string[], found: readonly { id: string }[]): string[] {
  const known = new Set(found.map((row) => row.id))
  return ids.filter((id) => !known.has(id))
}

/** One sentence for a person about what was found. */
export function faultSentence(fault: HistoryFault, language: 'zh' | 'en'): string {
  const { number, eventId, seal, sealedAs } = fault
  const what = faultKinds[fault.kind][language]
  const zh = [
    number === null ? '' : `第 ${number} 号`,
    eventId === null ? '' : `事件 ${eventId}`,
    sealedAs === undefined ? '' : `封存时是第 ${sealedAs} 号`,
    seal === null ? '' : `第 ${seal} 次封存`,
  ]
  const en = [
    number === null ? '' : `number ${number}`,
    eventId === null ? '' : `event ${eventId}`,
    sealedAs === undefined ? '' : `sealed as number ${sealedAs}`,
    seal === null ? '' : `seal ${seal}`,
  ]
  return language === 'zh' ? `${what}：${zh.filter(Boolean).join('，')}` : `${what}: ${en.filter(Boolean).join(', ')}`
}
