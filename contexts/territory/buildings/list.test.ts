import { expect, test } from 'vitest'
import { BuildingColumns, HouseholdColumns, readBuilding, readHousehold } from './list.ts'

const buildings = BuildingColumns.parse({ code: '编码', name: '名称', use: '用途', floors: '层数', uses: { 住宅: 'dwelling' } })
const households = HouseholdColumns.parse({ code: 'c', unit: 'u', floor: 'f', door: 'd', occupancy: 'o', tenure: 't', tenures: { 租赁: 'rented' } })
const code = '990101001001001001'

const reasonOf = (read: object): unknown => ('refusal' in read ? (read.refusal as { code: string }).code : 'taken')

test('a building is read in the words of the source, and an empty cell is no fault', () => {
  expect(readBuilding(2, { 编码: code, 名称: '一号楼', 用途: '住宅', 层数: '18' }, buildings)).toMatchObject({
    code,
    content: { name: { zh: '一号楼' }, use: 'dwelling', floors: 18, address: null },
  })
  expect(readBuilding(2, { 编码: code, 名称: '一号楼', 用途: '', 层数: '' }, buildings)).toMatchObject({ content: { use: 'other', floors: null } })
})

test.each([
  [{ 编码: '99010100100100100', 名称: '一号楼' }, 'territory.placeDigits'],
  [{ 编码: code, 名称: '' }, 'territory.nameMissing'],
  [{ 编码: code, 名称: '一号楼', 用途: '写字楼' }, 'territory.valueUnknown'],
  [{ 编码: code, 名称: '一号楼', 层数: '十八' }, 'territory.valueUnknown'],
])('a building that cannot be taken says why: %o', (row, reason) => {
  expect(reasonOf(readBuilding(2, row, buildings))).toBe(reason)
})

test('a dwelling is a door, not a person: what the source does not say is unknown', () => {
  expect(readHousehold(3, { c: `${code}0402`, u: '2', f: '4', d: '402', o: 'occupied', t: '租赁' }, households)).toMatchObject({
    content: { unit: '2', floor: 4, door: '402', occupancy: 'occupied', tenure: 'rented' },
  })
  expect(readHousehold(3, { c: `${code}0402`, d: '402' }, households)).toMatchObject({
    content: { occupancy: 'unknown', tenure: 'unknown', floor: null },
  })
  // A cellar has a floor below the ground.
  expect(readHousehold(3, { c: `${code}0001`, d: 'B1', f: '-1' }, households)).toMatchObject({ content: { floor: -1 } })
})

test.each([
  [{ c: code, d: '1' }, 'territory.placeDigits'],
  [{ c: `${code}0402`, d: '' }, 'territory.doorMissing'],
  [{ c: `${code}0402`, d: '402', o: '有人' }, 'territory.valueUnknown'],
  [{ c: `${code}0402`, d: '402', t: '出租' }, 'territory.valueUnknown'],
])('a dwelling that cannot be taken says why: %o', (row, reason) => {
  expect(reasonOf(readHousehold(3, row, households))).toBe(reason)
})
