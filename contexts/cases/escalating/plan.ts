import { resolveDutyHolder, type DirectoryOrganisation, type DutyHolder } from '#contexts/people/index.ts'
import type { Condition } from '#contexts/catalogue/index.ts'
import type { Instant } from '#kernel/clock.ts'
import { levelOfCode } from '#kernel/codes.ts'
import { planClocks } from '../dispatch.ts'
import { rungTiers, type RungLevel } from '../lifecycle.ts'
import type { RungPlan } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { belowOf, hasSentDown, standOf, type Stand } from './rung.ts'

const levels = Object.keys(rungTiers) as RungLevel[]
export const rungNames = { grid: '网格', community: '社区', street: '街镇', district: '区级' } as const

type Held = Pick<CaseRecord, 'ladder' | 'assignmentId' | 'leadOrganisationId' | 'leadPostId' | 'why' | 'tier'>

/**
 * Plans the step one level up: grid → its community → its street → the department of the matter's function, else the command centre. A matter
 * taken back by a department (上级收回) goes straight to the district; a level without a unit of its own is passed over. Both clocks start anew.
 */
export function planCallUp(record: CaseRecord, at: Instant, rules: Rules): RungPlan {
  const from = presentStand(record, rules)
  const condition = rules.catalogue.condition(record.conditionId ?? '')
  const above = condition?.duty === 'withdrawn' ? ['district' as const] : levels.slice(levels.indexOf(from.level) + 1)
  for (const level of from.level === 'district' ? [] : above) {
    const holder = holderAt(level, condition, record.areaCode, rules)
    if (!holder || (holder.organisationId === from.organisationId && holder.postIds.length === 0)) continue
    const to: Stand = {
      level,
      tier: higherOf(from.tier, rungTiers[level]),
      organisationId: holder.organisationId,
      postId: holder.postIds.length === 1 ? (holder.postIds[0] ?? null) : null,
    }
    const [lower, upper] = [rungNames[from.level], rungNames[level]]
    const text = { zh: `${lower}上呼：由${upper}的${holder.organisationName.zh}办理`, en: `Called up from ${from.level} to ${level}` }
    return {
      from,
      to,
      organisationId: to.organisationId,
      postId: to.postId,
      why: { rule: 'called_up', text },
      milestones: planClocks(record, at, rules),
    }
  }
  throw refuse.topReached()
}

/** Plans the way back down to whoever called. A unit may do it once with a case. */
export function planSendDown(record: CaseRecord, at: Instant, rules: Rules): RungPlan {
  const from = presentStand(record, rules)
  const to = belowOf(record)
  if (!to) throw refuse.nobodyCalled()
  if (hasSentDown(record, from)) throw refuse.alreadySentDown()
  const text = { zh: `${rungNames[from.level]}退回，仍由${rungNames[to.level]}办理`, en: `Sent back down from ${from.level} to ${to.level}` }
  return {
    from,
    to,
    organisationId: to.organisationId,
    postId: to.postId,
    why: { rule: 'sent_down', text },
    milestones: planClocks(record, at, rules),
  }
}

/** At which level the case is held now, and by whom. */
function presentStand(record: Held, { directory }: Rules): Stand {
  const climbed = standOf(record)
  if (climbed) return climbed
  const organisation = directory.organisations.get(record.leadOrganisationId ?? '')
  if (!organisation) throw refuse.topReached()
  const isGrid = record.why?.rule === 'worker_of_the_grid' || directory.posts.get(record.leadPostId ?? '')?.role === 'grid_worker'
  const level = isGrid ? 'grid' : levelOf(organisation)
  return { level, tier: record.tier ?? rungTiers[level], organisationId: organisation.id, postId: record.leadPostId }
}

// A command centre of the whole city stands no lower than a district.
function levelOf({ areaCode }: DirectoryOrganisation): RungLevel {
  const level = levelOfCode(areaCode)
  return level === 'community' || level === 'street' || level === 'grid' ? level : 'district'
}

function holderAt(level: RungLevel, condition: Condition | undefined, areaCode: string, rules: Rules): DutyHolder | null {
  const find = (functionCode: string | null): DutyHolder | null => resolveDutyHolder(rules.directory, { level, functionCode }, areaCode, rules.on)
  if (level !== 'district' || !condition) return find(null)
  const named = [condition.lead, ...condition.helpers].filter((party) => party.level === 'district').flatMap((party) => party.function ?? [])
  return named.map(find).find((holder) => holder !== null) ?? find(null)
}

const higherOf = (one: string, other: string): string => (one < other ? one : other)

/**
 * Posts by which an actor stands where the case is held. A community's grid workers belong to the same unit, one level below its desk: what they
 * called up to it is not theirs any more.
 */
export function postsAtRung<P extends { readonly role: string }>(posts: readonly P[], record: Pick<CaseRecord, 'ladder' | 'assignmentId'>): P[] {
  const stand = standOf(record)
  return posts.filter(({ role }) => role !== 'grid_worker' || stand === undefined || stand.level === 'grid')
}
