import { dueAt, loadCalendar, loadCatalogue } from '#contexts/catalogue/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { addMs, parseInstant, systemClock, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { inTransaction } from '#platform/database/database.ts'
import { cpuOfThisProcess, figuresOf, type Figures, type Round } from './figures.ts'
import { using } from './ground.ts'

// Fifteen working days over the Spring Festival of 2026: the longest walk through the shipped calendars.
const start = parseInstant('2026-02-13T17:00:00+08:00')
const limit = { value: 15, unit: 'work_day' } as const

/** Due moments a second of a limit in working days, in this process, by the calendar as the database holds it. No floor: nothing else knows the calendar. */
export async function measureClocks(url: string, { rounds, seconds }: { rounds: number; seconds: number }): Promise<Figures> {
  const { calendar } = await using(url, async (database) => {
    await loadCalendar({ database, clock: systemClock, actor: systemActor('bench'), commandId: newId(), requestId: 'bench', subscribersOf: () => [] })
    return inTransaction(database, (tx) => loadCatalogue(tx, '2026-03-02' as LocalDate))
  })
  const spin = (span: number): number => {
    const until = performance.now() + span * 1000
    let done = 0
    while (performance.now() < until) for (let i = 0; i < 100; i += 1) dueAt(addMs(start, (done++ % 10_000) * 1000), limit, calendar)
    return done
  }
  spin(seconds / 4)
  return figuresOf(
    Array.from({ length: rounds }, (): Round => {
      const before = cpuOfThisProcess()
      const items = spin(seconds)
      return { items, seconds, cpu: cpuOfThisProcess() - before, times: [], floor: null }
    }),
  )
}
