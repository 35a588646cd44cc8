import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CatalogueFile } from './catalogue-file.ts'
import { buildMatcher, type Match, type WordedCondition } from './matching.ts'
import { aCatalogueFile } from './testing.ts'
import { normalise } from './wording.ts'

const FLOOR = 0.55

const conditions: WordedCondition[] = CatalogueFile.parse(aCatalogueFile()).matters.flatMap((matter) =>
  matter.conditions.map(({ code, words }) => ({
    id: `${matter.code}-${code}`,
    matterId: matter.code,
    matterName: matter.name,
    matterWords: matter.words,
    words,
  })),
)
const matcher = buildMatcher(conditions)
const best = (text: string): Match | undefined => matcher.match(text)[0]
const sure = (text: string): string | undefined => ((best(text)?.confidence ?? 0) >= FLOOR ? best(text)?.conditionId : undefined)

// Written for this test, in the words of residents.
const reports: [string, string][] = [
  ['我家门口的井盖不见了，晚上很危险', '01001-1'],
  ['解放路上一个井盖被偷了，小孩差点掉进去', '01001-1'],
  ['楼下井盖车一过就哐当响，吵得睡不着', '01001-2'],
  ['窨井盖周围下沉', '01001-3'],
  ['雨水口堵了，一下雨就积水', '01004-1'],
  ['小区门口路灯不亮已经三天', '01037-1'],
  ['大树倒了压到车', '04002-1'],
  ['门口行道树枯死，请补种', '04002-2'],
  ['公厕早上七点还锁门', '03001-1'],
  ['公共厕所很臭没人打扫', '03001-2'],
  ['邻居在楼顶正在搭违建', '06001-1'],
  ['楼上违章搭建已经建成半年了', '06001-2'],
  ['路边一地生活垃圾没人收', '06010-1'],
  ['装修垃圾一大堆堆了好几天', '06011-1'],
  ['人民路有个大坑，骑车摔倒了', '06013-1'],
  ['绿化带里都是烟头和狗屎', '06017-1'],
  ['有人在烧垃圾，浓烟呛人', '06020-1'],
  ['楼下商店喇叭天天叫卖噪音太大', '06028-1'],
  ['晚上广场舞音响太吵', '06028-2'],
  ['楼道里堆满纸箱和旧家具', '06036-1'],
  ['电线杆上到处贴小广告', '07001-1'],
  ['半夜还在施工，睡不着', '08001-1'],
  ['工地扬尘严重，没洒水', '08004-1'],
  ['流动摊贩推三轮车在学校门口摆摊', '09001-1'],
  ['水果店占道经营，人行道走不了', '09006-1'],
  ['电动车乱停挡路', '09010-1'],
  ['消防通道被私家车堵住', '09012-1'],
  ['网线垂下来快碰到头', '10002-1'],
]

describe('a resident’s words find the condition', () => {
  test.each(reports)('%s', (text, conditionId) => expect(sure(text)).toBe(conditionId))

  test('with its words as reasons', () => {
    expect(best('我家门口的井盖不见了')?.reasons).toEqual([
      { word: '不见了', where: 'condition' },
      { word: '井盖', where: 'matter' },
    ])
  })
})

describe('a person decides', () => {
  test.each(['井盖坏了', '垃圾', '楼上漏水把我家天花板泡坏了', '请问社保卡怎么补办', '公司拖欠工资三个月', '感谢网格员帮忙', ''])(
    'on “%s”',
    (text) => {
      expect(sure(text)).toBeUndefined()
    },
  )

  test('when two conditions fit equally: a tie is never above one half', () => {
    const [first, second] = matcher.match('井盖响动，井盖缺失')
    expect(first?.score).toBe(second?.score)
    expect(first?.confidence).toBeLessThan(0.5)
  })

  test('when a long story holds a word by chance', () => {
    const story = `${'我想反映孩子上学的学区划分问题，希望有关部门给予答复。'.repeat(12)}那天路灯刚亮。`
    expect(sure(story)).toBeUndefined()
  })
})

describe('what is said together and early', () => {
  const filler = '我想反映孩子上学的学区划分问题，希望有关部门给予答复。'

  test('words that stand far apart in a letter are not about the same thing', () => {
    expect(sure('路灯不亮已经三天')).toBe('01037-1')
    expect(sure(`路灯很好看。${filler.repeat(4)}楼下的牌子不亮。`)).toBeUndefined()
  })

  test('what a long letter mentions at its end counts less than what it begins with', () => {
    const [begins, ends] = [best(`路灯不亮。${filler.repeat(6)}`), best(`${filler.repeat(6)}路灯不亮。`)]
    expect(begins?.confidence).toBeGreaterThan(ends?.confidence ?? 0)
  })

  test('a thing without what is wrong with it, and a fault without the thing, are guesses, however many words there are', () => {
    for (const text of ['建议换成新的路灯和街灯', '公共厕所、公厕、厕所在哪里', '坏了，黑漆漆，一闪一闪'])
      expect(best(text)?.confidence ?? 0).toBeLessThanOrEqual(0.5)
  })

  test('the name of a matter tells both', () => expect(sure('投诉占用消防通道，占用消防通道')).toBe('09012-1'))
})

describe('words', () => {
  test('a negative word takes back the short word inside it, but not another occurrence', () => {
    expect(matcher.match('小区垃圾分类宣传很好')).toEqual([])
    expect(best('垃圾分类点旁边垃圾袋没人收')?.conditionId).toBe('06010-1')
  })

  test('full width, capitals and spaces make no difference', () => {
    const one = (text: string): WordedCondition => ({
      id: 'c',
      matterId: 'm',
      matterName: { zh: '充电桩' },
      matterWords: [{ text, weight: 1 }],
      words: [],
    })
    for (const [word, text] of [
      ['ＡＴＭ机', '楼下 atm机 吞卡'],
      ['ev充电桩', 'ＥＶ充电桩坏了'],
      ['井 盖', '井\n盖没了'],
    ] as const)
      expect(buildMatcher([one(word)]).match(text)).toHaveLength(1)
  })

  test('words of letters match whole words only', () => {
    const tree: WordedCondition = { id: 'c', matterId: 'm', matterName: { zh: '行道树', en: 'Tree' }, matterWords: [], words: [] }
    expect(buildMatcher([tree]).match('my street is dark')).toEqual([])
    expect(buildMatcher([tree]).match('a fallen tree.')).toHaveLength(1)
  })

  test('a word does not run across a comma', () => {
    expect(normalise('道路，损坏')).toBe('道路|损坏')
  })

  test('rare words count more than those of many matters', () => {
    const [one, other] = matcher.match('噪音，烧烤')
    expect([one?.conditionId, other?.reasons[0]?.word]).toEqual(['06029-1', '噪音'])
  })

  test('a catalogue without words, and an empty one, match nothing', () => {
    expect(buildMatcher([]).match('井盖')).toEqual([])
    expect(buildMatcher([{ id: 'c', matterId: 'm', matterName: { zh: '，' }, matterWords: [], words: [] }]).match('，，')).toEqual([])
  })
})

test('whatever is said, confidences lie in order between 0 and 1, add up to at most 1, and every reason is in the text', () => {
  const pieces = conditions.flatMap((condition) => [...condition.words, ...condition.matterWords].map((word) => word.text))
  const texts = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 12 })
    .map((parts) => parts.join('，'))
  fc.assert(
    fc.property(texts, (text) => {
      const found = matcher.match(text)
      const confidences = found.map((match) => match.confidence)
      expect(confidences.every((one) => one > 0 && one < 1)).toBe(true)
      expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
      expect(confidences.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(1)
      for (const { reasons } of found) for (const { word } of reasons) expect(normalise(text)).toContain(normalise(word))
    }),
    // The same words for a guess and for something said whole.
    { examples: [['私搭乱建，生命通道，消防车通道']] },
  )
})
