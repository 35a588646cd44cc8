import { createHash } from 'node:crypto'
import {
  acceptCalls,
  answerAsUnit,
  moveCases,
  prepareCall,
  transferCase,
  type CallInput,
  type CaseMoveInput,
  type CaseRecord,
  type CaseServices,
  type MoveOutcome,
} from '#contexts/cases/index.ts'
import { publicActor, systemActor, type Actor } from '#kernel/actor.ts'
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS, type Instant, type MovableClock } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { nextStep, type Living, type Stage, type Step } from './life.ts'
import { isFoundByStaff, type CasePlan } from './plan.ts'
import { castOf } from './staff.ts'

/** The product as the demonstration drives it. `turn` lets the clocks' reminders and escalations happen; `grown` tells the database that its tables did. */
export interface Theatre {
  readonly cases: CaseServices
  readonly clock: MovableClock
  readonly turn: () => Promise<unknown>
  readonly grown: () => Promise<unknown>
}

// Clocks are swept this often in the last week, and this often before, where nobody reads the hour of a reminder; every move carries its own
// exact time. Longer spans make fuller batches: 2,500 cases in 14 s on two cores instead of 19.
const WINDOW_MS = { lately: 4 * HOUR_MS, before: 24 * HOUR_MS }
const LATELY_MS = 7 * DAY_MS

// Moves to a transaction, as the bench has it: more in one would not be quicker.
const BATCH = 50

// A plan made for an empty table reads all of it for as long as the connection lives: a quarter of the whole time without new statistics on the way. At these many cases.
const GROWN_AT = [50, 200, 800, 3200]

interface Waiting {
  readonly step: Step
  readonly living: Living
}

/**
 * Lets planned reports happen through the product's own commands, from the first report until `now`, on the theatre's clock. Running it again
 * makes no case and no move twice: command ids follow from the plan. Returns how many moves were made, and the codes of those refused.
 */
export async function liveThrough(
  theatre: Theatre,
  plans: readonly CasePlan[],
  now: Instant,
  progress: (done: number) => void,
): Promise<{ moves: number; refused: string[] }> {
  const { clock, cases } = theatre
  const stage = stageOf(cases)
  const waiting: Waiting[] = []
  const refused: string[] = []
  let moves = 0
  let arrived = 0
  for (let end = plans[0]?.reportedAt ?? now; end < now;) {
    const next = addMs(end, end > addMs(now, -LATELY_MS) ? WINDOW_MS.lately : WINDOW_MS.before)
    end = next < now ? next : now
    clock.set(end)
    const arriving = plans.slice(arrived).filter((plan) => plan.reportedAt <= end)
    arrived += arriving.length
    for (const living of await accept(cases, arriving, stage)) queue(waiting, living, stage)
    if (GROWN_AT.some((size) => arrived >= size && arrived - arriving.length < size)) await theatre.grown()
    for (let due = takeDue(waiting, end); due.length > 0; due = takeDue(waiting, end)) {
      const acted = await act(cases, due)
      moves += acted.reduce((sum, { made }) => sum + made, 0)
      await help(cases, acted, stage)
      refused.push(...acted.flatMap(({ refusal }) => refusal ?? []))
      for (const { living } of acted.filter(({ refusal }) => refusal === null)) queue(waiting, living, stage)
    }
    await theatre.turn()
    progress(arrived)
  }
  return { moves, refused }
}

function stageOf(cases: CaseServices): Stage {
  const rules = cases.rules()
  const ids = new Map([...rules.catalogue.conditions.values()].map((condition) => [`${condition.matterCode}.${condition.code}`, condition.id]))
  return { rules, cast: castOf(rules.directory), conditionId: (about) => ids.get(about) }
}

function queue(waiting: Waiting[], living: Living, stage: Stage): void {
  const step = nextStep(living, stage)
  if (step) waiting.push({ step, living })
}

function takeDue(waiting: Waiting[], end: Instant): Waiting[] {
  const due = waiting.filter(({ step }) => step.at <= end)
  const later = waiting.filter(({ step }) => step.at > end)
  waiting.splice(0, waiting.length, ...later)
  return due.toSorted((a, b) => (a.step.at < b.step.at ? -1 : 1))
}

/** The same text gives the same id. */
export function idOf(text: string): string {
  const hex = createHash('sha256').update(`huying demonstration ${text}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}

async function accept(cases: CaseServices, plans: readonly CasePlan[], stage: Stage): Promise<Living[]> {
  const prepared = plans.map((plan, lot) => {
    const by = { actor: reporterOf(plan, stage, lot), requestId: 'demonstration' }
    return { plan, call: prepareCall(callOf(plan, stage), by, plan.reportedAt, cases.rules(), cases.secrets) }
  })
  return perDistrict(
    Map.groupBy(prepared, ({ call }) => call.districtCode),
    async (districtCode, group) => {
      const calls = group.map(({ call }) => call)
      const accepted = await acceptCalls(cases, districtCode, calls)
      return accepted.map((answer, i): Living => {
        const { plan, call } = group[i] as (typeof group)[number]
        const record: CaseRecord = { ...call.record, id: answer.id, number: answer.number }
        return { plan, record, since: answer.reportedAt, lastHolder: '', lot: Number.parseInt(idOf(plan.key).slice(0, 6), 16) }
      })
    },
  )
}

// Districts share no row, so they go at the same time.
async function perDistrict<T, R>(
  groups: ReadonlyMap<DistrictCode, T[]>,
  work: (districtCode: DistrictCode, group: T[]) => Promise<R[]>,
): Promise<R[]> {
  return (await Promise.all([...groups].map(([districtCode, group]) => work(districtCode, group)))).flat()
}

function callOf(plan: CasePlan, stage: Stage): CallInput {
  return {
    commandId: idOf(plan.key),
    channel: plan.channel,
    text: plan.text,
    address: plan.address ?? undefined,
    areaCode: plan.areaCode ?? undefined,
    lng: plan.point?.lng,
    lat: plan.point?.lat,
    callerName: plan.caller?.name,
    callerPhone: plan.caller?.phone,
    // Staff pick the matter from the list; of everybody else the words decide.
    conditionId: isFoundByStaff(plan.channel) && plan.about !== null ? stage.conditionId(plan.about) : undefined,
    ...(plan.channel === 'import' && { source: 'sample-311', externalKey: plan.key }),
    reportedAt: plan.reportedAt,
    sample: true,
  }
}

function reporterOf(plan: CasePlan, { cast }: Stage, lot: number): Actor {
  if (plan.channel === 'grid_worker') return cast.inRole('grid_worker', plan.gridCode, 0)
  if (plan.channel === 'department') return cast.inRole('handler', plan.gridCode.slice(0, 6), lot)
  if (plan.channel === 'import') return systemActor('demonstration')
  return plan.channel === 'hotline' ? cast.inRole('dispatcher', plan.gridCode.slice(0, 6), lot) : publicActor
}

interface Acted {
  readonly living: Living
  readonly made: number
  /** Why the case goes no further, or null. */
  readonly refusal: string | null
}

/** Makes the moves of each step, in two lanes per district: while the database works on one, the next is prepared. A case whose move is refused goes no further. */
async function act(cases: CaseServices, due: readonly Waiting[]): Promise<Acted[]> {
  const lanes = Map.groupBy(due, ({ living }) => `${living.record.districtCode} ${living.lot % 2}`)
  return (await Promise.all([...lanes.values()].map((lane) => actInLane(cases, lane)))).flat()
}

async function actInLane(cases: CaseServices, lane: readonly Waiting[]): Promise<Acted[]> {
  const districtCode = lane[0]?.living.record.districtCode as DistrictCode
  const inputs = lane.flatMap(({ step, living: { plan, record } }) =>
    step.moves.map((move): CaseMoveInput => ({
      ...move,
      id: record.id,
      commandId: idOf(`${plan.key} ${record.version} ${move.move}`),
      happenedAt: step.at,
    })),
  )
  const outcomes = await makeMoves(cases, districtCode, inputs)
  let at = 0
  return lane.map((one) => outcomeOf(one, outcomes.slice(at, (at += one.step.moves.length))))
}

/** Whoever helps does so soon after the lead has made contact; a few leave it until the lead asks no more. */
async function help(cases: CaseServices, acted: readonly Acted[], stage: Stage): Promise<void> {
  const awaiting = acted.filter(({ living, refusal }) => refusal === null && living.record.status === 'contacted' && living.lot % 9 !== 0)
  await Promise.all(awaiting.map(({ living }) => helpOne(cases, living, stage)))
}

async function helpOne(cases: CaseServices, { record, lot, since, plan }: Living, { cast }: Stage): Promise<void> {
  const { districtCode, id, areaCode, reworkCount, reopenCount } = record
  for (const organisationId of record.awaitedOrganisationIds.filter((one) => one !== record.leadOrganisationId)) {
    const by = { actor: cast.holder(organisationId, null, areaCode, lot), requestId: 'demonstration', expectedVersion: undefined }
    for (const [move, minutes] of helperPace) {
      const commandId = idOf(`${plan.key} ${organisationId} ${reworkCount} ${reopenCount} ${move}`)
      const happenedAt = addMs(since, minutes * MINUTE_MS)
      await answerAsUnit(cases, { ...by, districtCode, id, commandId, happenedAt }, { organisationId, move, note: '已配合现场处置（示例）' })
    }
  }
}

const helperPace = [
  ['contact', 2],
  ['finish', 25],
] as const

/** In batches of fifty steps; a move to another district is a transaction of its own. */
async function makeMoves(cases: CaseServices, districtCode: DistrictCode, inputs: readonly CaseMoveInput[]): Promise<MoveOutcome[]> {
  const outcomes: MoveOutcome[] = []
  for (let at = 0; at < inputs.length;) {
    const isTransfer = (input: CaseMoveInput | undefined): boolean => input?.move === 'transfer'
    let end = at + 1
    while (end < inputs.length && end - at < BATCH && !isTransfer(inputs[at]) && !isTransfer(inputs[end])) end += 1
    const batch = inputs.slice(at, end)
    outcomes.push(
      ...(isTransfer(batch[0]) ? [await transferCase(cases, districtCode, batch[0] as CaseMoveInput)] : await moveCases(cases, districtCode, batch)),
    )
    at = end
  }
  return outcomes
}

function outcomeOf({ step, living }: Waiting, outcomes: readonly MoveOutcome[]): Acted {
  const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.code]))
  const record = outcomes.findLast((outcome) => outcome.ok)?.record ?? living.record
  // The rule finds nobody where only the community is known; a dispatcher finds the grid then.
  const refusal = refusals.find((code) => code !== 'cases.noDutyHolder' || living.record.status !== 'reported') ?? null
  return {
    living: { ...living, record, since: step.at, lastHolder: record.leadOrganisationId ?? living.lastHolder },
    made: outcomes.length - refusals.length,
    refusal,
  }
}
