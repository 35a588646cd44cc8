import { answerObjection, askFor, decideRequest, type RequestInput } from '#contexts/cases/index.ts'
import { addDays, localDate, type Instant } from '#kernel/clock.ts'
import { HOME, type Teller } from './teller.ts'

/** One decision: the role that decides, and what it says. */
interface Decision {
  readonly role: 'dispatcher' | 'supervisor' | 'leader'
  readonly minutesAgo: number
  readonly verdict: 'approve' | 'refuse'
  readonly opinion: string
}

interface RequestPlan {
  readonly key: string
  readonly about: string
  readonly reportedMinutesAgo: number
  readonly askedMinutesAgo: number
  readonly ask: Pick<RequestInput, 'kind' | 'reasonCode' | 'note'>
  /** 挂账: days from now. */
  readonly days?: number
  /** 异议: function of the unit that should lead, and what it says, where it has answered. */
  readonly proposes?: string
  readonly counter?: string
  readonly decisions?: readonly Decision[]
}

const HOUR = 60
const DAY = 24 * HOUR

const approve = (role: Decision['role'], minutesAgo: number, opinion = '同意（示例）'): Decision => ({
  role,
  minutesAgo,
  verdict: 'approve',
  opinion,
})
const refuse = (role: Decision['role'], minutesAgo: number, opinion: string): Decision => ({ role, minutesAgo, verdict: 'refuse', opinion })

/** A request that only asks, gives its reason, and was perhaps decided. */
const planned = (
  key: string,
  about: string,
  [reportedMinutesAgo, askedMinutesAgo]: readonly [reported: number, asked: number],
  [kind, reasonCode, note]: readonly [RequestInput['kind'], RequestInput['reasonCode'], note: string],
  decisions?: readonly Decision[],
): RequestPlan => ({ key, about, reportedMinutesAgo, askedMinutesAgo, ask: { kind, reasonCode, note }, ...(decisions ? { decisions } : {}) })

/** Every kind of request, waiting at each level and decided both ways. */
const plans: readonly RequestPlan[] = [
  planned('extension asked', '06001.2', [3 * DAY, 2 * HOUR], ['extension', 'coordination', '需与规划、消防联合认定，请求延期（示例）']),
  planned(
    'extension passed',
    '04002.2',
    [4 * DAY, 5 * HOUR],
    ['extension', 'weather', '连日阴雨，登高车不能作业（示例）'],
    [approve('dispatcher', 4 * HOUR, '情况属实，报上级（示例）')],
  ),
  planned(
    'extension granted',
    '06990.1',
    [3 * DAY, 2 * DAY],
    ['extension', 'hard_case', '涉及家长 40 余人，需逐户核对（示例）'],
    [approve('dispatcher', 2 * DAY - HOUR), approve('supervisor', 2 * DAY - 2 * HOUR)],
  ),
  planned(
    'extension refused',
    '06013.1',
    [2 * DAY, DAY],
    ['extension', 'materials', '沥青未到货（示例）'],
    [refuse('dispatcher', DAY - HOUR, '库存可用，请按时限修补（示例）')],
  ),
  {
    key: 'suspension asked',
    about: '04002.3',
    reportedMinutesAgo: 2 * DAY,
    askedMinutesAgo: 6 * HOUR,
    days: 60,
    ask: { kind: 'suspension', reasonCode: 'season', note: '补种须待春季（示例）' },
  },
  {
    key: 'suspension granted',
    about: '06001.2',
    reportedMinutesAgo: 6 * DAY,
    askedMinutesAgo: 5 * DAY,
    days: 90,
    ask: { kind: 'suspension', reasonCode: 'project', note: '已列入旧改计划，随项目一并拆除（示例）' },
    decisions: [approve('supervisor', 5 * DAY - 3 * HOUR)],
  },
  {
    key: 'objection unanswered',
    about: '08007.1',
    reportedMinutesAgo: 80,
    askedMinutesAgo: 50,
    proposes: 'urban_management',
    ask: { kind: 'objection', reasonCode: 'not_our_duty', note: '该围挡为占道施工围挡，由城管许可（示例）' },
  },
  {
    key: 'objection answered',
    about: '06013.1',
    reportedMinutesAgo: 5 * HOUR,
    askedMinutesAgo: 4 * HOUR,
    proposes: 'water',
    counter: '该处井周塌陷由路基引起，不属于管网（示例）',
    ask: { kind: 'objection', reasonCode: 'other_owner', note: '路面随排水井下沉，应由排水权属单位处理（示例）' },
  },
  {
    key: 'objection upheld',
    about: '10002.1',
    reportedMinutesAgo: 2 * DAY,
    askedMinutesAgo: 2 * DAY - 40,
    proposes: 'power',
    counter: '经现场辨认为本单位低压线，可以承接（示例）',
    ask: { kind: 'objection', reasonCode: 'other_owner', note: '脱落的是供电线缆（示例）' },
    decisions: [approve('dispatcher', 2 * DAY - 90, '权属清楚，改由供电公司负责（示例）')],
  },
  {
    key: 'objection refused',
    about: '08001.1',
    reportedMinutesAgo: 7 * HOUR,
    askedMinutesAgo: 7 * HOUR - 20,
    proposes: 'housing',
    counter: '夜间施工许可由城管发放（示例）',
    ask: { kind: 'objection', reasonCode: 'not_our_duty', note: '工地由住建监管（示例）' },
    decisions: [refuse('supervisor', 6 * HOUR, '噪声执法属城管职责，不予改派（示例）')],
  },
]

/** Lets units ask, proposed units answer, and those above decide. */
export async function liveRequests(teller: Teller, now: Instant): Promise<void> {
  for (const plan of plans) {
    await teller.report(plan.key, { about: plan.about, minutesAgo: plan.reportedMinutesAgo })
    const contact = { move: 'contact', note: '已电话联系反映人（示例）' } as const
    await teller.move(plan.key, plan.reportedMinutesAgo - 15, teller.holderOf(plan.key), contact)
    await oneRequest(teller, plan, now)
  }
  await liveAppeals(teller, now)
  const upheld = 'objection upheld'
  await teller.move(upheld, 2 * DAY - 2 * HOUR, teller.cast.holder(teller.unit('power'), null, HOME, 0), {
    move: 'contact',
    note: '供电抢修班已出发（示例）',
  })
  await finish(teller, upheld, 2 * DAY - 3 * HOUR)
}

async function oneRequest(teller: Teller, plan: RequestPlan, now: Instant): Promise<void> {
  const { districtCode, id, version } = teller.caseOf(plan.key)
  const { zone } = teller.cases.rules().catalogue.calendar
  const input = {
    ...plan.ask,
    until: plan.days === undefined ? undefined : addDays(localDate(now, zone), plan.days),
    organisationId: plan.proposes && teller.unit(plan.proposes),
    expectedVersion: version,
  }
  const asker = teller.doing(`${plan.key} asked`, plan.askedMinutesAgo, teller.holderOf(plan.key))
  const key = { districtCode, requestId: (await askFor(teller.cases, asker, { districtCode, id }, input)).id }
  let requestVersion = 1
  if (plan.counter !== undefined && plan.proposes !== undefined) {
    const answerer = teller.doing(`${plan.key} answered`, plan.askedMinutesAgo - 10, teller.cast.holder(teller.unit(plan.proposes), null, HOME, 0))
    await answerObjection(teller.cases, answerer, key, { expectedVersion: requestVersion, opinion: plan.counter })
    requestVersion += 1
  }
  for (const { role, minutesAgo, verdict, opinion } of plan.decisions ?? []) {
    const decider = teller.doing(`${plan.key} ${role}`, minutesAgo, teller.cast.inRole(role, HOME, 0))
    await decideRequest(teller.cases, decider, key, { verdict, opinion, expectedVersion: requestVersion, asRule: false })
    requestVersion += 1
  }
}

const appeals: readonly RequestPlan[] = [
  planned('appeal asked', '06997.1', [3 * DAY, 90], ['appeal', 'caller_unreachable', '反映人电话多次无人接听，已留存记录（示例）']),
  planned(
    'appeal granted',
    '06997.1',
    [9 * DAY, 8 * DAY],
    ['appeal', 'force_majeure', '当日暴雨红色预警，停止户外作业（示例）'],
    [approve('dispatcher', 8 * DAY - HOUR), approve('supervisor', 8 * DAY - 2 * HOUR)],
  ),
  planned(
    'appeal refused',
    '06997.1',
    [12 * DAY, 11 * DAY],
    ['appeal', 'system_failure', '终端离线（示例）'],
    [refuse('dispatcher', 11 * DAY - HOUR, '未见故障记录（示例）')],
  ),
]

/** What was closed late, and the unit's appeal against the mark. */
async function liveAppeals(teller: Teller, now: Instant): Promise<void> {
  for (const plan of appeals) {
    const { key, about, reportedMinutesAgo: reported } = plan
    await teller.report(key, { about, minutesAgo: reported })
    await teller.move(key, reported - 20, teller.holderOf(key), { move: 'contact', note: '已到现场查看（示例）' })
    await teller.sweep(reported - 5 * HOUR)
    await finish(teller, key, reported - 5 * HOUR)
    await oneRequest(teller, plan, now)
  }
}

/** Handled, checked and closed within two hours. */
async function finish(teller: Teller, key: string, minutesAgo: number): Promise<void> {
  const reasonCode = teller.caseOf(key).awaitedOrganisationIds.length > 1 ? 'not_needed' : undefined
  await teller.move(key, minutesAgo - 5, teller.holderOf(key), { move: 'handle', reasonCode, note: '已处置完毕（示例）' })
  await teller.move(key, minutesAgo - 60, teller.cast.inRole('inspector', teller.caseOf(key).areaCode, 0), { move: 'check' })
  await teller.move(key, minutesAgo - 90, teller.cast.inRole('dispatcher', HOME, 0), { move: 'close' })
}
