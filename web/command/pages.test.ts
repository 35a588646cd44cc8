import { expect, test } from 'vitest'
import { pagesFor } from './pages.ts'

test('a person finds exactly the pages that his rights open, group by group', () => {
  expect(pagesFor((right) => right === 'case.read' || right === 'catalogue.read').map(({ id }) => id)).toEqual([
    'desk',
    'whistles',
    'map',
    'catalogue',
    'duties',
  ])
  expect(pagesFor(() => false)).toEqual([])
})
