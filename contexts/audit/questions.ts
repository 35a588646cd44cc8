import { listLooksOf, namedAs, type Directory, type LookRow, type Policy } from '#contexts/people/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { addDays, instantAt, type Instant, type LocalDate } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { packCursor, unpackCursor, type Page } from '#kernel/page.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { checkProof, proofOf, type Seal } from '#platform/seal.ts'
import { readSealStates, readTrail, type SealState, type TrailRow } from '#platform/trail.ts'
import { anchorText } from '#platform/verify.ts'
import { noteLook } from './commands.ts'
import type { AuditEntry, LookView, SealView } from './contract.ts'
import { refuse } from './refusals.ts'

/** What audit needs of the rest. */
export interface AuditServices {
  readonly database: Database
  readonly rules: () => { readonly policy: Policy; readonly directory: Directory; readonly districts: readonly DistrictCode[] }
  /** The city's own. */
  readonly zone: string
  /** Words of every type of event. */
  readonly eventNames: Readonly<Record<string, Wording>>
  readonly cases: CaseNumbers
}

/** What audit asks about cases, whose contents it does not read. */
export interface CaseNumbers {
  readonly idOf: (district: DistrictCode, number: string) => Promise<string | undefined>
  readonly numbersOf: (district: DistrictCode, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

export interface AskedEntries extends Asked {
  readonly type?: string | undefined
  readonly subjectId?: string | undefined
  readonly caseNumber?: string | undefined
}

interface Asked {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly who?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The district, when the actor may read its records; any other does not exist for him. */
export function readableDistrict({ rules }: AuditServices, actor: Actor, code: string): DistrictCode {
  const found = rules().districts.find((district) => district === code)
  if (found === undefined || !rules().policy.may(actor, 'audit.read', { districtCode: found, areaCode: found }))
    throw refuse.notYours({ district: code })
  return found
}

/** State of the seals of every district that the actor may read. */
export async function sealsFor({ database, rules }: AuditServices, actor: Actor): Promise<SealView[]> {
  const { policy, districts } = rules()
  const own = districts.filter((code) => policy.may(actor, 'audit.read', { districtCode: code, areaCode: code }))
  return (await inTransaction(database, (tx) => readSealStates(tx, own))).map(sealView)
}

function sealView({ districtCode, name, lastNumber, sealedNumber, seals, chain, sealedAt, waiting }: SealState): SealView {
  const unsealed = lastNumber - sealedNumber + waiting
  return { districtCode, name, lastNumber, unsealed, seals, sealedAt, anchor: seals === 0 ? '' : anchorText({ districtCode, seal: seals, chain }) }
}

/** A page of the trail of a district; that it was read is recorded with it. */
export async function entriesFor(services: AuditServices, doing: Doing, code: string, asked: AskedEntries): Promise<Page<AuditEntry>> {
  const district = readableDistrict(services, doing.actor, code)
  const after = readCursor(asked.cursor, 2)
  const { type, limit } = asked
  const subjectId = await subjectOf(services, district, asked)
  const filter = { ...daysOf(services, asked), actorPersonIds: personsNamed(services, asked.who), type, subjectId, limit: limit + 1 }
  const { rows, sealedNumber } = await inTransaction(services.database, async (tx: Tx<never>) => {
    const found = await readTrail(tx, district, { ...filter, after: after && { recordedAt: after[0] ?? '', id: after[1] ?? '' } })
    const [state] = await readSealStates(tx, [district])
    await noteLook(tx, doing, district, { list: 'entries', ...lookOf(asked), type: type ?? null, subjectId: subjectId ?? null })
    return { rows: found, sealedNumber: state?.sealedNumber ?? 0 }
  })
  const about = rows.flatMap(({ subjectKind, subjectId: id }) => (subjectKind === 'case' ? [id] : []))
  const numbers = await services.cases.numbersOf(district, [...new Set(about)])
  return pageOf(
    rows,
    limit,
    (row) => entryOf(row, services, { sealedNumber, numbers }),
    (row) => [row.recordedAt, row.id],
  )
}

// No event has this subject: a number that nobody bears finds nothing, like any other filter that fits nothing.
const NOBODY = '00000000-0000-0000-0000-000000000000'

async function subjectOf({ cases }: AuditServices, district: DistrictCode, { subjectId, caseNumber }: AskedEntries): Promise<string | undefined> {
  return caseNumber === undefined ? subjectId : ((await cases.idOf(district, caseNumber)) ?? NOBODY)
}

/** Under which seal an entry lies; null while none covers it. */
export async function sealOfEntry(services: AuditServices, actor: Actor, code: string, number: number): Promise<EntrySeal | null> {
  const district = readableDistrict(services, actor, code)
  const proof = await inTransaction(services.database, (tx: Tx<never>) => proofOf(tx, district, number))
  if (!proof) return null
  const { ordinal, firstNumber, lastNumber, sealedAt, chain } = proof.seal
  return { ordinal, firstNumber, lastNumber, sealedAt, chain, sound: checkProof(proof) }
}

export interface EntrySeal extends Pick<Seal, 'ordinal' | 'firstNumber' | 'lastNumber' | 'sealedAt' | 'chain'> {
  readonly sound: boolean
}

/** A page of the looks at personal fields of a district's cases; that it was read is recorded with it. */
export function looksFor(services: AuditServices, doing: Doing, code: string, asked: Asked): Promise<Page<LookView>> {
  const district = readableDistrict(services, doing.actor, code)
  const after = readCursor(asked.cursor, 1)?.[0]
  const filter = { ...daysOf(services, asked), readerPersonIds: personsNamed(services, asked.who), after, limit: asked.limit + 1 }
  return inTransaction(services.database, async (tx: Tx<never>) => {
    const rows = await listLooksOf(tx, district, filter)
    await noteLook(tx, doing, district, { list: 'looks', ...lookOf(asked) })
    return pageOf(
      rows,
      asked.limit,
      (row) => lookView(row, services),
      (row) => [row.id],
    )
  })
}

// What was asked for, in codes and days: a name that somebody typed stays out of the log.
function lookOf({ from, to, who, cursor }: Asked): Record<string, string | boolean | null> {
  return { from: from ?? null, to: to ?? null, byName: who !== undefined, further: cursor !== undefined }
}

function daysOf({ zone }: AuditServices, { from, to }: Asked): { since: Instant | undefined; until: Instant | undefined } {
  if (from !== undefined && to !== undefined && from > to) throw refuse.daysBackwards({}, 'from')
  return {
    since: from === undefined ? undefined : instantAt(from as LocalDate, 0, zone),
    until: to === undefined ? undefined : instantAt(addDays(to as LocalDate, 1), 0, zone),
  }
}

// By posts of all periods, so that whoever left is found too.
function personsNamed({ rules }: AuditServices, who: string | undefined): string[] | undefined {
  if (who === undefined) return undefined
  const words = who.toLowerCase()
  return [
    ...new Set([...rules().directory.posts.values()].filter((post) => post.personName.toLowerCase().includes(words)).map((post) => post.personId)),
  ]
}

interface Beside {
  readonly sealedNumber: number
  readonly numbers: ReadonlyMap<string, string>
}

function entryOf(row: TrailRow, services: AuditServices, { sealedNumber, numbers }: Beside): AuditEntry {
  const { number, id: eventId, type, actorPersonId, actorPostId, subjectKind, subjectId, fromState, toState, reasonCode, requestId } = row
  return {
    number,
    sealed: number !== null && number <= sealedNumber,
    eventId,
    recordedAt: row.recordedAt,
    happenedAt: row.happenedAt,
    type,
    name: services.eventNames[type] ?? { zh: type, en: type },
    ...(actorPersonId === null ? { ...nobody, who: actorWords[row.actorKind] } : personOf(services, actorPersonId, actorPostId)),
    personId: actorPersonId,
    subjectKind,
    subjectId,
    caseNumber: subjectKind === 'case' ? (numbers.get(subjectId) ?? null) : null,
    fromState,
    toState,
    reasonCode,
    requestId,
    data: row.data,
  }
}

function lookView({ readerPersonId, readerPostId, ...look }: LookRow, services: AuditServices): LookView {
  return { ...look, ...personOf(services, readerPersonId, readerPostId) }
}

const nobody = { role: null, organisation: null }
const actorWords: Readonly<Record<TrailRow['actorKind'], Wording>> = {
  person: { zh: '（无岗位人员）', en: '(somebody without a post)' },
  system: { zh: '系统规则', en: 'Rule of the platform' },
  public: { zh: '未登录', en: 'Not signed in' },
}

interface Named {
  who: Wording
  role: string | null
  organisation: Wording | null
}

function personOf({ rules }: AuditServices, personId: string, postId: string | null): Named {
  const { posts, organisations } = rules().directory
  const post = posts.get(postId ?? '')
  const who = namedAs(rules().directory, personId, postId)
  if (!who) return { ...nobody, who: actorWords.person }
  return { who, role: post?.role ?? null, organisation: post ? (organisations.get(post.organisationId)?.name ?? null) : null }
}

function readCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined
  const read = unpackCursor(cursor)
  const shapes = [/^\d{4}-\d\d-\d\dT[\d:.]+Z$/, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/].slice(-parts)
  if (read?.length !== parts || !shapes.every((shape, index) => shape.test(String(read[index])))) throw refuse.badCursor({}, 'cursor')
  return read.map(String)
}

function pageOf<R, T>(rows: readonly R[], limit: number, view: (row: R) => T, keyOf: (row: R) => string[]): Page<T> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(view), cursor: rows.length > limit && last !== undefined ? packCursor(keyOf(last)) : null }
}
