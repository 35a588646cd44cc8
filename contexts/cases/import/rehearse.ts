import { maskNumbersInText } from '#contexts/people/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { DAY_MS, msOf, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { Refusal } from '#kernel/refusal.ts'
import { prepareCall, type PreparedCall } from '../accept.ts'
import { planDispatch } from '../dispatch.ts'
import type { TriageReason } from '../lifecycle.ts'
import type { Comparable, Likeness } from '../merging/likeness.ts'
import { comparableOf, likeliest, windowOf } from '../merging/proposing.ts'
import type { Rules } from '../rules.ts'
import { placeName } from '../view.ts'
import type { FileRow } from './load.ts'
import type { ImportProfile } from './profile.ts'
import { isRejected, rowReader, type RecordedCall, type RejectedRow } from './row.ts'

/** What would become of one row. A row may be located, matched and a duplicate at once; it goes out by rule or to a person for one reason. */
export const outcomes = ['located', 'matched', 'duplicate', 'by_rule'] as const
export type Outcome = (typeof outcomes)[number] | TriageReason

/** What a person reads to judge an outcome. Numbers of persons are masked, as on every screen. */
export interface SampleRow {
  readonly outcome: Outcome
  readonly line: number
  readonly text: string
  readonly address: string | null
  readonly place: string
  readonly placeWords: readonly string[]
  readonly matter: string | null
  readonly confidence: number | null
  readonly matchWords: readonly string[]
  readonly duplicates: readonly { readonly line: number; readonly score: number; readonly reasons: readonly string[]; readonly text: string }[]
}

export interface RehearsalReport {
  readonly rows: number
  readonly rejected: number
  readonly located: number
  readonly matched: number
  readonly duplicate: number
  readonly byRule: number
  /** How many go to a person, by reason. */
  readonly toPerson: Readonly<Partial<Record<TriageReason, number>>>
  /** The matters found most often, at most 20, with how many rows each. */
  readonly matters: readonly { readonly name: string; readonly rows: number }[]
  readonly sample: readonly SampleRow[]
}

interface Rehearsal {
  readonly rules: Rules
  readonly secrets: Parameters<typeof prepareCall>[4]
  readonly now: Instant
  /** How many rows of each outcome to sample, by which seed. */
  readonly sample: { readonly size: number; readonly seed: number }
}

const by = { actor: systemActor('rehearse'), requestId: 'rehearse' }
const MOST_MATTERS = 20
const MOST_DUPLICATES = 3

/**
 * Prepares every row as intake would, by the rules in force: place, matter, floor, danger, unit on duty, and likeness to the rows before it. Writes nothing.
 * Classes, clocks and ends that the source recorded are left out of account.
 */
export async function rehearse(
  { rules: given, secrets, now, sample }: Rehearsal,
  profile: ImportProfile,
  rows: AsyncIterable<FileRow>,
  told: { onReject(row: RejectedRow): void; onProgress(rows: number): void },
): Promise<RehearsalReport> {
  const rules: Rules = { ...given, defaultDistrict: () => profile.districtCode as DistrictCode }
  const read = rowReader(profile, rules)
  const ready: { line: number; prepared: PreparedCall }[] = []
  let rejected = 0
  for await (const { line, row } of rows) {
    const recorded = read(line, row)
    const prepared = isRejected(recorded) ? recorded : prepareRow(recorded, profile, rules, secrets)
    if ('code' in prepared) {
      rejected += 1
      told.onReject(prepared)
    } else ready.push({ line, prepared })
  }
  ready.sort((a, b) => (a.prepared.record.reportedAt < b.prepared.record.reportedAt ? -1 : 1))
  const earlier = new Earlier(rules)
  const judged = ready.map(({ line, prepared }, index) => {
    if (index % 100 === 0) told.onProgress(index)
    return judge(line, prepared, earlier.likeTo(line, prepared), rules, now)
  })
  return { ...counts(judged), rows: ready.length + rejected, rejected, sample: sampleOf(judged, rules, sample) }
}

function prepareRow({ line, call }: RecordedCall, profile: ImportProfile, rules: Rules, secrets: Rehearsal['secrets']): PreparedCall | RejectedRow {
  try {
    // The profile's district is only the last resort here, so that a district that the words name is found.
    const areaCode = call.areaCode === profile.districtCode ? undefined : call.areaCode
    const fresh = { ...call, channel: 'hotline', areaCode, conditionId: undefined, recordedClock: false, recordedDueAt: null } as const
    return prepareCall(fresh, by, call.reportedAt, rules, secrets)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { line, code: error.code, reason: { zh: error.text('zh'), en: error.text('en') } }
  }
}

type Draft = PreparedCall['record']

interface Alike {
  readonly of: { readonly line: number; readonly record: Draft }
  readonly likeness: Likeness
}

/** The rows before, by district, as far back as any window reaches. */
class Earlier {
  private readonly rules: Rules
  private readonly byDistrict = new Map<string, (readonly [{ line: number; record: Draft }, Comparable])[]>()
  constructor(rules: Rules) {
    this.rules = rules
  }

  likeTo(line: number, { districtCode, record }: PreparedCall): Alike[] {
    const known = this.byDistrict.get(districtCode) ?? []
    this.byDistrict.set(districtCode, known)
    const one = comparableOf(record, null, this.rules)
    const days = windowOf(record, this.rules)
    const oldest = msOf(record.reportedAt) - days * DAY_MS
    const others: typeof known = []
    for (let at = known.length - 1; at >= 0; at -= 1) {
      const other = known[at]
      if (!other || msOf(other[1].reportedAt) < oldest) break
      others.push(other)
    }
    known.push([{ line, record }, one])
    return likeliest(one, others, days, this.rules.catalogue.duplicates, MOST_DUPLICATES)
  }
}

interface Judged {
  readonly line: number
  readonly record: Draft
  readonly alike: readonly Alike[]
  readonly outcomes: readonly Outcome[]
}

function judge(line: number, { record }: PreparedCall, alike: readonly Alike[], rules: Rules, now: Instant): Judged {
  const isLocated = record.areaCode.length > 6 && record.placeReason?.clear !== false
  const isMatched = (record.confidence ?? 0) >= rules.catalogue.floor
  const reason = record.triageReason ?? reasonOfRules(record, rules, now)
  const found: (Outcome | false)[] = [isLocated && 'located', isMatched && 'matched', alike.length > 0 && 'duplicate', reason ?? 'by_rule']
  return { line, record, alike, outcomes: found.filter((one) => one !== false) }
}

/** Why the rules would refuse to dispatch what they are sure of; null where they would not. */
function reasonOfRules(record: Draft, rules: Rules, now: Instant): TriageReason | null {
  try {
    planDispatch({ ...record, number: '' }, { move: 'dispatch' }, now, rules)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'cases.noDutyHolder' ? 'no_duty_holder' : 'rule_refused'
  }
}

function counts(judged: readonly Judged[]): Omit<RehearsalReport, 'rows' | 'rejected' | 'sample'> {
  const number = (outcome: Outcome): number => judged.filter((one) => one.outcomes.includes(outcome)).length
  const reasons = judged.flatMap(({ outcomes: all }) => all.filter((one) => !(outcomes as readonly string[]).includes(one)))
  const matched = judged.filter((one) => one.outcomes.includes('matched'))
  const matters = [...Map.groupBy(matched, ({ record }) => record.matterName?.zh ?? '')].map(([name, some]) => ({ name, rows: some.length }))
  return {
    located: number('located'),
    matched: matched.length,
    duplicate: number('duplicate'),
    byRule: number('by_rule'),
    toPerson: Object.fromEntries([...Map.groupBy(reasons, (reason) => reason)].map(([reason, some]) => [reason, some.length])),
    matters: matters.toSorted((a, b) => b.rows - a.rows).slice(0, MOST_MATTERS),
  }
}

/** The rows whose hash with the seed is smallest: the same seed draws the same rows, however the file is ordered. */
function sampleOf(judged: readonly Judged[], rules: Rules, { size, seed }: Rehearsal['sample']): SampleRow[] {
  const byOutcome = Map.groupBy(
    judged.flatMap((one) => one.outcomes.map((outcome) => ({ one, outcome }))),
    ({ outcome }) => outcome,
  )
  return [...byOutcome].flatMap(([outcome, some]) =>
    some
      .map(({ one }) => ({ one, drawn: hashOf(`${seed} ${outcome} ${one.record.externalKey}`) }))
      .toSorted((a, b) => a.drawn - b.drawn)
      .slice(0, size)
      .map(({ one }) => sampleRow(outcome, one, rules)),
  )
}

function sampleRow(outcome: Outcome, { line, record, alike }: Judged, rules: Rules): SampleRow {
  return {
    outcome,
    line,
    text: maskNumbersInText(record.text),
    address: record.address,
    place: placeName(record.areaCode, rules).zh,
    placeWords: record.placeReason?.words ?? [],
    matter: record.matterName?.zh ?? null,
    confidence: record.confidence,
    matchWords: record.matchReasons.map(({ word }) => word),
    duplicates: alike.map(({ of, likeness }) => ({
      line: of.line,
      score: likeness.score,
      reasons: likeness.reasons.map(({ zh }) => zh),
      text: maskNumbersInText(of.record.text),
    })),
  }
}

/** FNV-1a with a last mixing, 32 bits unsigned. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}
