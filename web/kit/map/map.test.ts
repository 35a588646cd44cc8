import { expect, test } from 'vitest'
import { textFaults } from '../testing.ts'
import { readPlace, sameView, writePlace } from './view.ts'
import { mapWords } from './words.ts'

test('the map speaks both languages', () => expect(textFaults(mapWords)).toEqual([]))

test('a place in the address comes back to less than a pixel, and nonsense is no place', () => {
  const place = { lng: 121.4987654321, lat: 31.2385123456, zoom: 15.123456 }
  const back = readPlace(writePlace(place))
  expect(back && sameView(place, back)).toBe(true)
  for (const text of ['', '1,2', 'a,b,c', '200,10,5', '10,89,5', '10,10,99']) expect(readPlace(text)).toBeUndefined()
})
