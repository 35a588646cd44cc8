/** Builders for tests: a catalogue file with the classes that residents call about most, its limits those of one real city (china.md 1.8). */
import type { CatalogueFileInput, MatterEntryInput } from './catalogue-file.ts'
import type { LimitUnit, Tier } from './lifecycle.ts'

// What other contexts' tests need and nobody else may reach past the door and the routes.
export { publishMatterVersion, saveMatterVersion } from './commands.ts'
export { askEntry, decideEntry, listDuty } from './committee/commands.ts'
export { delegate, endDelegation } from './delegating/commands.ts'
export { listDelegations } from './delegating/questions.ts'
export { MatterText } from './matter.ts'

type ConditionInput = NonNullable<MatterEntryInput['conditions']>[number]

const units: Record<string, LimitUnit> = { u: 'urgent_hour', h: 'work_hour', d: 'work_day', n: 'natural_day' }
const limit = (text: string): { value: number; unit: LimitUnit } => ({ value: Number.parseFloat(text), unit: units[text.slice(-1)] ?? 'work_hour' })
const words = (text: string): { text: string; weight: number }[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => (word.startsWith('-') ? { text: word.slice(1), weight: -1 } : { text: word, weight: 1 }))

/** `lead`: a department's function, or a level of the grassroots. `limits`: respond and dispose, as `1u 2d`. */
const condition = (code: string, zh: string, said: string, limits: string, lead: string, tier: Tier): ConditionInput => {
  const [respond = '', dispose = ''] = limits.split(' ')
  const local = lead === 'grid' || lead === 'community' || lead === 'street'
  return {
    code,
    description: { zh },
    words: words(said),
    respond: limit(respond),
    dispose: limit(dispose),
    closing: { zh: '现场已恢复' },
    tier,
    lead: local ? { level: lead } : { level: 'district', function: lead },
    evidence: ['photo_before', 'photo_after'],
  }
}

const matter = (code: string, zh: string, said: string, ...conditions: ConditionInput[]): MatterEntryInput => ({
  standard: 'GB/T 47678.5-2026',
  kind: 'event',
  code,
  name: { zh },
  words: words(said),
  duty: conditions.some((one) => one.lead?.level !== 'district') ? 'basic' : 'assist',
  workKind: 'daily',
  conditions,
})

/** A catalogue of 24 matters, all in force from 2025-01-01. `change` adds or replaces parts of the file. */
export function aCatalogueFile(change: Partial<CatalogueFileInput> = {}): CatalogueFileInput {
  const matters = change.matters ?? sampleMatters.map((one) => ({ ...one, effectiveFrom: '2025-01-01' }))
  // What committees and their grids lead stands on their lists; the rules send it there.
  const led = matters.filter(({ conditions = [] }) => conditions.some(({ lead }) => lead?.level === 'community' || lead?.level === 'grid'))
  const committee = led.map(({ standard, kind, code }) => ({ list: 'assist' as const, standard, kind, code, from: '2025-01-01' }))
  return { format: 'huying-catalogue/1', committee, ...change, matters }
}

const sampleMatters: readonly MatterEntryInput[] = [
  matter(
    '01001',
    '井盖异常',
    '井盖 窨井盖 下水道盖 -井盖厂',
    condition('1', '缺失、移位或开裂，有安全隐患', '缺失 丢了 没了 不见了 被偷 移位 开裂 掉进去', '1u 2u', 'urban_management', 'A'),
    condition('2', '弹跳响动', '响动 弹跳 哐当 咣当 咯噔 车一过', '4h 2d', 'urban_management', 'B'),
    condition('3', '周边路面塌陷', '周边塌陷 周围下沉 高差 凹陷', '4h 5d', 'urban_management', 'A'),
  ),
  matter('01004', '雨水箅子异常', '雨水箅子 雨篦子 雨水口 下水口', condition('1', '堵塞', '堵塞 堵了 堵住 排不下去', '4h 1d', 'water', 'B')),
  matter('01037', '路灯异常', '路灯 街灯', condition('1', '单盏不亮', '不亮 灭了 坏了 黑漆漆 一闪一闪', '4h 2d', 'urban_management', 'B')),
  matter(
    '04002',
    '行道树异常',
    '行道树 大树 树枝 树木 -树苗',
    condition('1', '倒伏或断枝', '倒了 倒伏 断枝 压到 砸到 挡路', '1u 4u', 'gardens', 'A'),
    condition('2', '缺株', '缺株 补种 补栽 死了 枯死', '1d 15d', 'gardens', 'B'),
  ),
  matter(
    '03001',
    '公共厕所异常',
    '公共厕所 公厕 厕所',
    condition('1', '未按时开放', '没开门 锁门 不开放 关着', '2h 4h', 'sanitation', 'B'),
    condition('2', '脏臭', '臭 脏 没人打扫', '2h 4h', 'sanitation', 'B'),
  ),
  matter(
    '06001',
    '私搭乱建',
    '私搭乱建 违建 违章搭建 违法搭建 搭棚子 加盖',
    condition('1', '正在建设', '正在建 正在搭 正在施工', '2u 2n', 'urban_management', 'A'),
    condition('2', '已建成', '已经建成 建好了 搭好了 早就盖好', '1d 15d', 'urban_management', 'A'),
  ),
  matter(
    '06010',
    '暴露垃圾',
    '垃圾 生活垃圾 垃圾袋 -垃圾分类 -垃圾中转站 -建筑垃圾',
    condition('1', '路面有暴露垃圾', '乱扔 没人清理 没人收 一地 随手丢', '2h 4h', 'street', 'B'),
  ),
  matter(
    '06011',
    '积存垃圾渣土',
    '渣土 建筑垃圾 装修垃圾 砖头',
    condition('1', '成堆积存', '成堆 堆了好几天 一大堆 堆满', '4h 5d', 'sanitation', 'B'),
  ),
  matter('06012', '道路不洁', '道路不洁 路面很脏 路上泥巴 没扫', condition('1', '路面有污物', '泥巴 污水印 灰尘', '1h 2h', 'sanitation', 'B')),
  matter(
    '06013',
    '道路破损',
    '道路破损 路面破损 路面坑洼 坑洼 大坑 路坏了 裂缝',
    condition('1', '坑槽、破损', '坑槽 颠簸 摔倒', '4h 5d', 'roads', 'B'),
  ),
  matter('06017', '绿地脏乱', '绿地 绿化带 草坪', condition('1', '绿地有垃圾', '脏乱 烟头 白色垃圾 狗屎', '2h 4h', 'gardens', 'B')),
  matter('06020', '焚烧垃圾、树叶', '焚烧 烧垃圾 烧树叶 烧秸秆', condition('1', '正在焚烧', '冒烟 呛人 浓烟', '1u 2u', 'street', 'B')),
  matter(
    '06028',
    '噪声扰民',
    '噪音 噪声 扰民 太吵 音响 广场舞',
    condition('1', '商业噪音', '喇叭 叫卖 商店 促销', '1u 2u', 'urban_management', 'B'),
    condition('2', '广场舞', '广场舞 跳舞 音响', '1u 2u', 'community', 'C'),
  ),
  matter('06029', '露天烧烤', '烧烤 烤串 烧烤摊', condition('1', '露天烧烤', '露天 油烟 占道', '1u 2u', 'urban_management', 'B')),
  matter('06036', '乱堆杂物', '杂物 堆放 乱堆 楼道', condition('1', '楼道堆物', '楼道 楼梯间 纸箱 旧家具', '4h 1d', 'grid', 'D')),
  matter('06037', '动物尸体', '死猫 死狗 死老鼠 动物尸体', condition('1', '有动物尸体', '尸体 发臭', '2h 4h', 'sanitation', 'B')),
  matter('07001', '非法小广告', '小广告 牛皮癣 贴广告 办证广告', condition('1', '张贴、喷涂', '张贴 喷涂 到处贴 撕不掉', '4h 1d', 'grid', 'D')),
  matter('08001', '施工扰民', '施工 工地 夜间施工 打桩', condition('1', '夜间施工', '半夜 夜里 凌晨 睡不着 噪音', '1u 2u', 'urban_management', 'A')),
  matter('08004', '工地扬尘', '扬尘 工地 灰尘', condition('1', '未采取降尘措施', '没洒水 没覆盖 满天灰', '1h 2h', 'housing', 'A')),
  matter('09001', '无照经营游商', '流动摊贩 小贩 摆摊 游商', condition('1', '流动摆摊', '推车 三轮车 叫卖', '1u 2u', 'urban_management', 'B')),
  matter('09006', '占道经营', '占道经营 占道 摆到路上 出店', condition('1', '占用道路经营', '人行道 走不了 摊位', '1u 2u', 'urban_management', 'B')),
  matter(
    '09010',
    '非机动车乱停放',
    '电动车 自行车 非机动车 电瓶车 -充电',
    condition('1', '乱停放', '乱停 乱放 挡路 停得乱七八糟', '1h 2h', 'street', 'C'),
  ),
  matter('09012', '占用消防通道', '消防通道 消防车通道 生命通道', condition('1', '停车或堆物', '堵住 堵塞 占用 停车', '1h 2h', 'fire', 'A')),
  matter('10002', '架空线缆脱落', '电线 线缆 电缆 网线', condition('1', '脱落、垂落', '掉下来 垂下来 脱落 耷拉 断了', '1h 2h', 'power', 'A')),
]

/** Mainland China's usual working time with the shipped calendars, for tests of clocks. */
export { chinaCalendar } from './calendars.ts'
