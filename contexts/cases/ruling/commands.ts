/** Changes of the city's own rules about cases: kinds of requests, kinds of whistles, ready sentences. Each holds from a day to come. */
import { addDays, localDate, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { listDistricts } from '#platform/district.ts'
import { emit, type Doing, type NewEvent } from '#platform/event.ts'
import type { CaseServices } from '../commands.ts'
import type { CaseEventType } from '../events.ts'
import { refuse } from '../refusals.ts'
import { checkKindRule, type RequestKindRule } from '../requesting/kind.ts'
import { refuseRequest } from '../requesting/refusals.ts'
import * as requestStore from '../requesting/store.ts'
import { nextOrdinal, type PhrasePlace } from '../settling/phrases.ts'
import { readPhrases, replacePhrase, type PhraseTx } from '../settling/store.ts'
import type { WorkTx } from '../store.ts'
import { checkKind, type WhistleKind } from '../whistling/kinds.ts'
import { refuse as refuseWhistle } from '../whistling/refusals.ts'
import * as whistleStore from '../whistling/store.ts'

/** Today where the city is. */
export function todayOf(services: CaseServices): LocalDate {
  return localDate(services.clock.now(), services.rules().catalogue.calendar.zone)
}

/** The days that a refusal names where a change would take effect too early; undefined where it may. */
function tooEarly(services: CaseServices, from: LocalDate): { today: string; earliest: string } | undefined {
  const today = todayOf(services)
  return from <= today ? { today, earliest: addDays(today, 1) } : undefined
}

/** Changes the rules of a kind of request from a day to come. What applied until then stays as it is. */
export async function saveRequestKind(services: CaseServices, doing: Doing, rule: RequestKindRule): Promise<RequestKindRule> {
  const early = tooEarly(services, rule.effectiveFrom)
  if (early) throw refuseRequest.kindFromPast(early, 'effectiveFrom')
  checkKindRule(rule)
  const { kind, effectiveFrom, levels, most, tries, longestDays } = rule
  await inTransaction(services.database, async (tx: Tx<requestStore.RequestTables>) => {
    await requestStore.replaceKind(tx, rule)
    const data = { kind, effectiveFrom, levels: levels.join(' '), most, tries, longestDays }
    await tellEveryDistrict(tx, doing, { type: 'case.request_rule_changed', subjectKind: 'request_kind', data })
  })
  return rule
}

/** Changes a kind of whistle, or adds one, from a day to come. Whistles that were asked for keep the rules of their day. */
export async function saveWhistleKind(services: CaseServices, doing: Doing, kind: WhistleKind): Promise<WhistleKind> {
  const early = tooEarly(services, kind.effectiveFrom)
  if (early) throw refuseWhistle.kindFromPast(early, 'effectiveFrom')
  checkKind(kind)
  const { kind: code, effectiveFrom, needsApproval, offered, limits } = kind
  await inTransaction(services.database, async (tx: WorkTx) => {
    await whistleStore.replaceKind(tx, kind)
    const said = Object.entries(limits).map(([clock, { value, unit }]) => `${clock} ${value} ${unit}`)
    const data = { kind: code, effectiveFrom, needsApproval, offered, limits: said.join(', ') }
    await tellEveryDistrict(tx, doing, { type: 'whistle.kind_changed', subjectKind: 'whistle_kind', data })
  })
  return kind
}

/** What is to stand at a place from a day on. Without a number it is a new sentence; without a text the one that stands there ends. */
export interface PhraseChange {
  readonly matterPrefix: string
  readonly ordinal: number | null
  readonly effectiveFrom: LocalDate
  readonly text: Wording | null
}

/** Changes, adds or ends a ready sentence from a day to come. Returns its place. */
export async function savePhrase(services: CaseServices, doing: Doing, change: PhraseChange): Promise<PhrasePlace> {
  const { matterPrefix, effectiveFrom, text } = change
  const early = tooEarly(services, effectiveFrom)
  if (early) throw refuse.phraseFromPast(early, 'effectiveFrom')
  return inTransaction(services.database, async (tx: PhraseTx) => {
    const ordinal = change.ordinal ?? nextOrdinal(await readPhrases(tx), matterPrefix)
    await replacePhrase(tx, { matterPrefix, ordinal, effectiveFrom }, text)
    const data = { matterPrefix, ordinal, effectiveFrom, ended: text === null }
    await tellEveryDistrict(tx, doing, { type: 'case.phrase_changed', subjectKind: 'ready_phrase', data })
    return { matterPrefix, ordinal }
  })
}

// The rules are the city's, so each district's log is told.
async function tellEveryDistrict<Tables>(
  tx: Tx<Tables>,
  doing: Doing,
  change: { type: CaseEventType; subjectKind: string; data: NewEvent['data'] },
): Promise<void> {
  const happenedAt = doing.clock.now()
  const told = (await listDistricts(tx)).map(({ code }): NewEvent => ({
    ...change,
    version: 1,
    districtCode: code,
    subjectId: newId(),
    subjectVersion: 1,
    happenedAt,
  }))
  await emit(tx, doing, told)
}
