/** What a catalogue file changes in a catalogue, worked out before anything is written. */
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Refusal } from '#kernel/refusal.ts'
import type { LadderStep } from './catalogue.ts'
import type { CatalogueFile, CommitteeEntry } from './catalogue-file.ts'
import type { CommitteeDuty } from './committee/committee.ts'
import type { Delegation } from './delegating/delegation.ts'
import { planDelegations, type Departments } from './delegating/importing.ts'
import { calendarYear } from './calendars.ts'
import { matterKey, sameText } from './matter.ts'
import { collect, matterIdsOf, planMatters, type MatterIds, type MatterPlan, type MattersBefore, type Was } from './matter-import.ts'
import { refuse } from './refusals.ts'
import { checkSetting, type DatedSetting } from './timing/settings.ts'
import { checkHours, type CalendarYear, type WorkingHours } from './working-time.ts'

type DatedLadderStep = LadderStep & { readonly effectiveFrom: LocalDate }

export interface TimingState {
  readonly years: readonly CalendarYear[]
  readonly hours: readonly WorkingHours[]
  readonly ladder: readonly DatedLadderStep[]
  readonly settings: readonly DatedSetting[]
}

/** How many matters, years, sets of hours, ladders and settings were new, different or already so. */
export interface ImportReport {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
}

interface Change<T> {
  readonly item: T
  readonly was: Was
}

export interface ImportPlan extends TimingState, Omit<MatterPlan, 'changes'> {
  readonly report: ImportReport
  /** New rows of the committees' lists. */
  readonly committee: readonly CommitteeDuty[]
  readonly delegations: readonly Delegation[]
}

/** The catalogue before the file, but for what counts time. */
export interface Before extends MattersBefore {
  readonly committee: readonly CommitteeDuty[]
  readonly departments: Departments
}

/** Compares a file with the catalogue as it is. Throws one refusal that counts all problems and tells the first. */
export function planImport(file: CatalogueFile, before: Before, timing: TimingState, today: LocalDate): ImportPlan {
  const problems: Refusal[] = []
  const idOf = matterIdsOf(file.matters, before.versions)
  const delegations = collect(problems, planDelegations(file, before, idOf), (plan) => plan())
  // What the file itself delegates allows what the file publishes.
  const held = { ...before, delegations: [...before.delegations, ...news(delegations)] }
  const { changes: ofMatters, ...matters } = planMatters(file.matters, held, idOf, today, problems)
  const years = collect(problems, file.calendars, (entry) => compare(calendarYear(entry), timing.years, (one) => String(one.year)))
  const hours = collect(problems, file.hours, (entry) => {
    checkHours([entry])
    return compare(entry, timing.hours, (one) => one.from)
  })
  const ladders = collect(problems, laddersOf(file.ladder), (ladder) => compare(checkLadder(ladder), laddersOf(timing.ladder), ladderKey))
  const settings = collect(problems, file.settings, (entry) => {
    checkSetting(entry)
    return compare(entry, timing.settings, (one) => `${one.key} ${one.effectiveFrom}`)
  })
  const committee = collect(problems, file.committee, (entry) => compareDuty(entry, before, idOf))
  if (problems[0]) throw problems.length === 1 ? problems[0] : manyProblems(problems.length, problems[0])
  const changes: Was[] = [...ofMatters, ...[...years, ...hours, ...ladders, ...settings, ...committee, ...delegations].map((one) => one.was)]
  const count = (was: Was): number => changes.filter((one) => one === was).length
  return {
    ...matters,
    years: news(years),
    hours: news(hours),
    ladder: news(ladders).flat(),
    settings: news(settings),
    committee: news(committee),
    delegations: news(delegations),
    report: { added: count('added'), changed: count('changed'), unchanged: count('unchanged') },
  }
}

function compareDuty(entry: CommitteeEntry, { committee }: Before, idOf: MatterIds): Change<CommitteeDuty> {
  const matterId = idOf(matterKey(entry))
  if (matterId === undefined) throw refuse.matterNotFound({}, 'committee')
  const { list, areaCode, listed, from: validFrom, to: validTo, reason } = entry
  const item: CommitteeDuty = { id: newId(), list, matterId, areaCode, listed, validFrom, validTo, requestId: null, reason, endReason: null }
  // The same row under another reason is the same row.
  const same = committee.some((one) => sameText({ ...item, id: '' }, { ...one, id: '', requestId: null, reason, endReason: null }))
  return { item, was: same ? 'unchanged' : 'added' }
}

const ladderKey = (ladder: readonly DatedLadderStep[]): string => `${ladder[0]?.milestone} ${ladder[0]?.effectiveFrom}`

function laddersOf(steps: readonly DatedLadderStep[]): DatedLadderStep[][] {
  return [...Map.groupBy(steps, (step) => ladderKey([step])).values()].map((ladder) => ladder.toSorted((a, b) => a.ordinal - b.ordinal))
}

function checkLadder(ladder: readonly DatedLadderStep[]): readonly DatedLadderStep[] {
  ladder.forEach(({ milestone, ordinal, percent, minutesAfterDue, act, toRole }, index) => {
    const twice = ladder[index - 1]?.ordinal === ordinal
    if ((percent === null) === (minutesAfterDue === null) || (act === 'escalate' && toRole === null) || twice)
      throw refuse.badLadder({ milestone, ordinal })
  })
  return ladder
}

function compare<T>(item: T, existing: readonly T[], keyOf: (one: T) => string): Change<T> {
  const same = existing.find((one) => keyOf(one) === keyOf(item))
  return { item, was: same === undefined ? 'added' : sameText(same, item) ? 'unchanged' : 'changed' }
}

function news<T>(changes: readonly Change<T>[]): T[] {
  return changes.filter((one) => one.was !== 'unchanged').map((one) => one.item)
}

function manyProblems(count: number, first: Refusal): Refusal {
  return refuse.importRefused({ count, firstZh: first.text('zh'), firstEn: first.text('en') }, first.field)
}
