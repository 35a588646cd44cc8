import { expect, test } from 'vitest'
import { buildMatcher, type WordedCondition } from '#contexts/catalogue/matching.ts'
import { CatalogueFile } from '#contexts/catalogue/catalogue-file.ts'
import { demonstrationMatters } from './matters.ts'

const FLOOR = 0.55
const { matters } = CatalogueFile.parse({ format: 'huying-catalogue/1', matters: demonstrationMatters() })
const conditions: WordedCondition[] = matters.flatMap((matter) =>
  matter.conditions.map(({ code, words }) => ({
    id: `${matter.code}-${code}`,
    matterId: matter.name.zh,
    matterName: matter.name,
    matterWords: matter.words,
    words,
  })),
)
const matcher = buildMatcher(conditions)
const sure = (text: string): string | undefined => {
  const [best] = matcher.match(text)
  return best && best.confidence >= FLOOR ? best.matterId : undefined
}

// Invented, in the way in which people write to a hotline.
test.each([
  ['楼下麻将馆天天打到深夜，噪音扰民', '噪声扰民'],
  ['清吧凌晨还在放音响，吵得孩子睡不着', '噪声扰民'],
  ['一楼烤肉店的油烟直往楼上排，不敢开窗', '油烟污染'],
  ['餐饮店没有烟道，油烟熏人', '油烟污染'],
  ['四部电梯故障频发，老人下不了楼', '公用电梯异常'],
  ['公司拖欠工人工资半年了', '拖欠工资'],
  ['楼顶违章建筑至今没拆，请拆除', '私搭乱建'],
  ['施工单位没有任何防尘措施，粉尘满天飞', '工地扬尘'],
  ['挖机半夜进场作业，晚上吵得睡不着', '施工扰民'],
  ['河里水葫芦长满了，河面全是漂浮物', '水域不洁'],
  ['内河成了死水，臭气一阵一阵的', '河道污染'],
  ['梧桐树飞絮，眼睛都睁不开', '行道树异常'],
  ['流动摊贩天天在校门口摆摊', '无照经营游商'],
  ['开发商侵占公共绿地做停车场', '非法占绿毁绿'],
])('“%s” is %s', (text, matter) => {
  expect(sure(text)).toBe(matter)
})

test.each([
  '请问公司的工资制度什么时候改革',
  '小区地下车位要卖多少钱，停车费怎么算',
  '村卫生室的执业证早就过期了，无证行医怎么办',
  '渣土车凌晨成群开过，太吵了',
  '附近要建垃圾焚烧厂，担心臭气',
  '小区的生活污水什么时候接入污水管网',
])('“%s” goes to a person', (text) => {
  expect(sure(text)).toBeUndefined()
})
