import { settleOnSpot } from '#contexts/cases/index.ts'
import { idOf } from './run.ts'
import { GRID, HOME, type Teller } from './teller.ts'
import type { Places } from './places.ts'
import { random } from '../random.ts'

interface ClimbPlan {
  readonly key: string
  readonly about: string
  readonly minutesAgo: number
  /** What was tried at each level before the next was called. */
  readonly tried: readonly string[]
  readonly reason: 'beyond_means' | 'needs_authority' | 'several_areas' | 'repeated'
  readonly sentDown?: boolean
  /** The unit at the top has taken it up. */
  readonly answered?: boolean
}

/** One that rests on each tier, one that went all the way up, and one that came back down. */
const climbs: readonly ClimbPlan[] = [
  { key: 'grid calls', about: '07001.1', minutesAgo: 130, reason: 'repeated', tried: ['清理三次，次日又贴满（示例）'] },
  { key: 'community calls', about: '06042.1', minutesAgo: 110, reason: 'beyond_means', tried: ['保洁加派一班，清运车运力不足（示例）'] },
  { key: 'street calls', about: '09012.1', minutesAgo: 75, reason: 'needs_authority', tried: ['现场劝离五辆，车主拒不配合（示例）'], answered: true },
  {
    key: 'all the way',
    about: '06036.1',
    minutesAgo: 180,
    reason: 'several_areas',
    answered: true,
    tried: ['劝导住户自清两次（示例）', '社区组织集中清理，楼栋间反复堆放（示例）', '街道联合整治一次，涉及两街道交界（示例）'],
  },
  { key: 'sent down', about: '06035.1', minutesAgo: 150, reason: 'beyond_means', tried: ['电话联系业主未果（示例）'], sentDown: true },
]

/** Lets the levels below call up, each after it tried. */
export async function liveLadder(teller: Teller): Promise<void> {
  for (const { key, about, minutesAgo, tried, reason, sentDown, answered } of climbs) {
    await teller.report(key, { about, minutesAgo })
    let left = minutesAgo
    for (const note of tried) {
      await teller.move(key, (left -= 12), teller.holderOf(key), { move: 'contact', note: '已到现场查看（示例）' })
      await teller.move(key, (left -= 25), teller.holderOf(key), { move: 'callUp', reasonCode: reason, note })
    }
    if (answered) await teller.move(key, left - 10, teller.holderOf(key), { move: 'contact', note: '已接报，正在赶往现场（示例）' })
    if (sentDown)
      await teller.move(key, left - 15, teller.holderOf(key), { move: 'sendDown', reasonCode: 'within_means', note: '请先上门一次（示例）' })
  }
}

const trifles = [
  { key: 'box', minutesAgo: 30 * 60, about: '06036.1', text: '楼道口堆放纸箱（示例）', result: '已当场搬离（示例）', confirmed: true },
  { key: 'leaves', minutesAgo: 28 * 60, about: '06017.1', text: '绿地里有零星垃圾（示例）', result: '已捡拾清理（示例）', confirmed: true },
  { key: 'sticker', minutesAgo: 65, about: '07001.1', text: '单元门上一张小广告（示例）', result: '已揭除（示例）', confirmed: false },
] as const

/** 随手办: a grid worker settles what he finds; a community settles a small call. Somebody else confirms, but for the last of each. */
export async function liveTrifles(teller: Teller, places: Places): Promise<void> {
  const conditions = [...teller.cases.rules().catalogue.conditions.values()]
  const inspector = teller.cast.inRole('inspector', GRID, 0)
  const actor = teller.cast.inRole('grid_worker', GRID, 0)
  for (const { key, minutesAgo, about, text, result, confirmed } of trifles) {
    const reportedAt = teller.at(minutesAgo)
    const { lng, lat, community } = places.spot('estate', random(minutesAgo), GRID)
    const conditionId = conditions.find(({ matterCode, code }) => `${matterCode}.${code}` === about)?.id
    const told = { text, result, lng, lat, conditionId, address: `${community}（示例地址）`, reportedAt, sample: true }
    const { id } = await settleOnSpot(teller.cases, { ...told, commandId: idOf(`trifle ${key}`) }, { actor, requestId: 'demonstration' })
    teller.know(key, { id, districtCode: HOME })
    if (confirmed) await teller.move(key, minutesAgo - 45, inspector, { move: 'confirm' })
  }
  for (const [key, minutesAgo, confirmed] of [['lamp', 26 * 60, true] as const, ['lamp again', 55, false] as const]) {
    await teller.report(key, { about: '06996.1', minutesAgo })
    await teller.move(key, minutesAgo - 20, teller.holderOf(key), { move: 'settle', note: '已更换灯泡（示例）' })
    if (confirmed) await teller.move(key, minutesAgo - 70, inspector, { move: 'confirm' })
  }
}
