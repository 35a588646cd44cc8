import { answerAsUnit, moveWhistle, oneWhistle, rateWhistle, startWhistle, type WhistleInput } from '#contexts/cases/index.ts'
import { addMs, HOUR_MS, MINUTE_MS, type Instant } from '#kernel/clock.ts'
import type { Actor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Theatre } from './run.ts'
import { castOf } from './staff.ts'

interface WhistlePlan {
  readonly kind: string
  /** Matter and condition of the catalogue, as `matter.condition`. */
  readonly about: string
  readonly hoursAgo: number
  /** Which street, counted from the first. */
  readonly lot: number
  readonly text: string
  readonly tried: string
  readonly missing: string
  /** Functions of the departments, each with its duty. */
  readonly units: readonly (readonly [functionCode: string, basis: string])[]
  /** How many of them have answered by now. */
  readonly answered: number
  /** The street's ratings of those that answered, 5 to 1. */
  readonly scores?: readonly number[]
  /** The street ends it after rating. */
  readonly ends?: boolean
  /** The first community of the street asks the street to whistle. */
  readonly proposed?: boolean
}

const plans: readonly WhistlePlan[] = [
  {
    kind: 'emergency',
    about: '06027.1',
    hoursAgo: 3,
    lot: 1,
    text: '后巷餐饮油烟直排，地沟堵塞返水（示例）',
    tried: '社区上门劝导三次，街道约谈两次（示例）',
    missing: '没有执法权，也没有疏通设备（示例）',
    units: [
      ['urban_management', '餐饮油烟执法'],
      ['water', '排水管网疏通'],
    ],
    answered: 1,
  },
  {
    kind: 'ordinary',
    about: '06011.1',
    hoursAgo: 50,
    lot: 0,
    text: '边角地积存建筑垃圾，清运后又反复倾倒（示例）',
    tried: '街道组织清运四次，加装提示牌（示例）',
    missing: '查不到倾倒车辆，缺少处罚权限（示例）',
    units: [
      ['urban_management', '建筑垃圾运输执法'],
      ['housing', '工地出土管理'],
    ],
    answered: 2,
  },
  {
    kind: 'hard',
    about: '06001.2',
    hoursAgo: 1,
    lot: 2,
    text: '屋顶平台多户连片搭建，牵涉消防和产权（示例）',
    tried: '联合巡查五次，分户谈话二十余次（示例）',
    missing: '需要规划认定和联合拆除力量（示例）',
    units: [
      ['urban_management', '违法建设查处'],
      ['housing', '房屋安全鉴定'],
    ],
    answered: 0,
  },
  {
    kind: 'ordinary',
    about: '09005.1',
    hoursAgo: 98,
    lot: 0,
    text: '夜市沿街外摆成片，消防车进不来（示例）',
    tried: '街道夜间值守十天，划线两次（示例）',
    missing: '缺少占道处罚权和食品检查权（示例）',
    units: [
      ['urban_management', '占道经营执法'],
      ['market', '食品经营检查'],
    ],
    answered: 2,
    scores: [5, 2],
  },
  {
    kind: 'emergency',
    about: '06998.1',
    hoursAgo: 150,
    lot: 1,
    text: '下穿通道积水没过膝盖，两辆车熄火（示例）',
    tried: '社区拉警戒线，街道两台水泵抽排（示例）',
    missing: '没有大功率排水车，也没有救援力量（示例）',
    units: [
      ['water', '城市排涝'],
      ['fire', '被困人员救援'],
    ],
    answered: 2,
    scores: [5, 4],
    ends: true,
  },
  {
    kind: 'ordinary',
    about: '06045.1',
    hoursAgo: 0.7,
    lot: 0,
    text: '绿地被圈占种菜，越占越大（示例）',
    tried: '社区劝导五户，两户拒绝（示例）',
    missing: '没有绿地执法权（示例）',
    units: [['parks', '绿地管理']],
    answered: 0,
    proposed: true,
  },
]

/**
 * Lets streets of the demonstration whistle: one unit is late, one whistle waits for its rating and one for approval, one was rated, one has ended,
 * and a community asks its street for one. Doing it again changes nothing.
 */
export async function liveWhistles({ cases, clock, turn }: Theatre, now: Instant, idOf: (text: string) => string): Promise<void> {
  for (const plan of plans.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
    const at = addMs(now, -plan.hoursAgo * HOUR_MS)
    clock.set(at)
    await oneStory({ cases, clock }, plan, { at, lot: plan.lot, idOf })
  }
  clock.set(now)
  await turn()
}

async function oneStory(
  { cases, clock }: Pick<Theatre, 'cases' | 'clock'>,
  plan: WhistlePlan,
  { at, lot, idOf }: { at: Instant; lot: number; idOf: (text: string) => string },
) {
  const { directory, catalogue } = cases.rules()
  const cast = castOf(directory)
  const streets = [...directory.organisations.values()].filter(({ kind }) => kind === 'street_office')
  const street = streets[lot % streets.length]
  const condition = [...catalogue.conditions.values()].find(({ matterCode, code }) => `${matterCode}.${code}` === plan.about)
  if (!street || !condition) throw new RangeError(`the demonstration's whistle about ${plan.about} has no street or no matter`)
  const districtCode = street.areaCode.slice(0, 6) as DistrictCode
  const unitOf = (functionCode: string): string =>
    [...directory.organisations.values()].find((one) => one.areaCode === districtCode && one.functionCode === functionCode)?.id ?? ''
  const units = plan.units.map(([functionCode, basis]) => ({ organisationId: unitOf(functionCode), basis }))
  const community = [...directory.organisations.values()].find((one) => one.kind === 'community' && one.areaCode.startsWith(street.areaCode))
  const caller = plan.proposed && community ? community : street
  const actor = cast.holder(caller.id, null, caller.areaCode, lot)
  const { kind, tried, missing, text } = plan
  const input: WhistleInput = { kind, tried, missing, units, matter: { conditionId: condition.id, areaCode: caller.areaCode, text } }
  const commandId = idOf(`whistle ${plan.about}`)
  const key = await startWhistle(cases, { actor, commandId, requestId: 'demonstration' }, input)
  const { caseId } = await oneWhistle(cases, actor, key)
  for (const { organisationId } of units.slice(0, plan.answered)) {
    const by = { actor: cast.holder(organisationId, null, street.areaCode, lot), districtCode, id: caseId, requestId: 'demonstration' }
    for (const [move, minutes] of answers) {
      const command = { ...by, expectedVersion: undefined, commandId: idOf(`${commandId} ${organisationId} ${move}`) }
      clock.set(addMs(at, minutes * MINUTE_MS))
      await answerAsUnit(cases, command, { organisationId, move, note: '已到场处置（示例）' })
    }
  }
  clock.set(addMs(at, 4 * HOUR_MS))
  if (plan.scores) await rateAnswers(cases, actor, key, { plan, units, idOf })
}

async function rateAnswers(
  cases: Theatre['cases'],
  actor: Actor,
  key: Awaited<ReturnType<typeof startWhistle>>,
  { plan, units, idOf }: { plan: WhistlePlan; units: readonly { organisationId: string }[]; idOf: (text: string) => string },
): Promise<void> {
  const by = (name: string) => ({ actor, commandId: idOf(`whistle ${plan.about} ${name}`), requestId: 'demonstration' })
  const version = async (): Promise<number> => (await oneWhistle(cases, actor, key)).caseVersion
  for (const [index, score] of (plan.scores ?? []).entries()) {
    const organisationId = units[index]?.organisationId ?? ''
    const note = score > 3 ? '到场快，当场解决（示例）' : '到场晚，未出具检查意见（示例）'
    await rateWhistle(cases, by(`rate ${index}`), key, { organisationId, score, note, expectedVersion: await version() })
  }
  if (plan.ends) await moveWhistle(cases, by('close'), key, { move: 'close', expectedVersion: await version() })
}

const answers = [
  ['arrive', 20],
  ['finish', 55],
] as const
