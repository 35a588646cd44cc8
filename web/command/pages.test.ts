import { expect, test } from 'vitest'
import { opens, pagesFor } from './pages.ts'

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

test('an address opens for whom its page is, with whatever stands below it', () => {
  const reader = (right: string): boolean => right === 'case.read'
  expect(
    ['/', '/map', '/case/990101/1', '/wall/all', '/people', '/catalogue/new', '/report', '/nowhere'].filter((path) => opens(path, reader)),
  ).toEqual(['/', '/map', '/case/990101/1', '/nowhere'])
})
