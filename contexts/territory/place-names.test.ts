import { expect, test } from 'vitest'
import type { AreaName } from './area.ts'
import { buildPlaceNames, namesOf } from './place-names.ts'

const levels = { 6: 'district', 9: 'street', 12: 'community', 15: 'grid' } as const
const area = (code: string, zh: string): AreaName => ({
  code,
  level: levels[code.length as keyof typeof levels],
  gridKind: code.length === 15 ? 'service' : null,
  name: { zh },
})
const index = buildPlaceNames([
  area('990101', '东区'),
  area('990102', '示例西区'),
  area('990101001', '上渡街道'),
  area('990101002', '渡口街道'),
  area('990102001', '西门街道'),
  area('990101001001', '和平社区居委会'),
  area('990101001002', '后屿村委会'),
  area('990101002001', '青年社区'),
  area('990102001001', '和平社区居委会'),
  area('990102001002', '洋村村委会'),
])

const find = (text: string, ...within: string[]) => index.find(text, within.length === 0 ? ['99'] : within)

test('people write 社区 and 村 where the list of codes writes the office', () => {
  expect(namesOf(area('990101001001', '军门社区居委会'))).toEqual(['军门社区居委会', '军门社区'])
  expect(namesOf(area('990101001001', '云南中路居委会'))).toEqual(['云南中路居委会', '云南中路社区'])
  expect(namesOf(area('990101001001', '后屿村民委员会'))).toEqual(['后屿村民委员会', '后屿村'])
  expect(namesOf(area('990101001001', '洋村'))).toEqual([])
})

test.each([
  ['上渡街道的河道很臭', '990101001', ['上渡街道']],
  ['上渡街道后屿村旁边的河道很臭', '990101001002', ['上渡街道', '后屿村']],
  ['青年社区 3 号楼', '990101002001', ['青年社区']],
  ['示例西区有人烧垃圾', '990102', ['示例西区']],
])('“%s” names the area %s', (text, areaCode, words) => {
  expect(find(text)).toEqual({ areaCode, words, clear: true })
})

test('a name of two communities is clear only beside a name that decides between them, or inside a district that is known', () => {
  expect(find('和平社区门口')).toEqual({ areaCode: null, words: ['和平社区'], clear: false })
  expect(find('西门街道和平社区门口')).toMatchObject({ areaCode: '990102001001', clear: true })
  expect(find('和平社区门口', '990101')).toMatchObject({ areaCode: '990101001001', clear: true })
})

test('two communities of one street are that street; two streets are for a person', () => {
  expect(find('和平社区和后屿村之间', '990101')).toMatchObject({ areaCode: '990101001', clear: true })
  expect(find('从上渡街道走到渡口街道')).toEqual({ areaCode: '990101', words: ['上渡街道', '渡口街道'], clear: false })
  expect(find('从青年社区走到西门街道')).toMatchObject({ areaCode: null, clear: false })
})

test('spaces and full-width forms make no difference, and a text without a name says nothing', () => {
  expect(find('上 渡\n街道')).toMatchObject({ areaCode: '990101001' })
  for (const text of ['', '东区', '门口的路灯不亮', '渡街道']) expect(find(text)).toBeNull()
})
