/** A draft of the catalogue is tried with the very rules that dispatch a case, on a case that is never written. */
import { loadTrial, type Catalogue } from '#contexts/catalogue/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { HOUR_MS, instantAt, type Instant } from '#kernel/clock.ts'
import { liesWithin } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import { Refusal, type Wording } from '#kernel/refusal.ts'
import { inTransaction } from '#platform/database/database.ts'
import { prepareCall } from '../accept.ts'
import type { CaseServices } from '../commands.ts'
import { planDispatch } from '../dispatch.ts'
import type { CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'
import { organisationName } from '../view.ts'

/** A draft of a later day is tried at this hour of it. */
const MORNING_MS = 9 * HOUR_MS
const HEARD = 3
/** Another matter that is less likely than this is chance. */
const LEAST = 0.05

interface Asked {
  readonly matterVersionId: string
  readonly areaCode: string
  readonly text: string
}

export async function tryDraft(services: CaseServices, actor: Actor, { matterVersionId, areaCode, text }: Asked) {
  const now = services.rules()
  const { draft, catalogue } = await inTransaction(services.database, (tx) => loadTrial(tx, matterVersionId, now.on))
  const rules: Rules = { ...now, catalogue, on: catalogue.on }
  const at = catalogue.on === now.on ? services.clock.now() : instantAt(catalogue.on, MORNING_MS, catalogue.calendar.zone)
  const conditions = draft.conditions.map(({ id, code, description }) => {
    const tried = catalogue.condition(id) ? tryCondition({ services, actor, rules, at }, id, { areaCode, text }) : unfinished
    return { code, description, ...tried }
  })
  return { on: catalogue.on, at, conditions, heard: heardIn(text, catalogue, draft.matterId) }
}

interface Tried {
  readonly respondDueAt: Instant | null
  readonly disposeDueAt: Instant | null
  readonly unit: Wording | null
  readonly people: number | null
  readonly why: Wording | null
  readonly refusal: Wording | null
}

const nothing = { respondDueAt: null, disposeDueAt: null, unit: null, people: null, why: null }
const unfinished: Tried = {
  ...nothing,
  refusal: { zh: '还没有写完：时限、分级和牵头都填上才能试。', en: 'Not finished: fill in limits, tier and lead, then try again.' },
}

// To a dispatcher the same refusal says what to do with one case; here it is the draft that can be mended.
const nobodyThere: Wording = {
  zh: '那里没有对应的责任单位：案件会等人派遣。请核对牵头层级、部门职能和地点。',
  en: 'No unit is on duty there: its cases will wait for a dispatcher. Check the level and function of the lead, and the place.',
}

interface Ground {
  readonly services: CaseServices
  readonly actor: Actor
  readonly rules: Rules
  readonly at: Instant
}

function tryCondition({ services, actor, rules, at }: Ground, conditionId: string, { areaCode, text }: Pick<Asked, 'areaCode' | 'text'>): Tried {
  try {
    const input = { commandId: newId(), channel: 'hotline', text: text.trim() || '试用', areaCode, conditionId } as const
    const { record } = prepareCall(input, { actor, requestId: 'trial' }, at, rules, services.secrets)
    const filed: CaseRecord = { ...record, number: '', status: 'filed' }
    const { organisationId, why, milestones } = planDispatch(filed, { move: 'dispatch' }, at, rules)
    const dueOf = (kind: string): Instant | null => milestones.find((one) => one.kind === kind)?.dueAt ?? null
    return {
      respondDueAt: dueOf('respond'),
      disposeDueAt: dueOf('dispose'),
      unit: organisationName(organisationId, rules),
      people: peopleOf(organisationId, areaCode, rules),
      why: why.text,
      refusal: null,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'cases.noDutyHolder') return { ...nothing, refusal: nobodyThere }
    return { ...nothing, refusal: { zh: error.text('zh'), en: error.text('en') } }
  }
}

function peopleOf(organisationId: string, areaCode: string, { directory, on }: Rules): number {
  const posts = directory.postsByOrganisation.get(organisationId) ?? []
  const able = posts.filter(
    (post) =>
      (post.role === 'handler' || post.role === 'grid_worker') &&
      post.validFrom <= on &&
      (post.validTo === null || on < post.validTo) &&
      (liesWithin(areaCode, post.areaCode) || liesWithin(post.areaCode, areaCode)),
  )
  return new Set(able.map(({ personId }) => personId)).size
}

/** What the words of a caller lead to: the draft, or another matter. */
function heardIn(text: string, catalogue: Catalogue, matterId: string) {
  if (text.trim() === '') return []
  return catalogue.matcher.match(text, HEARD).flatMap((found) => {
    const condition = catalogue.condition(found.conditionId)
    if (!condition || (found.confidence < LEAST && found.matterId !== matterId)) return []
    const { name } = condition
    return [{ name, confidence: found.confidence, own: found.matterId === matterId, sure: found.confidence >= catalogue.floor }]
  })
}
