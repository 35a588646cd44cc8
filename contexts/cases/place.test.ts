import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCity, testDistrict, type TestCity } from './testing.ts'
import { findPlace, type PlaceInput } from './place.ts'

let city: TestCity

beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const find = (input: PlaceInput, recorded = false) => {
  const { territory, districts } = city.services.rules()
  return findPlace(input, { territory, districts, fallback: testDistrict, recorded })
}

test('a name of an area in the address, else in the text, is a place with its reason', () => {
  expect(find({ text: '示例社区门口的路灯不亮' })).toMatchObject({
    areaCode: '990101001001',
    located: true,
    placeReason: { words: ['示例社区'], clear: true },
  })
  expect(find({ address: '邻街道邻社区 3 号', text: '从示例社区搬来的垃圾' })).toMatchObject({
    districtCode: '990102',
    areaCode: '990102001001',
    placeReason: { words: expect.arrayContaining(['邻社区']) as string[] },
  })
})

test('a district that is named decides whose case it is, and is still for a person to locate', () => {
  expect(find({ text: '示例街道到邻街道的路都坏了' })).toMatchObject({ located: false, placeReason: { clear: false } })
  expect(find({ address: '示例区', text: '示例街道的河很臭' })).toMatchObject({ areaCode: '990101001', located: true })
})

test('a coordinate or a chosen area is asked before any name, and a chosen district bounds the names', () => {
  expect(find({ lng: 121.4905, lat: 31.2305, text: '邻社区' })).toMatchObject({ areaCode: '990101001001001', placeReason: null })
  expect(find({ areaCode: '990101001001002', text: '邻社区' })).toMatchObject({ areaCode: '990101001001002', placeReason: null })
  expect(find({ areaCode: '990101', text: '邻社区的事' })).toMatchObject({ areaCode: '990101', located: false, placeReason: null })
})

test('the words of another system’s record are not read for a place', () => {
  expect(find({ areaCode: '990101', text: '示例社区' }, true)).toMatchObject({ areaCode: '990101', located: false, placeReason: null })
})

test('a case keeps why it lies where it lies, until somebody corrects it', async () => {
  const { id } = await city.call({ text: '示例社区门口有人露天烧烤', lng: undefined, lat: undefined })
  const located = await city.move(id, 'file', city.as('dispatcher'))
  expect(located).toMatchObject({ areaCode: '990101001001', placeReason: { words: ['示例社区'], clear: true } })
  const corrected = await city.move(id, 'correct', city.as('dispatcher'), { areaCode: '990101001001002' })
  expect(corrected).toMatchObject({ areaCode: '990101001001002', placeReason: null })
})
