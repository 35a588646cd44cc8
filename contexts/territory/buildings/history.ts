import type { LocalDate } from '#kernel/clock.ts'
import type { Refusal } from '#kernel/refusal.ts'
import { refuse } from '../refusals.ts'

/** One row of a file: what it says of one code from the file's first day on. */
export interface DatedDraft<Content> {
  readonly line: number
  readonly code: string
  readonly content: Content
  /** First day on which it no longer stands; undefined where the file does not say. */
  readonly validTo?: LocalDate | undefined
}

/** A version that is known: from `validFrom` until the day before `validTo`. */
export interface DatedVersion<Content> {
  readonly id: string
  readonly code: string
  readonly content: Content
  readonly validFrom: LocalDate
  readonly validTo: LocalDate | null
}

/** What a file of buildings or dwellings changes. Versions that others relied on are closed and followed, those of the same first day put right. */
export interface DatedPlan<Content> {
  readonly added: readonly DatedVersion<Content>[]
  readonly corrected: readonly DatedVersion<Content>[]
  readonly closed: readonly { readonly id: string; readonly code: string; readonly validTo: LocalDate }[]
  readonly accepted: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: readonly string[]
  readonly rejected: readonly { readonly line: number; readonly refusal: Refusal }[]
}

type Growing<Content> = { -readonly [K in keyof DatedPlan<Content>]: DatedPlan<Content>[K] extends readonly (infer E)[] ? E[] : never }

/** Decides what drafts that hold from `on` change. `known` are the versions of their codes in force on that day or later, contents in the same order of keys. */
export function planDated<Content>(
  drafts: readonly DatedDraft<Content>[],
  known: readonly DatedVersion<Content>[],
  on: LocalDate,
  newId: () => string,
): DatedPlan<Content> {
  const plan: Growing<Content> = { added: [], corrected: [], closed: [], accepted: [], updated: [], unchanged: [], rejected: [] }
  const versionsOf = Map.groupBy(known, ({ code }) => code)
  const seen = new Set<string>()
  for (const draft of drafts) {
    const versions = versionsOf.get(draft.code) ?? []
    const fault = faultOf(draft, versions, on, seen)
    seen.add(draft.code)
    if (fault) plan.rejected.push({ line: draft.line, refusal: fault })
    else settle(draft, versions[0], on, plan, newId)
  }
  return plan
}

function faultOf<Content>(
  { code, validTo }: DatedDraft<Content>,
  versions: readonly DatedVersion<Content>[],
  on: LocalDate,
  seen: ReadonlySet<string>,
): Refusal | undefined {
  if (seen.has(code)) return refuse.codeTwice({ code })
  if (validTo !== undefined && validTo <= on) return refuse.endsBeforeFile({ code, validTo, on })
  // An older file than the one that was there would have to be fitted in before it; nobody has such files.
  const later = versions.find(({ validFrom }) => validFrom > on)
  return later && refuse.knownLater({ code, from: later.validFrom })
}

function settle<Content>(
  { code, content, validTo }: DatedDraft<Content>,
  before: DatedVersion<Content> | undefined,
  on: LocalDate,
  plan: Growing<Content>,
  newId: () => string,
): void {
  if (!before) {
    plan.added.push({ id: newId(), code, content, validFrom: on, validTo: validTo ?? null })
    plan.accepted.push(code)
    return
  }
  const end = validTo ?? before.validTo
  const sameContent = JSON.stringify(before.content) === JSON.stringify(content)
  if (sameContent && end === before.validTo) {
    plan.unchanged.push(code)
    return
  }
  plan.updated.push(code)
  if (before.validFrom === on) plan.corrected.push({ ...before, content, validTo: end })
  else if (sameContent && end !== null) plan.closed.push({ id: before.id, code, validTo: end })
  else {
    plan.closed.push({ id: before.id, code, validTo: on })
    plan.added.push({ id: newId(), code, content, validFrom: on, validTo: end })
  }
}
