import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LocalDate } from '#kernel/clock.ts'
import { areaLevelOf, areaLevels, parentCodeOf } from './area.ts'
import type { AreaDraft } from './area-draft.ts'
import { planImport, type AreaVersion, type ImportPlan } from './area-history.ts'
import { day } from './testing.ts'

let ids = 0
const newId = (): string => `id-${(ids += 1)}`

function draft(code: string, zh: string, more: Partial<AreaDraft> = {}): AreaDraft {
  return { line: 1, code, level: areaLevelOf(code) ?? 'grid', gridKind: code.length === 15 ? 'service' : null, name: { zh }, ...more }
}

/** The history after a plan, as the store would hold it. */
function after(history: readonly AreaVersion[], plan: ImportPlan): AreaVersion[] {
  const ends = new Map(plan.closed.map(({ id, validTo }) => [id, validTo]))
  const put = new Map(plan.corrected.map((version) => [version.id, version]))
  const kept = history.map((version) => put.get(version.id) ?? { ...version, validTo: ends.get(version.id) ?? version.validTo })
  return [...kept, ...plan.newAreas, ...plan.newVersions]
}

/** Imports files one after another. */
function history(...files: readonly (readonly [LocalDate, readonly AreaDraft[]])[]): AreaVersion[] {
  let versions: AreaVersion[] = []
  for (const [on, drafts] of files) versions = after(versions, planImport(drafts, from(versions, on), on, newId))
  return versions
}

const from = (versions: readonly AreaVersion[], on: LocalDate): AreaVersion[] => versions.filter(({ validTo }) => validTo === null || validTo > on)
const names = (versions: readonly AreaVersion[]): unknown[] => versions.map(({ name, validFrom, validTo }) => [name.zh, validFrom, validTo])

const city = draft('9901', '滨江市')
const district = draft('990101', '东岸区')
const [may, june] = [day('2026-05-01'), day('2026-06-01')]

test('a renamed area keeps its identity and both names have their days', () => {
  const versions = history([may, [city, district]], [june, [draft('990101', '东江区')]]).filter(({ code }) => code === '990101')
  expect(names(versions)).toEqual([
    ['东岸区', may, june],
    ['东江区', june, null],
  ])
  expect(new Set(versions.map(({ areaId }) => areaId)).size).toBe(1)
})

test('a file of the same first day puts the version right in place', () => {
  const versions = history([may, [city, district]], [may, [draft('990101', '东江区')]])
  expect(names(versions)).toEqual([
    ['滨江市', may, null],
    ['东江区', may, null],
  ])
})

test('an older file that comes later lasts until the version that was there, of the same area', () => {
  const versions = history([june, [city, district]], [may, [city, draft('990101', '旧区')]]).filter(({ code }) => code === '990101')
  expect(names(versions)).toEqual([
    ['东岸区', june, null],
    ['旧区', may, june],
  ])
  expect(versions[0]?.areaId).toBe(versions[1]?.areaId)
})

test('what a file does not say stays: border, key, English name and who governs', () => {
  const border = { geometry: { type: 'Polygon', coordinates: [] } as const, datum: 'GCJ02' as const }
  const full = draft('990101', '东岸区', { name: { zh: '东岸区', en: 'East Bank' }, key: 'E', border, administeringParentCode: '9902' })
  const known = history([may, [city, draft('9902', '开发区'), full]])
  const plan = planImport([district], known, june, newId)
  expect(plan).toMatchObject({ unchanged: ['990101'], updated: [], newVersions: [] })
})

test('an area without a parent is an orphan, but a city may stand alone', () => {
  const plan = planImport([city, draft('990101001', '一街'), draft('990201', '无市区')], [], may, newId)
  expect(plan.orphans).toEqual([
    { code: '990201', parentCode: '9902' },
    { code: '990101001', parentCode: '990101' },
  ])
  expect(plan.rejected.map(({ refusal }) => refusal.code)).toEqual(['territory.parentMissing', 'territory.parentMissing'])
  expect(plan.accepted).toEqual(['9901'])
})

test('who is governed by another area than the statistical parent is told, and is no fault', () => {
  const zone = draft('9902', '开发区')
  const plan = planImport(
    [city, zone, draft('990101', 'A', { administeringParentCode: '9902' }), draft('990102', 'B', { administeringParentCode: '9901' })],
    [],
    may,
    newId,
  )
  expect(plan.administered).toEqual([{ code: '990101', parentCode: '9901', administeringParentCode: '9902' }])
  expect(plan.rejected).toEqual([])
})

test('who governs must be known and of the level of the statistical parent', () => {
  const plan = planImport(
    [
      city,
      draft('990101', 'A', { administeringParentCode: '9902' }),
      draft('990102', 'B', { administeringParentCode: '990101' }),
      draft('990103', 'C', { administeringParentCode: '9901' }),
    ],
    [],
    may,
    newId,
  )
  expect(plan.rejected.map(({ refusal }) => refusal.code)).toEqual(['territory.administeringParentMissing', 'territory.administeringParentLevel'])
  expect(plan.newAreas.find(({ code }) => code === '990103')?.administeringParentId).toBeNull()
})

test('a key belongs to one area', () => {
  const known = history([may, [city, draft('990101', 'A', { key: 'k' })]])
  expect(planImport([draft('990102', 'B', { key: 'k' })], known, june, newId).rejected[0]?.refusal.code).toBe('territory.keyTaken')
})

const anyCode = fc.constantFrom('99', '9901', '9902', '990101', '990102', '990201', '990101001', '990101002', '990101001001', '990101001001001')
const anyFile = fc.record({
  on: fc.constantFrom(...['2026-01-01', '2026-03-01', '2026-05-01', '2026-07-01'].map(day)),
  drafts: fc.uniqueArray(fc.record({ code: anyCode, name: fc.constantFrom('甲', '乙', '丙') }), { selector: ({ code }) => code, maxLength: 10 }),
})

test('whatever files come in whatever order: one version a day, the same file twice changes nothing, parents begin their children', () => {
  fc.assert(
    fc.property(fc.array(anyFile, { maxLength: 8 }), (files) => {
      let versions: AreaVersion[] = []
      for (const { on, drafts: rows } of files) {
        const drafts = rows.map(({ code, name }) => draft(code, name))
        const plan = planImport(drafts, from(versions, on), on, newId)
        versions = after(versions, plan)
        const again = planImport(drafts, from(versions, on), on, newId)
        expect([again.accepted, again.updated, again.closed]).toEqual([[], [], []])
      }
      expectOneVersionADay(versions)
      const codeOf = new Map(versions.map(({ areaId, code }) => [areaId, code]))
      for (const { code, parentId } of versions) if (parentId !== null) expect(codeOf.get(parentId)).toBe(parentCodeOf(code))
    }),
    { numRuns: 300 },
  )
})

function expectOneVersionADay(versions: readonly AreaVersion[]): void {
  const sorted = versions.toSorted((a, b) => (a.code + a.validFrom < b.code + b.validFrom ? -1 : 1))
  sorted.forEach((version, index) => {
    expect(version.validTo === null || version.validTo > version.validFrom).toBe(true)
    const next = sorted[index + 1]
    if (next?.code === version.code) expect(version.validTo !== null && version.validTo <= next.validFrom).toBe(true)
    expect(areaLevels).toContain(version.level)
  })
}
