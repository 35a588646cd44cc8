import { countCases, requestCounts } from '#contexts/cases/index.ts'
import type { Actor } from '#kernel/actor.ts'
import { addDays, localDate, type LocalDate } from '#kernel/clock.ts'
import { inTransaction } from '#platform/database/database.ts'
import type { z } from 'zod'
import { loadsOf } from '../cockpit/questions.ts'
import type { FigureServices } from '../questions.ts'
import { byCounting } from '../reach.ts'
import { areaOf, tallyFilter } from '../sight.ts'
import { namesOf } from '../tallying/questions.ts'
import { countTally, pivotTally, type TallyFilter, type TallyTx } from '../tallying/store.ts'
import { tallies, tallyKeys } from '../tallying/tallies.ts'
import type { readBriefing } from './contract.ts'

type Briefing = z.infer<typeof readBriefing.reply>
const TOPICS = 8

/** One day in numbers. What stands now is told of today only: of another day its list is gone, and a number without its cases is not shown. */
export async function briefingOf(
  services: FigureServices,
  actor: Actor,
  asked: { date?: string | undefined; areaCode?: string | undefined },
): Promise<Briefing> {
  const rules = services.rules()
  const now = services.clock.now()
  const today = localDate(now, services.zone)
  const date = (asked.date as LocalDate | undefined) ?? today
  const { areaCode } = asked
  const { period: _day, ...filter } = tallyFilter(services, actor, { from: date, to: date, areaCode }, byCounting)
  const eve = addDays(date, -1)
  const { period: _eve, ...before } = tallyFilter(services, actor, { from: eve, to: eve, areaCode }, byCounting)
  const [counted, topics, loads, standing] = await Promise.all([
    inTransaction(services.database, async (tx: TallyTx) => {
      const found: Briefing['tallies'] = []
      for (const key of tallyKeys) {
        const { count } = await countTally(tx, key, filter)
        found.push({ key, ...tallies[key], count, before: (await countTally(tx, key, before)).count })
      }
      return found
    }),
    topicsOf(services, filter, before),
    loadsOf(services, actor, { from: date, to: date, areaCode }),
    date === today ? standingOf(services, actor, areaCode) : { stock: null, decisions: null },
  ])
  const reader = actor.kind === 'person' ? actor.name : ''
  const area = rules.territory.area(areaOf(actor, areaCode))?.name ?? null
  return { now, date, today, area, sample: rules.sample, reader, tallies: counted, topics, ...loads, ...standing }
}

async function topicsOf(services: FigureServices, filter: TallyFilter, before: TallyFilter): Promise<Briefing['topics']> {
  const by = { by: 'matter', digits: 0, zone: services.zone } as const
  const [day, eve] = await inTransaction(services.database, async (tx: TallyTx) => [
    await pivotTally(tx, 'reported', filter, { by, across: null }),
    await pivotTally(tx, 'reported', before, { by, across: null }),
  ])
  const most = (day ?? []).toSorted((one, other) => other.count - one.count).slice(0, TOPICS)
  const counts = new Map((eve ?? []).map(({ row, count }) => [row, count]))
  const names = await namesOf(
    services,
    filter,
    most.map(({ row }) => row),
  )
  return most.map(({ row, count }) => ({ matter: names.get(row) ?? null, count, before: counts.get(row) ?? 0 }))
}

async function standingOf(services: FigureServices, actor: Actor, areaCode: string | undefined): Promise<Pick<Briefing, 'stock' | 'decisions'>> {
  const { policy } = services.rules()
  const views = await countCases(services, actor, areaCode, ['open', 'overdue', 'reopened', 'triage', 'check'], byCounting.cases)
  const mayDecide = ['request.review', 'request.approve', 'case.adjudicate'].some((right) => policy.may(actor, right))
  const requests = mayDecide ? (await requestCounts(services, actor)).waiting : 0
  const waiting = [
    { key: 'requests', count: requests },
    { key: 'reopened', count: views.reopened },
    { key: 'triage', count: views.triage },
    { key: 'check', count: views.check },
    { key: 'overdue', count: views.overdue },
  ] as const
  return { stock: { open: views.open, overdue: views.overdue }, decisions: waiting.filter(({ count }) => count > 0) }
}
