// What the cockpit, the wall, the briefing, the analysis and the figures cost over a year of cases, as their reader asks for them over HTTP.
import { addDays, localDate, systemClock } from '#kernel/clock.ts'
import type { Figures } from './figures.ts'
import { using } from './ground.ts'
import { asked, cookieOf, repeated, timed, type Stage } from './stage.ts'

const month = (): string => {
  const to = localDate(systemClock.now(), 'Asia/Shanghai')
  return `from=${addDays(to, -29)}&to=${to}`
}

const addresses = {
  figures: () => `/api/figures?${month()}`,
  figureList: () => `/api/figures/dispose_ontime/cases?${month()}&part=rest&limit=50`,
  cockpit: () => `/api/cockpit?${month()}`,
  trends: () => '/api/cockpit/trends?days=14',
  briefing: () => '/api/briefing',
  pivot: () => `/api/insight?measure=dispose_ontime&rows=unit&columns=week&${month()}`,
  tallyList: () => `/api/tallies/handled/cases?${month()}&limit=50`,
} as const
export type FigureWork = keyof typeof addresses

/**
 * Each answer as the supervisor of the district with all the cases gets it. Floor: the clocks of handling of that month counted by one statement that
 * knows neither cases nor readers, the least that a share of the month must read.
 */
export async function measureFigures(stage: Stage): Promise<Record<FigureWork, Figures>> {
  const cookie = await cookieOf(stage, 'supervisor1')
  const floors = await using(stage.url, ({ pool }) => repeated(stage.rounds * 3, () => pool.query(floorSql)))
  const found: Partial<Record<FigureWork, Figures>> = {}
  for (const [name, address] of Object.entries(addresses)) {
    found[name as FigureWork] = timed(await repeated(stage.rounds * 4, () => asked(stage.origin + address(), cookie)), floors)
  }
  return found as Record<FigureWork, Figures>
}

const floorSql = `select count(*) filter (where met_at <= due_at) from assignments.milestone
  where district_code = '990101' and least(due_at, met_at) between now() - interval '30 days' and now() and kind = 'dispose' and leads and due_at is not null`
