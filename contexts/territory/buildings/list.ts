import { z } from 'zod'
import type { LocalDate } from '#kernel/clock.ts'
import type { Refusal } from '#kernel/refusal.ts'
import type { CodeRow } from '../code-list.ts'
import { refuse } from '../refusals.ts'
import { buildingDigits, buildingUses, householdDigits, occupancies, tenures, type Building, type Household } from './building.ts'
import type { DatedDraft } from './history.ts'

const Column = z.string().min(1).max(200)

/** Columns of a list of buildings, and what the source's own words for their use mean. */
export const BuildingColumns = z.strictObject({
  code: Column.describe('18 digits: the service grid and three more'),
  name: Column,
  nameEn: Column.optional(),
  address: Column.optional(),
  use: Column.optional(),
  floors: Column.optional(),
  validTo: Column.optional().describe('First day on which it no longer stands'),
  uses: z.record(z.string(), z.enum(buildingUses)).default({}),
})
export type BuildingColumns = z.output<typeof BuildingColumns>

/** Columns of a list of dwellings. There is none for a person. */
export const HouseholdColumns = z.strictObject({
  code: Column.describe('22 digits: the building and four more'),
  unit: Column.optional(),
  floor: Column.optional(),
  door: Column,
  occupancy: Column.optional(),
  tenure: Column.optional(),
  validTo: Column.optional().describe('First day on which it no longer exists'),
  occupancies: z.record(z.string(), z.enum(occupancies)).default({}),
  tenures: z.record(z.string(), z.enum(tenures)).default({}),
})
export type HouseholdColumns = z.output<typeof HouseholdColumns>

export type Read<Content> = DatedDraft<Content> | { readonly line: number; readonly refusal: Refusal }

/** The cells of a row by the column that the profile names; empty cells are undefined. */
function cellsOf(row: CodeRow): (column: string | undefined) => string | undefined {
  return (column) => (column === undefined ? undefined : row[column]?.trim() || undefined)
}

/** Reads one row of a list of buildings. */
export function readBuilding(line: number, row: CodeRow, columns: BuildingColumns): Read<Building> {
  const cell = cellsOf(row)
  const code = cell(columns.code) ?? ''
  const zh = cell(columns.name)
  const en = cell(columns.nameEn)
  if (!isCode(code, buildingDigits)) return { line, refusal: refuse.placeDigits({ code, digits: buildingDigits }) }
  if (zh === undefined) return { line, refusal: refuse.nameMissing({ code }) }
  const use = known(cell(columns.use), columns.uses, buildingUses, 'other')
  const floors = wholeNumber(cell(columns.floors), 1, 300)
  const validTo = dayOf(cell(columns.validTo))
  const unknown = firstUnknown(cell, [use, columns.use], [floors, columns.floors], [validTo, columns.validTo])
  if (use === unreadable || floors === unreadable || validTo === unreadable) return { line, refusal: refuse.valueUnknown({ code, value: unknown }) }
  return { line, code, validTo, content: { name: en === undefined ? { zh } : { zh, en }, address: cell(columns.address) ?? null, use, floors } }
}

/** Reads one row of a list of dwellings. */
export function readHousehold(line: number, row: CodeRow, columns: HouseholdColumns): Read<Household> {
  const cell = cellsOf(row)
  const code = cell(columns.code) ?? ''
  const door = cell(columns.door)
  if (!isCode(code, householdDigits)) return { line, refusal: refuse.placeDigits({ code, digits: householdDigits }) }
  if (door === undefined) return { line, refusal: refuse.doorMissing({ code }) }
  const occupancy = known(cell(columns.occupancy), columns.occupancies, occupancies, 'unknown')
  const tenure = known(cell(columns.tenure), columns.tenures, tenures, 'unknown')
  const floor = wholeNumber(cell(columns.floor), -20, 300)
  const validTo = dayOf(cell(columns.validTo))
  const unknown = firstUnknown(cell, [occupancy, columns.occupancy], [tenure, columns.tenure], [floor, columns.floor], [validTo, columns.validTo])
  if (occupancy === unreadable || tenure === unreadable || floor === unreadable || validTo === unreadable)
    return { line, refusal: refuse.valueUnknown({ code, value: unknown }) }
  return { line, code, validTo, content: { unit: cell(columns.unit) ?? null, floor, door, occupancy, tenure } }
}

const unreadable = Symbol('a cell that means nothing here')
type Maybe<T> = T | typeof unreadable

/** What stands in the first cell that could not be read. */
function firstUnknown(
  cell: (column: string | undefined) => string | undefined,
  ...read: readonly (readonly [value: unknown, column: string | undefined])[]
): string {
  return cell(read.find(([value]) => value === unreadable)?.[1]) ?? ''
}

const isCode = (code: string, digits: number): boolean => code.length === digits && /^\d+$/.test(code)

/** One of the words of the product, said in the source's own words or in ours. */
function known<Word extends string>(
  said: string | undefined,
  words: Readonly<Record<string, Word>>,
  ours: readonly Word[],
  silent: Word,
): Maybe<Word> {
  if (said === undefined) return silent
  return words[said] ?? ours.find((word) => word === said) ?? unreadable
}

function wholeNumber(said: string | undefined, least: number, most: number): Maybe<number | null> {
  if (said === undefined) return null
  const number = Number(said)
  return Number.isInteger(number) && number >= least && number <= most ? number : unreadable
}

function dayOf(said: string | undefined): Maybe<LocalDate | undefined> {
  if (said === undefined) return undefined
  return z.iso.date().safeParse(said).success ? (said as LocalDate) : unreadable
}
