import { localDate, type LocalDate } from '#kernel/clock.ts'
import { districtOf } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { answerOnce } from '#platform/receipt.ts'
import type { AreaDraft } from '../area-draft.ts'
import { planImport, type AreaVersion } from '../area-history.ts'
import { retireIn, tellImported, writePlan } from '../commands.ts'
import { boxRound, readGeometry, type Geometry } from '../geometry.ts'
import { refuse } from '../refusals.ts'
import * as store from '../store.ts'
import type { GridDraft, GridFault, Redrawing } from './contract.ts'
import { faultInWords } from './fault-words.ts'
import { groundFaults } from './ground-check.ts'

type TerritoryTx = Tx<store.TerritoryTables>

/** What new borders would spoil; changes nothing. */
export async function checkGrids(doing: Pick<Doing, 'database' | 'clock'>, zone: string, change: Redrawing): Promise<{ faults: GridFault[] }> {
  return inTransaction<store.TerritoryTables, { faults: GridFault[] }>(doing.database, async (tx) => {
    const { faults } = await readChange(tx, change, localDate(doing.clock.now(), zone))
    return { faults }
  })
}

/**
 * Draws, splits, merges and ends grids from a day on: what holds until the day before is closed and followed, an ended grid names its successor.
 * Refused with the place of the largest fault. One transaction with its events.
 */
export async function redrawGrids(doing: Doing, zone: string, change: Redrawing): Promise<{ codes: string[]; ended: string[] }> {
  const district = districtOf(change.communityCode)
  if (!district) throw refuse.unknownArea({ code: change.communityCode, on: change.validFrom }, 'communityCode')
  return answerOnce(doing, district, 'redrawGrids', async (tx: TerritoryTx) => {
    await store.lockAreas(tx)
    const read = await readChange(tx, change, localDate(doing.clock.now(), zone))
    const [fault] = read.faults
    if (fault) throw refuse.gridsSpoilt({ text: fault.text.zh, textEn: fault.text.en }, 'grids')
    const codes = await codesFor(tx, change)
    const drafts = change.grids.map((grid, index) => draftOf(grid, codes[index] ?? '', index, read.geometries[index]))
    const known = await store.versionsFrom(tx, read.day, [change.communityCode, ...codes], [])
    const plan = planImport(drafts, known, read.day, newId)
    const [rejected] = plan.rejected
    if (rejected) throw rejected.refusal
    if (plan.accepted.length + plan.updated.length + change.ended.length === 0) throw refuse.nothingDrawn()
    if (plan.accepted.length + plan.updated.length > 0) {
      await writePlan(tx, doing, plan)
      await tellImported(tx, doing, plan, read.day)
    }
    const ended = change.ended.map(({ code, successor }) => ({ code, successorCode: codes[successor] ?? '' }))
    if (ended.length > 0) await retireIn(tx, doing, ended, read.day)
    return { codes, ended: ended.map(({ code }) => code) }
  })
}

interface Read {
  readonly day: LocalDate
  readonly geometries: readonly Geometry[]
  readonly faults: GridFault[]
}

/** Checks what a change says against the grids that hold on its day. */
async function readChange(tx: TerritoryTx, change: Redrawing, today: LocalDate): Promise<Read> {
  const day = change.validFrom as LocalDate
  if (day < today) throw refuse.dayPassed({ day }, 'validFrom')
  const [community] = (await store.versionsOfCodes(tx, day, [change.communityCode])).filter(({ level }) => level === 'community')
  if (!community) throw refuse.unknownArea({ code: change.communityCode, on: day }, 'communityCode')
  const service = { level: 'grid', gridKind: 'service' } as const
  const present = await store.borderedBelow(tx, day, service, [change.communityCode])
  refuseStrangers(change, present)
  const geometries = change.grids.map(({ ring }) => {
    const geometry = readGeometry({ type: 'Polygon', coordinates: [ring] }, 'CGCS2000')
    if (typeof geometry === 'string') throw refuse[geometry]({}, 'grids')
    return geometry
  })
  const near = await store.borderedIn(tx, day, {
    ...service,
    box: boxRound([...geometries, ...present.flatMap(({ geometry }) => geometry ?? [])]),
    within: '',
  })
  return { day, geometries, faults: faultsOf(change, { community, present, near, geometries }) }
}

function refuseStrangers({ grids, ended, communityCode }: Redrawing, present: readonly AreaVersion[]): void {
  const known = new Set(present.map(({ code }) => code))
  const seen = new Set<string>()
  for (const code of [...grids.flatMap((grid) => grid.code ?? []), ...ended.map((one) => one.code)]) {
    if (!known.has(code)) throw refuse.gridNotHere({ code, community: communityCode }, 'grids')
    if (seen.has(code)) throw refuse.gridTwice({ code }, 'grids')
    seen.add(code)
  }
  const orphan = ended.find(({ successor }) => successor >= grids.length)
  if (orphan) throw refuse.successorMissing({ code: orphan.code }, 'ended')
}

interface Found {
  readonly community: AreaVersion
  readonly present: readonly AreaVersion[]
  readonly near: readonly AreaVersion[]
  readonly geometries: readonly Geometry[]
}

function faultsOf({ grids, ended, communityCode }: Redrawing, { community, present, near, geometries }: Found): GridFault[] {
  const bordered = (some: readonly AreaVersion[]) => some.flatMap(({ code, geometry }) => (geometry ? [{ code, geometry }] : []))
  const touched = new Set([...grids.flatMap(({ code }) => code ?? []), ...ended.map(({ code }) => code)])
  const drawn = geometries.map((geometry, index) => ({ code: grids[index]?.code ?? `new ${index + 1}`, geometry }))
  const names = new Map<string, Wording>([...present, ...near].map(({ code, name }) => [code, name]))
  grids.forEach(({ code, name }, index) => names.set(code ?? `new ${index + 1}`, name))
  const faults = groundFaults({
    before: bordered(present),
    after: [...bordered(present.filter(({ code }) => !touched.has(code))), ...drawn],
    parent: community.geometry,
    neighbours: bordered(near.filter(({ code }) => !code.startsWith(communityCode))),
  })
  return faults.map((fault) => faultInWords(fault, (code) => names.get(code) ?? { zh: code }))
}

/** Codes of the change: a new grid gets the number after the greatest that its community ever gave. */
async function codesFor(tx: TerritoryTx, { communityCode, grids }: Redrawing): Promise<string[]> {
  const used = await store.codesEverUsed(tx, 'grid', 'service', [communityCode])
  let last = used.reduce((most, code) => Math.max(most, Number(code.slice(12))), 0)
  return grids.map(({ code }) => {
    if (code !== null) return code
    last += 1
    if (last > 999) throw refuse.numbersUsedUp({ parent: communityCode }, 'grids')
    return `${communityCode}${String(last).padStart(3, '0')}`
  })
}

function draftOf({ name }: GridDraft, code: string, index: number, geometry: Geometry | undefined): AreaDraft {
  const border = geometry ? { border: { geometry, datum: 'CGCS2000' as const } } : {}
  return {
    line: index + 1,
    code,
    level: 'grid',
    gridKind: 'service',
    name: name.en === undefined ? { zh: name.zh } : { zh: name.zh, en: name.en },
    ...border,
  }
}
