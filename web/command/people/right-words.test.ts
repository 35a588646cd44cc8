import { expect, test } from 'vitest'
import { reachesOf } from './right-words.ts'

test('the widest reach comes first, and doing before seeing', () => {
  const reaches = reachesOf([
    { permission: 'case.read', scope: 'area' },
    { permission: 'case.handle', scope: 'area' },
    { permission: 'catalogue.read', scope: 'city' },
  ])
  expect(reaches.map(({ scope, rights }) => [scope, rights.map(({ zh }) => zh)])).toEqual([
    ['city', ['查看事项清单']],
    ['area', ['处置', '查看案件']],
  ])
})
