import { askEntry, decideEntry } from '#contexts/catalogue/index.ts'
import { addDays, localDate, type Instant } from '#kernel/clock.ts'
import { HOME, type Teller } from '../cases/teller.ts'

const DAY = 24 * 60

interface EntryPlan {
  readonly code: string
  readonly by: string
  readonly areaCode: string
  readonly reason: string
  readonly legalBasis: string
  readonly people: string
  readonly decision: { readonly move: 'approve' | 'refuse'; readonly reason: string } | null
}

/** 准入: what departments ask of the residents' committees, one request approved, one refused, one waiting. */
const plans: readonly EntryPlan[] = [
  {
    code: '07003',
    by: 'urban_management',
    areaCode: `${HOME}001`,
    reason: '请社区在日常走访中报告违规广告牌（示例）',
    legalBasis: '市容管理条例（示例）',
    people: '每社区补贴信息员 1 名（示例）',
    decision: { move: 'approve', reason: '只报告不处置，人员随事走（示例）' },
  },
  {
    code: '09020',
    by: 'market',
    areaCode: HOME,
    reason: '请社区协助农贸市场每日检查（示例）',
    legalBasis: '集市管理办法（示例）',
    people: '无专职人员，培训一次（示例）',
    decision: { move: 'refuse', reason: '属部门法定职责，不得转给社区（示例）' },
  },
  {
    code: '06045',
    by: 'parks',
    areaCode: `${HOME}002`,
    reason: '请社区协助劝阻占绿种菜（示例）',
    legalBasis: '绿化条例（示例）',
    people: '每周派绿化员到社区两次（示例）',
    decision: null,
  },
]

/** Lets departments ask and the district decide. */
export async function liveEntryRequests(teller: Teller, now: Instant): Promise<void> {
  const { policy, directory, territory, catalogue } = teller.cases.rules()
  const ground = {
    policy,
    organisation: (id: string) => directory.organisations.get(id),
    isArea: (code: string) => territory.area(code) !== undefined,
  }
  const today = localDate(now, catalogue.calendar.zone)
  for (const [index, { code, by, areaCode, reason, legalBasis, people, decision }] of plans.entries()) {
    const matterId = [...catalogue.conditions.values()].find(({ matterCode }) => matterCode === code)?.matterId ?? ''
    const organisationId = teller.unit(by)
    const asker = teller.doing(`entry ${code}`, (9 - 3 * index) * DAY, teller.cast.holder(organisationId, null, HOME, 0))
    const term = { validFrom: today, validTo: addDays(today, 365) }
    const { id } = await askEntry(asker, ground, {
      matterId,
      organisationId,
      areaCode,
      reason,
      legalBasis,
      authority: null,
      people,
      money: null,
      ...term,
    })
    const decider = teller.cast.inRole('dispatcher', HOME, 0)
    if (decision) await decideEntry(teller.doing(`entry ${code} decided`, (8 - 3 * index) * DAY, decider), ground, id, decision)
  }
}
