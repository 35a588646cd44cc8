import type { CaseRecord } from '#contexts/cases/index.ts'
import { addMs, DAY_MS, HOUR_MS, instantAt, localDate, MINUTE_MS, msOf, weekday, type Instant } from '#kernel/clock.ts'
import type { Random } from '../random.ts'
import type { Places, Spot } from './places.ts'
import { sayings, vague, type Sayings } from './sayings.ts'

/** What becomes of a report after it is dispatched, and how often. An unhappy rating comes on top of any of them. */
const fateWeights = [
  ['plain', 72],
  ['late_answer', 5],
  ['late', 7],
  ['stuck', 3],
  ['sent_back', 6],
  ['given_back', 5],
  ['withdrawn', 2],
] as const
/** `unseen`: where a person must look at it, nobody has yet. `misplaced`: it lies in another district. */
export type Fate = (typeof fateWeights)[number][0] | 'unseen' | 'misplaced'

/** How quickly people act on a case: shares of the time that the clock leaves, and waits of their own. */
export interface Pace {
  /** Until a dispatcher looks at what the rules left to a person. */
  readonly triageMinutes: number
  readonly ruleSeconds: number
  /** Share of the answering time used; above 1 is late. */
  readonly answer: number
  /** Share of the handling time used; above 1 is late. */
  readonly dispose: number
  readonly checkMinutes: number
  readonly closeMinutes: number
  /** Null: the caller never says. */
  readonly rating: { readonly afterMinutes: number; readonly score: number } | null
}

/** Where reports come from. A department's own staff report what they find; `import` is another system's export. */
export type PlanChannel = CaseRecord['channel']

/** One invented report: what arrives, and how its life goes on. Times are Instants, coordinates degrees. */
export interface CasePlan {
  readonly key: string
  readonly channel: PlanChannel
  readonly text: string
  readonly address: string | null
  readonly point: { readonly lng: number; readonly lat: number } | null
  /** Given where the caller chose an area instead of a point. */
  readonly areaCode: string | null
  readonly caller: { readonly name: string; readonly phone: string } | null
  readonly reportedAt: Instant
  /** What it is really about, `matter.condition`; null when nobody could tell. */
  readonly about: string | null
  /** Where it really is. */
  readonly gridCode: string
  readonly fate: Fate
  /** Status in which nobody does anything more, so that the demonstration has work of that kind to show. */
  readonly restsIn: CaseRecord['status'] | null
  /** When the caller rates, where that moment matters. */
  readonly ratedAt: Instant | null
  /** First round, and the round after a failed check or a reopening. */
  readonly paces: readonly Pace[]
}

const ZONE = 'Asia/Shanghai'
const DAYS = 90
const CASES = 2500
const STUCK_MS = 14 * DAY_MS
// Calls by day of the week, from Sunday: Monday brings what waited over the weekend.
const weekdays = [0.55, 1.2, 1.05, 1, 1, 1.1, 0.7]
// Calls by hour of the day, from midnight.
const hours = [2, 1, 1, 1, 1, 2, 5, 12, 22, 26, 24, 18, 13, 14, 20, 21, 20, 18, 17, 19, 18, 12, 8, 4]
const openings = ['', '', '', '您好，', '你好，', '反映一个问题：', '麻烦看一下，']
const endings = ['', '', '', '。', '，请尽快处理。', '，麻烦安排一下，谢谢。', '，希望能解决。']
const titles = ['女士', '先生']
const surnames = '赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕施张'.split('')

/**
 * Plans `count` reports of the three months before `now`, in the order of their arrival. The same seed and the same `now` give the same plan.
 * Some name no place, some say too little, some places are reported again and again.
 */
export function planCases(places: Places, now: Instant, chance: Random, count = CASES): CasePlan[] {
  const again = Math.round(count * 0.06)
  const fixed = sceneOf(places, now, chance)
  const fresh = Array.from({ length: count - again - fixed.length }, (_, i) => {
    const reportedAt = arrival(now, chance)
    const plan = planOne(`case-${i}`, places, reportedAt, chance)
    if (reportedAt > addMs(now, -30 * HOUR_MS) && chance.chance(0.5)) return { ...plan, fate: 'unseen' as const }
    // Whoever is late for weeks is told to finish in the end.
    return plan.fate === 'stuck' && reportedAt < addMs(now, -STUCK_MS) ? { ...plan, fate: 'late' as const, restsIn: null } : plan
  })
  const spots = fresh
    .filter((plan) => plan.about !== null && plan.point !== null && plan.reportedAt < addMs(now, -3 * DAY_MS))
    .slice(0, Math.ceil(again / 4))
  const repeats = Array.from({ length: again }, (_, i) => repeatOf(spots[i % spots.length] as CasePlan, `again-${i}`, places, now, chance))
  return [...fixed, ...fresh, ...repeats].toSorted((a, b) => (a.reportedAt < b.reportedAt ? -1 : 1))
}

interface Scene {
  readonly minutesAgo: number
  readonly areaCode: string
  /** Null: too vague for the rules. */
  readonly about: string | null
  /** With a status the case goes on quickly until it is there, and then waits. */
  readonly restsIn?: CaseRecord['status']
  readonly fate?: Fate
}

const HOME = '990101'
const GRID = `${HOME}001001001`
const DAY_MINUTES = 24 * 60

/** Work that waits at the desks of the printed sign-ins whenever the demonstration is started. What names no status is answered later than now. */
const scene: readonly Scene[] = [
  { minutesAgo: 12, areaCode: GRID, about: '06994.1' },
  { minutesAgo: 55, areaCode: GRID, about: '06036.1' },
  { minutesAgo: 95, areaCode: GRID, about: '07001.1' },
  { minutesAgo: 40, areaCode: GRID.slice(0, 12), about: '06042.1' },
  { minutesAgo: 20, areaCode: GRID.slice(0, 12), about: '06996.1' },
  { minutesAgo: 30, areaCode: GRID.slice(0, 9), about: '09011.1' },
  { minutesAgo: 25, areaCode: HOME, about: '08001.1' },
  { minutesAgo: 18, areaCode: HOME, about: null },
  { minutesAgo: 47, areaCode: HOME, about: null },
  { minutesAgo: 110, areaCode: HOME, about: null },
  { minutesAgo: 2 * DAY_MINUTES, areaCode: GRID.slice(0, 9), about: '09011.1', restsIn: 'filed', fate: 'given_back' },
  { minutesAgo: 3 * DAY_MINUTES, areaCode: GRID, about: '07001.1', restsIn: 'handled' },
  { minutesAgo: 4 * DAY_MINUTES, areaCode: GRID.slice(0, 12), about: '06042.1', restsIn: 'checked' },
  { minutesAgo: 8 * DAY_MINUTES, areaCode: GRID.slice(0, 9), about: '06042.1', restsIn: 'reopened' },
  { minutesAgo: 9 * DAY_MINUTES, areaCode: '990102', about: '06042.1', restsIn: 'reopened' },
  { minutesAgo: 150, areaCode: '990102', about: null, restsIn: 'transferred', fate: 'misplaced' },
]

function sceneOf(places: Places, now: Instant, chance: Random): CasePlan[] {
  return scene.map(({ minutesAgo, areaCode, about, restsIn = null, fate = 'unseen' }, i) => {
    const hint = about === null ? undefined : sayings[about]
    const spot = places.spot(about === '09011.1' ? 'street' : 'estate', chance, areaCode)
    const [first, ...rest] = pacesOf('resident', 'plain', chance)
    const ratedAt = restsIn === 'reopened' ? addMs(now, -(35 + 10 * i) * MINUTE_MS) : null
    return {
      key: `scene-${i}`,
      channel: 'resident',
      text: hint ? `${spot.road ?? spot.community}，${hint.says[0] ?? ''}` : (vague[i % vague.length] ?? ''),
      // What is moved to another district was taken in without a place that anybody could find.
      address: fate === 'misplaced' ? '公交站旁（示例地址）' : addressOf(spot),
      point: fate === 'misplaced' ? null : { lng: spot.lng, lat: spot.lat },
      areaCode: null,
      caller: callerOf(chance),
      reportedAt: addMs(now, -minutesAgo * MINUTE_MS),
      about,
      gridCode: spot.gridCode,
      fate,
      restsIn,
      ratedAt,
      paces: [paceOfScene(first as Pace, restsIn, ratedAt), ...rest],
    }
  })
}

function paceOfScene(pace: Pace, restsIn: CasePlan['restsIn'], ratedAt: Instant | null): Pace {
  const quick = { triageMinutes: 15, answer: 0.05, dispose: 0.15, checkMinutes: 10 }
  const rating = ratedAt === null ? null : { afterMinutes: 0, score: 1 }
  return { ...pace, ...(restsIn === null ? { answer: 0.98, dispose: 0.95 } : quick), rating }
}

function arrival(now: Instant, chance: Random): Instant {
  for (;;) {
    // Some more from the last three days, so that the queue of today is lively.
    const back = chance.chance(0.05) ? chance.below(3) : chance.below(DAYS)
    const day = localDate(addMs(now, -back * DAY_MS), ZONE)
    const hour = chance.weighted(hours.map((weight, at) => [at, weight] as const))
    const at = instantAt(day, hour * HOUR_MS + chance.below(HOUR_MS), ZONE)
    const isKept = chance.chance((weekdays[weekday(day)] ?? 1) / Math.max(...weekdays))
    if (at < now && isKept) return at
  }
}

const channelWeights = [
  ['resident', 48],
  ['grid_worker', 25],
  ['hotline', 20],
  ['department', 4],
  ['import', 3],
] as const satisfies readonly (readonly [PlanChannel, number])[]

/** Staff report what they found themselves: they pick the matter from the list, and there is no caller to ask or to answer. */
export const isFoundByStaff = (channel: PlanChannel): boolean => channel === 'grid_worker' || channel === 'department'

function planOne(key: string, places: Places, reportedAt: Instant, chance: Random): CasePlan {
  const channel = chance.weighted(channelWeights)
  const isVague = !isFoundByStaff(channel) && chance.chance(0.04)
  const about = isVague ? null : chance.weighted(Object.entries(sayings).map(([condition, { weight }]) => [condition, weight] as const))
  const hint = about === null ? undefined : sayings[about]
  const { spot, ...where } = placeOf(channel, hint, places, chance)
  const fate = chance.weighted(fateWeights)
  const caller = isFoundByStaff(channel) || chance.chance(0.3) ? null : callerOf(chance)
  const text = wordsOf(channel, hint, spot, chance)
  const rests = { restsIn: fate === 'stuck' ? ('contacted' as const) : null, ratedAt: null }
  return { key, channel, text, ...where, caller, reportedAt, about, gridCode: spot.gridCode, fate, ...rests, paces: pacesOf(channel, fate, chance) }
}

function placeOf(
  channel: CasePlan['channel'],
  hint: Sayings | undefined,
  places: Places,
  chance: Random,
): Pick<CasePlan, 'address' | 'point' | 'areaCode'> & { spot: Spot } {
  const says = isFoundByStaff(channel) ? 'point' : chance.weighted([['point', 76] as const, ['area', 16] as const, ['nothing', 8] as const])
  // A call without a place lands in the first district, so that is where it must be.
  const spot = places.spot(hint?.at ?? 'estate', chance, says === 'nothing' ? '990101' : undefined)
  return {
    spot,
    address: says === 'nothing' ? null : addressOf(spot),
    point: says === 'point' ? { lng: spot.lng, lat: spot.lat } : null,
    areaCode: says === 'area' ? spot.gridCode.slice(0, 12) : null,
  }
}

/** Another caller about the same thing, some hours or days later and a few steps away. */
function repeatOf(plan: CasePlan, key: string, places: Places, now: Instant, chance: Random): CasePlan {
  const text = `${chance.pick(openings)}${chance.pick(sayings[plan.about ?? '']?.says ?? [plan.text])}${chance.pick(endings)}`
  const point = plan.point && places.near({ ...plan.point, gridCode: plan.gridCode }, chance)
  const reportedAt = addMs(plan.reportedAt, Math.round((msOf(now) - msOf(plan.reportedAt)) * (0.05 + 0.9 * chance.next())))
  return { ...plan, key, channel: 'resident', text, point, caller: callerOf(chance), reportedAt, paces: pacesOf('resident', plan.fate, chance) }
}

function wordsOf(channel: CasePlan['channel'], hint: Sayings | undefined, spot: Spot, chance: Random): string {
  const problem = chance.pick(hint?.says ?? vague)
  const where = spot.road ?? spot.community
  if (channel === 'grid_worker') return `${chance.pick(['巡查发现：', '日常巡查，', '入户走访，居民反映：', ''])}${problem}`
  if (channel === 'department') return `${chance.pick(['工作中发现：', '专项检查发现：', ''])}${problem}`
  if (channel === 'hotline') return `市民来电反映：${hint ? `${where}，` : ''}${problem}${chance.pick(endings)}`
  return `${chance.pick(openings)}${hint && chance.chance(0.5) ? `${where}，` : ''}${problem}${chance.pick(endings)}`
}

function addressOf(spot: Spot): string {
  return spot.road === null ? `${spot.community}（示例地址）` : `${spot.road}近${spot.community}（示例地址）`
}

// No Chinese number begins with 123, so nobody is called.
function callerOf(chance: Random): { name: string; phone: string } {
  return { name: `${chance.pick(surnames)}${chance.pick(titles)}`, phone: `1230000${String(chance.below(10_000)).padStart(4, '0')}` }
}

/** Three rounds: the first, one after a failed check or a reopening, and one after that. Only the first can be late. */
function pacesOf(channel: CasePlan['channel'], fate: Fate, chance: Random): Pace[] {
  const [first, ...rest] = [paceOf(channel, chance), paceOf(channel, chance), paceOf(channel, chance)] as [Pace, Pace, Pace]
  const late = 1.15 + 0.9 * chance.next()
  return [{ ...first, answer: fate === 'late_answer' ? late : first.answer, dispose: fate === 'late' ? late : first.dispose }, ...rest]
}

function paceOf(channel: CasePlan['channel'], chance: Random): Pace {
  const says = !isFoundByStaff(channel) && chance.chance(0.6)
  const score = chance.weighted([[5, 44] as const, [4, 31] as const, [3, 12] as const, [2, 8] as const, [1, 5] as const])
  return {
    triageMinutes: 8 + chance.below(110),
    ruleSeconds: 4 + chance.below(50),
    answer: 0.08 + 0.75 * chance.next() ** 1.5,
    dispose: 0.12 + 0.75 * chance.next(),
    checkMinutes: 25 + chance.below(300),
    closeMinutes: 6 + chance.below(90),
    rating: says ? { afterMinutes: 20 + chance.below(2880), score } : null,
  }
}
