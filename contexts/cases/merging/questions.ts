import type { AssignmentsTables } from '#contexts/assignments/index.ts'
import { maskNumbersInText } from '#contexts/people/index.ts'
import type { Actor } from '#kernel/actor.ts'
import type { Instant } from '#kernel/clock.ts'
import { codeDigits } from '#kernel/codes.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, sql, type Sql, type Tx } from '#platform/database/database.ts'
import type { CaseServices } from '../commands.ts'
import type { CaseLink } from '../contract.ts'
import { statusNames, type CaseStatus } from '../lifecycle.ts'
import { findPlace, type PlaceInput } from '../place.ts'
import { mayPublish } from '../publishing.ts'
import { subjectOf, type CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { findCaller, findCase, type CasesTables } from '../store.ts'
import { placeName, summaryOf } from '../view.ts'
import type { LikelyDuplicate } from './contract.ts'
import type { Likeness } from './likeness.ts'
import { comparableOf, likeliest, surroundingsOf, windowOf, type Call } from './proposing.ts'
import { casesBelow, neighboursOf } from './store.ts'
import { marksOf, pairsOf } from './words.ts'

type ReadTx = Tx<CasesTables & AssignmentsTables>

/** More than this a person does not read before deciding. */
const MOST_SHOWN = 5

/** Cases that may be about the same as a case, of those that the actor may see. */
export async function duplicatesOfCase(services: CaseServices, actor: Actor, key: { districtCode: string; id: string }): Promise<LikelyDuplicate[]> {
  const rules = services.rules()
  return inTransaction(services.database, async (tx: ReadTx) => {
    const record = await findCase(tx, key.districtCode, key.id)
    if (!record || !rules.policy.may(actor, 'case.read', subjectOf(record))) throw refuse.notFound()
    // What has ended repeats nothing that anybody could still merge.
    if (!statusNames[record.status].open) return []
    const caller = await findCaller(tx, key.districtCode, key.id)
    return proposals(tx, services, actor, { ...record, exceptId: record.id, phoneHash: caller?.phoneHash ?? null })
  })
}

/** The same for a report that is being written. Nothing is kept. */
export async function duplicatesOfReport(services: CaseServices, actor: Actor, report: PlaceInput & { text: string }): Promise<LikelyDuplicate[]> {
  const call = reportAsCall(services, report)
  return inTransaction(services.database, (tx: ReadTx) => proposals(tx, services, actor, call))
}

/** What a resident may learn of a call like the one he is writing: no words, no address, no number of anybody; without its caller's consent matter, community and status alone. */
export interface AlikeForResident {
  readonly districtCode: string
  readonly id: string
  readonly matter: Wording
  readonly status: CaseStatus
  readonly place: Wording
  /** Null without consent. */
  readonly reportedAt: Instant | null
  /** Rounded to tens; null without consent, and where one of the two has no coordinate. */
  readonly metres: number | null
}

/** Open cases of the very matter that a resident is writing about, near or in the same community: he learns only that it is known. */
export async function alikeForResident(services: CaseServices, report: PlaceInput & { text: string }): Promise<AlikeForResident[]> {
  const rules = services.rules()
  const call = reportAsCall(services, report)
  const matterId = rules.catalogue.condition(call.conditionId ?? '')?.matterId
  if (matterId === undefined || (call.confidence ?? 0) < rules.catalogue.floor) return []
  // Whatever a person could not join any more must not crowd out what he can.
  const isSame = (of: CaseRecord): boolean => statusNames[of.status].open && rules.catalogue.condition(of.conditionId ?? '')?.matterId === matterId
  const found = await inTransaction(services.database, (tx: ReadTx) => likelyTo(tx, services, call, sql<boolean>`true`, isSame))
  return found.map(({ of, likeness }) => ({
    districtCode: of.districtCode,
    id: of.id,
    matter: of.matterName ?? { zh: '' },
    status: of.status,
    place: placeName(of.areaCode.slice(0, codeDigits.community), rules),
    reportedAt: mayPublish(of) ? of.reportedAt : null,
    metres: likeness.metres === null || !mayPublish(of) ? null : Math.round(likeness.metres / 10) * 10,
  }))
}

function reportAsCall(services: CaseServices, report: PlaceInput & { text: string }) {
  const rules = services.rules()
  const { territory, districts } = rules
  const place = findPlace(report, { territory, districts, fallback: rules.defaultDistrict('hotline'), recorded: false })
  const [match] = rules.catalogue.matcher.match(report.text)
  return {
    ...place,
    text: report.text,
    textMarks: marksOf(pairsOf(report.text)),
    conditionId: match?.conditionId ?? null,
    confidence: match?.confidence ?? null,
    triageReason: 'low_confidence' as const,
    reportedAt: services.clock.now(),
    exceptId: null,
    phoneHash: null,
  }
}

type Looked = Call & { readonly districtCode: string; readonly exceptId: string | null; readonly phoneHash: string | null }

async function proposals(tx: ReadTx, services: CaseServices, actor: Actor, call: Looked): Promise<LikelyDuplicate[]> {
  const rules = services.rules()
  const now = services.clock.now()
  const found = await likelyTo(tx, services, call, rules.policy.visible(actor, 'case.read', 'case', 'c'))
  return found.map(({ of, likeness }) => {
    const { districtCode, id, number, status, channel, text, matter, place, holder, reportedAt, sample } = summaryOf(of, rules, now, false)
    const told = { score: likeness.score, metres: likeness.metres, reasons: [...likeness.reasons] }
    return { districtCode, id, number, status, channel, text, matter, place, holder, reportedAt, sample, ...told }
  })
}

async function likelyTo(
  tx: ReadTx,
  services: CaseServices,
  call: Looked,
  mayRead: Sql,
  isWanted: (other: CaseRecord) => boolean = () => true,
): Promise<{ of: CaseRecord; likeness: Likeness }[]> {
  const rules = services.rules()
  const now = services.clock.now()
  const { duplicates } = rules.catalogue
  const days = windowOf(call, rules)
  const around = {
    ...surroundingsOf(call, days, duplicates, now),
    districtCode: call.districtCode,
    exceptId: call.exceptId,
    phoneHash: call.phoneHash,
  }
  const found = await neighboursOf(tx, around, mayRead)
  const others = found.filter(isWanted).map((other) => [other, comparableOf(other, other.phoneHash, rules)] as const)
  return likeliest(comparableOf(call, call.phoneHash, rules), others, days, duplicates, MOST_SHOWN)
}

/** The cases that a case is tied to. `maySee` decides which of them are shown. */
export interface Ties {
  readonly main: CaseRecord | undefined
  readonly merged: readonly CaseRecord[]
  readonly parent: CaseRecord | undefined
  readonly parts: readonly CaseRecord[]
}

export async function tiesOf(tx: ReadTx, record: CaseRecord): Promise<Ties> {
  const { districtCode, id, mergedInto, parentId } = record
  const [main, merged, parent, parts] = await Promise.all([
    mergedInto === null ? undefined : findCase(tx, districtCode, mergedInto),
    casesBelow(tx, districtCode, 'merged_into', id),
    parentId === null ? undefined : findCase(tx, districtCode, parentId),
    record.status === 'split' ? casesBelow(tx, districtCode, 'parent_id', id) : [],
  ])
  return { main, merged, parent, parts }
}

/** Ties as this actor may read them; the number of calls is no secret, their words are. */
export function tiesView({ main, merged, parent, parts }: Ties, actor: Actor, rules: Rules) {
  const seen = (other: CaseRecord): boolean => rules.policy.may(actor, 'case.read', subjectOf(other))
  const link = (other: CaseRecord): CaseLink => ({
    districtCode: other.districtCode,
    id: other.id,
    number: other.number,
    status: other.status,
    text: maskNumbersInText(other.text),
    place: placeName(other.areaCode, rules),
    reportedAt: other.reportedAt,
  })
  return {
    main: main && seen(main) ? link(main) : null,
    callers: merged.length + 1,
    merged: merged.filter(seen).map(link),
    parent: parent && seen(parent) ? link(parent) : null,
    parts: parts.filter(seen).map(link),
    partsDone: areDone(parts),
  }
}

/** All parts of a split call have ended; false for a call without parts. */
export function areDone(parts: readonly CaseRecord[]): boolean {
  return parts.length > 0 && parts.every((part) => !statusNames[part.status].open)
}
