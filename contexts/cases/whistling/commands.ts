import { localDate } from '#kernel/clock.ts'
import { districtOf, type DistrictCode } from '#kernel/codes.ts'
import { systemActor, type Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { againAfterTwin, findReceipts } from '#platform/receipt.ts'
import { prepareCall } from '../accept.ts'
import { acceptCallsIn, type CaseServices } from '../commands.ts'
import { workOnCaseIn, type AtWork, type CaseCommand, type Worked } from '../joining/commands.ts'
import { moveCasesIn } from '../moving/commands.ts'
import { refuse as refuseCase } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import type { WorkTx } from '../store.ts'
import { askWhistle, decideWhistle, rateAnswer, type WhistleFacts, type WhistleWork } from './decide.ts'
import { eventOfWhistleMove } from './events.ts'
import { kindsOn } from './kinds.ts'
import { whistleMoves, type WhistleMoveName } from './lifecycle.ts'
import { refuse } from './refusals.ts'
import { findWhistle, insertWhistle, readKinds, updateWhistle } from './store.ts'
import { callersOf, mayApprove, maySummon, type Callers } from './summons.ts'
import { kindOfWhistle, whistleFacts } from './view.ts'
import type { Whistle } from './whistle.ts'

/** Who gives a command, and which. */
export type By = Pick<CaseCommand, 'actor' | 'commandId' | 'requestId'>

/** What a street asks for: on a case, or on a matter at a place. */
export interface WhistleInput {
  readonly case?: { readonly districtCode: string; readonly id: string; readonly expectedVersion: number } | undefined
  readonly matter?:
    | { readonly conditionId: string; readonly areaCode: string; readonly text: string; readonly address?: string | undefined }
    | undefined
  readonly kind: string
  readonly tried: string
  readonly missing: string
  readonly units: readonly { readonly organisationId: string; readonly basis: string }[]
}

/** A whistle's key. */
export interface WhistleKey {
  readonly districtCode: string
  readonly id: string
}

/** A street summons units; without a case one is opened first, in the same transaction. Gives the whistle's key; a repeat gives the same one. */
export function startWhistle(services: CaseServices, by: By, input: WhistleInput): Promise<WhistleKey> {
  const districtCode = input.case?.districtCode ?? districtOf(input.matter?.areaCode ?? '')
  if (districtCode === undefined) throw refuse.matterMissing({}, 'matter')
  // The whistle bears the id of the command that asked for it, so that a repeat finds it.
  const key = { districtCode: districtCode as DistrictCode, id: by.commandId }
  return once(services, by, key.districtCode, async (tx) => {
    const on = input.case ?? (await openHeldCase(tx, services, by, input))
    const command = { ...by, districtCode: key.districtCode, id: on.id, expectedVersion: on.expectedVersion }
    await workOnCaseIn(tx, services, command, 'startWhistle', (at) => ask(at, by.actor, key.id, input))
  }).then(() => key)
}

async function once(services: CaseServices, { commandId }: By, districtCode: DistrictCode, work: (tx: WorkTx) => Promise<void>): Promise<void> {
  await againAfterTwin(() =>
    inTransaction(services.database, async (tx: WorkTx) => {
      const done = await findReceipts(tx, districtCode, [commandId])
      if (!done.has(commandId)) await work(tx)
    }),
  )
}

async function ask(at: AtWork, actor: Actor, id: string, input: WhistleInput): Promise<Worked> {
  const { record, assignments, rules, tx } = at
  const callers = callersOrRefuse(actor, { holderId: record.leadOrganisationId, areaCode: record.areaCode }, rules)
  const facts = await factsFor(at, actor, input.kind)
  if (!facts.mayFor('whistle.sound', callers.callerOrganisationId)) throw refuseCase.notYours({ move: facts.words.word.zh })
  const asked = {
    id,
    ...callers,
    tried: input.tried,
    missing: input.missing,
    units: input.units,
    maySummon: (unitId: string) => maySummon(rules.directory.organisations.get(unitId), record.districtCode, rules),
  }
  const work = askWhistle({ record, assignments }, asked, facts)
  await insertWhistle(tx, work.whistle)
  const type = { proposed: 'whistle.proposed', waiting: 'whistle.submitted', sounded: 'whistle.sounded' } as const
  return told(work, [{ type: type[work.whistle.state as keyof typeof type], data: about(work.whistle) }], work.whistle.state === 'sounded')
}

function callersOrRefuse(actor: Actor, subject: Parameters<typeof callersOf>[1], rules: Rules): Callers {
  const callers = callersOf(actor, subject, rules)
  const { word } = rules.catalogue.whistle
  if (callers) return callers
  const isStreet = actor.posts.some(({ organisationId }) =>
    /^(street_office|community)$/.test(rules.directory.organisations.get(organisationId)?.kind ?? ''),
  )
  throw (isStreet ? refuse.notHeld : refuse.notAStreet)({ word: word.zh, wordEn: word.en.toLowerCase() })
}

/** Reports the matter and gives it to the street or community that whistles: it holds the case and brings the others together (属地牵头). */
async function openHeldCase(tx: WorkTx, services: CaseServices, { actor, requestId }: By, { matter }: WhistleInput) {
  const rules = services.rules()
  const now = services.clock.now()
  const condition = rules.catalogue.conditions.get(matter?.conditionId ?? '')
  if (!matter || !condition) throw refuse.matterMissing({}, 'matter.conditionId')
  if (matter.areaCode.length < 9 || !rules.territory.area(matter.areaCode)) throw refuse.placeMissing({}, 'matter.areaCode')
  const { name } = condition
  if (condition.duty === 'withdrawn') throw refuse.withdrawnMatter({ matter: name.zh, matterEn: name.en ?? name.zh }, 'matter.conditionId')
  const { callerOrganisationId } = callersOrRefuse(actor, { holderId: null, areaCode: matter.areaCode }, rules)
  const call = prepareCall({ commandId: newId(), channel: 'department', ...matter }, { actor, requestId }, now, rules, services.secrets)
  await acceptCallsIn(tx, services, call.districtCode, [call])
  const by = { actor: systemActor('whistle'), requestId }
  const note = `${rules.catalogue.whistle.word.zh}：属地牵头，召集各部门办理`
  const outcomes = await moveCasesIn(tx, services, call.districtCode, [
    { id: call.record.id, move: 'file', commandId: newId(), by },
    { id: call.record.id, move: 'dispatch', commandId: newId(), by, organisationId: callerOrganisationId, convenes: true, note },
  ])
  for (const outcome of outcomes) if (!outcome.ok) throw outcome.refusal
  return { id: call.record.id, expectedVersion: undefined }
}

/** Makes one move of a whistle. */
export function moveWhistle(
  services: CaseServices,
  by: By,
  key: WhistleKey,
  request: { move: WhistleMoveName; expectedVersion: number; note?: string | undefined },
): Promise<void> {
  return onWhistle(services, by, key, { name: `whistle ${request.move}`, expectedVersion: request.expectedVersion }, (work, facts) => {
    const after = decideWhistle(work, request, facts)
    return told(after, [{ type: eventOfWhistleMove[request.move], data: about(after.whistle) }], whistleMoves[request.move].to === 'sounded')
  })
}

/** The street rates one unit's answer. */
export function rateWhistle(
  services: CaseServices,
  by: By,
  key: WhistleKey,
  rating: { organisationId: string; score: number; note: string; expectedVersion: number },
): Promise<void> {
  return onWhistle(services, by, key, { name: 'rateWhistle', expectedVersion: rating.expectedVersion }, (work, facts) => {
    const before = work.whistle.units.find(({ organisationId }) => organisationId === rating.organisationId)?.score ?? null
    const after = rateAnswer(work, rating, facts)
    const data = { ...about(after.whistle), organisationId: rating.organisationId, score: rating.score, corrects: before }
    return told(after, [{ type: 'whistle.rated', data }], false)
  })
}

function onWhistle(
  services: CaseServices,
  by: By,
  key: WhistleKey,
  command: { name: string; expectedVersion: number },
  decide: (work: WhistleWork, facts: WhistleFacts) => Worked & { whistle: Whistle },
): Promise<void> {
  const districtCode = key.districtCode as DistrictCode
  return once(services, by, districtCode, async (tx) => {
    const known = await findWhistle(tx, districtCode, key.id)
    if (!known) throw refuseCase.notFound()
    const about = { ...by, districtCode, id: known.caseId, expectedVersion: command.expectedVersion }
    await workOnCaseIn(tx, services, about, command.name, async (at) => {
      // Read again: only now is the case locked.
      const whistle = (await findWhistle(tx, districtCode, key.id)) ?? known
      const facts = await factsFor(at, by.actor, whistle)
      const worked = decide({ record: at.record, assignments: at.assignments, whistle }, facts)
      await updateWhistle(tx, worked.whistle)
      return worked
    })
  })
}

async function factsFor({ tx, rules, record, facts, now }: AtWork, actor: Actor, of: string | Whistle): Promise<WhistleFacts> {
  const kinds = await readKinds(tx)
  const on = localDate(now, rules.catalogue.calendar.zone)
  const kind = typeof of === 'string' ? kindsOn(kinds, on).find((one) => one.kind === of) : kindOfWhistle(kinds, of)
  const { word } = rules.catalogue.whistle
  if (!kind) throw refuse.kindUnknown({ word: word.zh, wordEn: word.en.toLowerCase() }, 'kind')
  return whistleFacts(facts, kind, mayApprove(actor, record, rules), rules)
}

type Told = Worked['events'][number]

/** The events of a step; when the whistle sounds, one more for each unit, so that each is told and the timeline names it. */
function told(work: WhistleWork, events: readonly Told[], sounds: boolean): Worked & { whistle: Whistle } {
  const summoned = sounds ? work.whistle.units : []
  const each = summoned.map(({ organisationId, assignmentId }): Told => ({
    type: 'whistle.unit_summoned',
    data: { ...about(work.whistle), organisationId, assignmentId },
  }))
  return { ...work, events: [...events, ...each] }
}

const about = ({ id, kind, streetOrganisationId }: Whistle) => ({ whistleId: id, kind, organisationId: streetOrganisationId })
