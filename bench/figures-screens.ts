// `node bench/figures-screens.ts [cases] [work…]`: what the cockpit, the briefing, the analysis and the figures cost over a million cases of a year.
import { availableParallelism, loadavg } from 'node:os'
import { cockpitOf, pivotOf, briefingOf, figuresOf, trendsOf, tallyCases } from '#contexts/assessment/index.ts'
import { addDays, instantAt, localDate, systemClock } from '#kernel/clock.ts'
import type { Actor } from '#kernel/actor.ts'
import { createLogger } from '#platform/logger.ts'
import { runSql } from '#platform/database/sql-client.ts'
import { compose } from '#processes/compose.ts'
import { heading, line, figuresOf as summary } from './figures.ts'
import { openGround, using } from './ground.ts'

const cases = Number(process.argv[2] ?? 1_000_000)
const ROUNDS = 3
/** Only these, where some are named. */
const only = process.argv.slice(3)
const zone = 'Asia/Shanghai'
const now = systemClock.now()

/** A year of cases with the rows that figures read, laid by SQL: 95 in a hundred are closed, one in ten late, four in ten rated, one in fifty merged. */
async function layCases(url: string): Promise<void> {
  const year = instantAt(addDays(localDate(now, zone), -365), 0, zone)
  const [unit] = await runSql(url, "select id from people.organisation where area_code like '990101%' order by kind limit 1")
  const organisation = String(unit?.['id'])
  await runSql(
    url,
    `create temporary table made as
      select gen_random_uuid() as id, gen_random_uuid() as assignment_id, n, case when n % 2 = 0 then '990101' else '990102' end as district_code,
        '${year}'::timestamptz + (n::float8 / ${cases}) * interval '365 days' as reported_at, 2 + (n % 90 * 7 % 90) as hours, n % 10 = 3 as late, n % 50 = 7 as merged
      from generate_series(1, ${cases}) n;
    alter table made add column ended boolean;
    update made set ended = not (n > ${cases} * 0.96 and n % 4 <> 0);
    insert into cases.case (district_code, id, number, version, status, channel, text, matter_name, area_code, lead_organisation_id, assignment_id, respond_due_at,
        dispose_due_at, clock_due_at, steps, organisation_ids, rating, reported_at, closed_at, sample, merged_into)
      select district_code, id, district_code || '-' || n, 8, case when merged then 'merged' when ended then 'closed' else 'dispatched' end, 'resident', '示例',
        jsonb_build_object('zh', '事项' || n % 120), district_code || '001001001', '${organisation}', assignment_id, reported_at + interval '2 hours',
        reported_at + interval '72 hours', case when ended or merged then null else reported_at + interval '72 hours' end,
        array['collect', 'file', 'dispatch', 'handle', 'feedback', 'check', 'evaluate'], array['${organisation}']::uuid[], case when ended and n % 5 < 2 then 2 + n % 4 end,
        reported_at, case when ended and not merged then reported_at + (hours + case when late then 72 else 0 end) * interval '1 hour' end, true, case when merged then id end from made;
    insert into assignments.assignment (district_code, id, subject_kind, subject_id, purpose, organisation_id, area_code, state, version, why, opened_at, ended_at)
      select district_code, assignment_id, 'case', id, 'handle', '${organisation}', district_code || '001001001', case when ended then 'done' else 'open' end, 1,
        '{"rule": "matter"}', reported_at, case when ended then reported_at + hours * interval '1 hour' end from made;
    insert into assignments.milestone (district_code, id, assignment_id, subject_id, kind, starts_at, due_at, met_at)
      select district_code, gen_random_uuid(), assignment_id, id, kind, reported_at, reported_at + case when kind = 'respond' then interval '2 hours' else interval '72 hours' end,
        case when ended then reported_at + case when kind = 'respond' then interval '1 hour' else (hours + case when late then 72 else 0 end) * interval '1 hour' end end
      from made cross join (values ('respond'), ('dispose')) k (kind);
    insert into platform.event (district_code, id, type, version, subject_kind, subject_id, subject_version, actor_kind, from_state, to_state, happened_at, recorded_at, command_id, request_id)
      select district_code, gen_random_uuid(), e.type, 1, 'case', id, e.n, 'system', e.was, e.came, reported_at + e.after * hours * interval '1 hour',
        reported_at + e.after * hours * interval '1 hour', gen_random_uuid(), 'bench'
      from made cross join (values (1, 'case.reported', null, 'reported', 0.0), (2, 'case.filed', 'reported', 'filed', 0.01), (3, 'case.dispatched', 'filed', 'dispatched', 0.02),
        (4, 'case.contacted', 'dispatched', 'contacted', 0.1), (5, 'case.handled', 'contacted', 'handled', 0.9), (6, 'case.closed', 'handled', 'closed', 1.0),
        (7, 'case.rated', 'closed', 'closed', 1.1)) e (n, type, was, came, after)
      where e.n <= 3 or (ended and (e.n < 7 or made.n % 5 < 2));
    analyze;`,
  )
}

const ground = await openGround()
process.once('SIGINT', () => void ground.close().finally(() => process.exit(130)))
try {
  const url = await ground.city('screens')
  const begun = performance.now()
  await layCases(url)
  await runSql(url, 'vacuum analyze')
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, ${cases} cases laid in ${((performance.now() - begun) / 1000).toFixed(0)} s\n\n${heading}`,
  )
  await using(url, async (database) => {
    const world = await compose({ database, clock: systemClock, logger: createLogger({ level: 'warn' }), key: new Uint8Array(32).fill(7) })
    const post = [...world.rules().directory.posts.values()].find(({ role }) => role === 'supervisor')
    if (!post) throw new Error('Nobody supervises.')
    const actor: Actor = { kind: 'person', personId: post.personId, name: post.personName, posts: [post] }
    const month = { from: addDays(localDate(now, zone), -29), to: localDate(now, zone) }
    const asks: Record<string, () => Promise<unknown>> = {
      figures: () => figuresOf(world.figures, actor, month),
      figuresOfDay: () => figuresOf(world.figures, actor, { from: month.to, to: month.to }),
      cockpit: () => cockpitOf(world.figures, actor, month),
      trends: () => trendsOf(world.figures, actor, { days: 14 }),
      briefing: () => briefingOf(world.figures, actor, {}),
      pivotMatterWeek: () => pivotOf(world.figures, actor, { measure: 'reported', rows: 'matter', columns: 'week', ...month }),
      pivotShareUnit: () => pivotOf(world.figures, actor, { measure: 'dispose_ontime', rows: 'unit', columns: 'none', ...month }),
      tallyList: () => tallyCases(world.figures, actor, 'handled', { ...month, limit: 50 }),
    }
    for (const [name, ask] of Object.entries(asks)) {
      if (only.length > 0 && !only.includes(name)) continue
      await ask()
      const times: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const start = performance.now()
        await ask()
        times.push(performance.now() - start)
      }
      const seconds = times.reduce((sum, time) => sum + time, 0) / 1000
      console.log(line(name, summary([{ items: ROUNDS, seconds, times, cpu: 0, floor: null }])))
    }
  })
} finally {
  await ground.close()
}
