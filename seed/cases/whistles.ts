import { answerAsUnit, oneWhistle, startWhistle, type WhistleInput } from '#contexts/cases/index.ts'
import { addMs, HOUR_MS, MINUTE_MS, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Theatre } from './run.ts'
import { castOf } from './staff.ts'

interface WhistlePlan {
  readonly kind: string
  /** Matter and condition of the catalogue, as `matter.condition`. */
  readonly about: string
  readonly hoursAgo: number
  readonly text: string
  readonly tried: string
  readonly missing: string
  /** Functions of the departments, each with its duty. */
  readonly units: readonly (readonly [functionCode: string, basis: string])[]
  /** How many of them have answered by now. */
  readonly answered: number
}

const plans: readonly WhistlePlan[] = [
  {
    kind: 'emergency',
    about: '06027.1',
    hoursAgo: 3,
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
    text: '屋顶平台多户连片搭建，牵涉消防和产权（示例）',
    tried: '联合巡查五次，分户谈话二十余次（示例）',
    missing: '需要规划认定和联合拆除力量（示例）',
    units: [
      ['urban_management', '违法建设查处'],
      ['housing', '房屋安全鉴定'],
    ],
    answered: 0,
  },
]

/** Lets streets of the demonstration whistle: one unit is late, one whistle waits for its rating, one for approval. Doing it again changes nothing. */
export async function liveWhistles({ cases, clock, turn }: Theatre, now: Instant, idOf: (text: string) => string): Promise<void> {
  for (const [index, plan] of plans.toSorted((a, b) => b.hoursAgo - a.hoursAgo).entries()) {
    const at = addMs(now, -plan.hoursAgo * HOUR_MS)
    clock.set(at)
    await oneStory({ cases, clock }, plan, { at, lot: index, idOf })
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
  const actor = cast.holder(street.id, null, street.areaCode, lot)
  const { kind, tried, missing, text } = plan
  const input: WhistleInput = { kind, tried, missing, units, matter: { conditionId: condition.id, areaCode: street.areaCode, text } }
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
}

const answers = [
  ['arrive', 20],
  ['finish', 55],
] as const
