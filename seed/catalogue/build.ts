import type { LeadLevel, LimitUnit, Tier } from '#contexts/catalogue/lifecycle.ts'
import type { Wording } from '#kernel/refusal.ts'

interface Party {
  level: LeadLevel
  function?: string
}
interface Word {
  text: string
  weight?: number
}
interface Limit {
  value: number
  unit: LimitUnit
}

/** One matter of a catalogue file (contexts/catalogue, `importCatalogue`). */
export interface MatterEntry {
  standard: string
  kind: 'event' | 'local'
  code: string
  name: Wording
  category: Wording
  words: Word[]
  duty: 'basic' | 'assist' | 'withdrawn'
  workKind: 'patrol' | 'emergency' | 'daily'
  conditions: {
    code: string
    description: Wording
    words: Word[]
    respond: Limit
    dispose: Limit
    closing: Wording
    tier: Tier
    lead: Party
    helpers: Party[]
    evidence: string[]
  }[]
  status: 'published'
  effectiveFrom: string
}

/**
 * A matter as it is written in this folder. Words stand in one line with spaces between them: `-x` speaks against the matter, `x*1.5`
 * weighs more, `a_b` is two words.
 */
interface MatterText {
  readonly words: string
  /** Which duty list of the street it stands on; `assist` unless said. */
  readonly duty?: 'basic' | 'withdrawn'
  readonly work?: 'patrol' | 'emergency'
  readonly conditions: readonly {
    readonly zh: string
    readonly en: string
    readonly words: string
    /** A level of the grassroots, the function of a district department, or both where such work was delegated: `street/urban_management`. */
    readonly lead: string
    readonly helpers?: readonly string[]
    /** Respond and dispose: u 紧急工作时, h 工作时, d 工作日, n 自然日. */
    readonly limits: readonly [string, string]
    readonly closing: Wording
  }[]
}

const units: Record<string, LimitUnit> = { u: 'urgent_hour', h: 'work_hour', d: 'work_day', n: 'natural_day' }
const tiers: Record<string, Tier> = { grid: 'D', community: 'C', street: 'B' }

/** Large classes of GB/T 47678.5-2026 that the city uses. */
const categories: Record<string, Wording> = {
  '01': { zh: '市政公用设施类', en: 'Public utilities' },
  '02': { zh: '交通设施类', en: 'Traffic facilities' },
  '03': { zh: '市容环卫设施类', en: 'Cleaning facilities' },
  '04': { zh: '园林绿化设施类', en: 'Green spaces' },
  '06': { zh: '市容环境类', en: 'Street environment' },
  '07': { zh: '宣传广告类', en: 'Advertising' },
  '08': { zh: '施工管理类', en: 'Construction' },
  '09': { zh: '街面秩序类', en: 'Street order' },
  '10': { zh: '其他事项类', en: 'Other matters' },
}

/** A matter of the national directory. */
export function matter(code: string, zh: string, en: string, text: MatterText): MatterEntry {
  return entry(
    { standard: 'GB/T 47678.5-2026', kind: 'event', code, name: { zh, en }, category: categories[code.slice(0, 2)] ?? { zh: '其他', en: 'Other' } },
    text,
  )
}

/** A matter of the city's own. */
export function ownMatter(code: string, zh: string, en: string, text: MatterText): MatterEntry {
  return entry({ standard: '滨江市补充事项（示例）', kind: 'local', code, name: { zh, en }, category: { zh: '本市补充', en: 'Of this city' } }, text)
}

function entry(head: Pick<MatterEntry, 'standard' | 'kind' | 'code' | 'name' | 'category'>, text: MatterText): MatterEntry {
  const conditions = text.conditions.map(({ zh, en, words, lead, helpers = [], limits, closing }, index) => ({
    code: String(index + 1),
    description: { zh, en },
    words: wordsOf(words),
    respond: limitOf(limits[0]),
    dispose: limitOf(limits[1]),
    closing,
    tier: tiers[lead.split('/')[0] ?? ''] ?? 'A',
    lead: partyOf(lead),
    helpers: helpers.map(partyOf),
    evidence: ['photo_before', 'photo_after'],
  }))
  return {
    ...head,
    words: wordsOf(text.words),
    duty: text.duty ?? 'assist',
    workKind: text.work ?? 'daily',
    conditions,
    status: 'published',
    effectiveFrom: '2025-01-01',
  }
}

/** Words that tell where or which thing rather than what is wrong with it; they weigh little unless a weight is written. */
const plainThings = new Set(
  (
    '小区 小区里 路口 门口 楼下 路边 马路边 公交站 两边 道路两边 人行道 道路 马路 路面 地面 单元门口 楼道 天台 楼顶 院子里 院子 地下室 车棚 围墙 花园 空地 公共区域 校门口 地铁口 墙上 门上 ' +
    '电线杆 商店 商铺 超市 饭店 厨房 餐馆 饭馆 车位 汽车 小车 私家车 轿车 机动车 树木 河道 天天 还在 半年 一年多 长期 几天 周末 沿街 上门 帮忙 食品 卫生间'
  ).split(' '),
)
const PLAIN_THING = '0.4'

function wordsOf(text: string): Word[] {
  return text.split(' ').map((word) => {
    const [said = '', times = plainThings.has(word.replace(/^-/, '')) ? PLAIN_THING : '1'] = word.replace(/^-/, '').split('*')
    const weight = Number(times) * (word.startsWith('-') ? -1 : 1)
    return weight === 1 ? { text: said.replaceAll('_', ' ') } : { text: said.replaceAll('_', ' '), weight }
  })
}

function limitOf(text: string): Limit {
  const unit = units[text.slice(-1)]
  if (!unit) throw new RangeError(`not a limit: ${text}`)
  return { value: Number.parseFloat(text), unit }
}

function partyOf(text: string): Party {
  const [level = '', delegated] = text.split('/')
  if (delegated !== undefined) return { level: level as LeadLevel, function: delegated }
  return text in tiers ? { level: text as LeadLevel } : { level: 'district', function: text }
}
