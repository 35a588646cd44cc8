/** How to ask the endpoints of the cockpit, the briefing, the analysis and targets, for the policy matrix. */
import { newId } from '#kernel/id.ts'
import { localDate } from '#kernel/clock.ts'
import { sql } from '#platform/database/database.ts'
import { door, get, itemsOf, post, type Ground, type Maker } from './testing-makers.ts'
import type { Asker, Cell, Place } from './testing-policy.ts'

type Row = Place & { id: string; number: string }

/** Calls of the period that the asker's own list shows. */
async function reported(ground: Ground, asker: Asker, ...rights: string[]): Promise<Row[]> {
  return countable(ground, asker, 'case.read', ...rights)
}

/** Calls that the asker's board counts, opened or not. */
async function countable(ground: Ground, asker: Asker, ...rights: string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`select id, number, district_code, area_code, organisation_ids from cases.case`.execute(ground.world.database.kysely)
  return rows.filter((row) => rights.every((right) => ground.holds(asker, right, row)))
}

const numbersIn = (body: unknown): string[] => [...String(body).matchAll(/^(\d{6}-\d{8}-\d{5}),/gm)].map((line) => line[1] ?? '')
const counted = (n: number): string[] => [`${n} cases`]

const listed: Maker = async (ground, asker) => {
  const expected = (await reported(ground, asker)).map(({ id }) => id)
  return [
    { about: 'all', request: get('/api/tallies/reported/cases?limit=200'), outcome: 'in', shows: { found: itemsOf('id'), expected, most: 200 } },
  ]
}

const filed: Maker = async (ground, asker) => {
  const expected = (await reported(ground, asker, 'case.export')).map(({ number }) => number)
  return [{ about: 'all', request: get('/api/tallies/reported/file'), outcome: 'in', shows: { found: numbersIn, expected } }]
}

const turned: Maker = async (ground, asker) => {
  const found = (body: unknown): string[] => counted((body as { total: { numerator: number } }).total.numerator)
  const expected = counted((await reported(ground, asker)).length)
  return [{ about: 'all', request: get('/api/insight?measure=reported&rows=area&columns=matter'), outcome: 'in', shows: { found, expected } }]
}

const board: Maker = async (ground, asker) => {
  const found = (body: unknown): string[] => {
    const { areas, unplaced } = body as { areas: { reported: number }[]; unplaced: { reported: number } }
    return counted(areas.reduce((sum, area) => sum + area.reported, unplaced.reported))
  }
  const expected = counted((await countable(ground, asker, 'case.count')).length)
  return [{ about: 'the workload', request: get('/api/cockpit?areaCode=9901'), outcome: 'in', shows: { found, expected } }]
}

const daily: Maker = async (ground, asker) => {
  const found = (body: unknown): string[] =>
    counted((body as { tallies: { key: string; count: number }[] }).tallies.find(({ key }) => key === 'reported')?.count ?? -1)
  const { rows } = await sql<{ id: string; reportedAt: string }>`select id, reported_at from cases.case`.execute(ground.world.database.kysely)
  const day = localDate(ground.clock.now(), 'Asia/Shanghai')
  const today = new Set(
    rows.filter(({ reportedAt }) => localDate(reportedAt as Parameters<typeof localDate>[0], 'Asia/Shanghai') === day).map(({ id }) => id),
  )
  const expected = counted((await countable(ground, asker, 'case.count')).filter(({ id }) => today.has(id)).length)
  return [{ about: 'today', request: get('/api/briefing'), outcome: 'in', shows: { found, expected } }]
}

/** A target belongs to an area; only whoever decides there sets it. */
const aimed: Maker = (ground, asker) =>
  ['990101', '990101001', '990102', '9901'].map((areaCode): Cell => {
    const place = { districtCode: areaCode.slice(0, 6), areaCode, organisationIds: [] }
    const target = { measure: 'satisfied', areaCode, effectiveFrom: localDate(ground.clock.now(), 'Asia/Shanghai'), value: 0.9 }
    return {
      about: areaCode,
      request: post('/api/targets', { commandId: newId(), ...target }),
      outcome: ground.holds(asker, 'target.edit', place) ? 'in' : '403',
    }
  })

export const screenMakers: Readonly<Record<string, Maker>> = {
  readCockpit: board,
  readTrends: door(() => get('/api/cockpit/trends?days=2')),
  listTallyCases: listed,
  exportTallyCases: filed,
  exportFigureCases: door(() => get('/api/figures/respond_ontime/file')),
  readBriefing: daily,
  readPivot: turned,
  exportPivot: door(() => get('/api/insight/file')),
  listTargets: door(() => get('/api/targets')),
  saveTarget: aimed,
}
