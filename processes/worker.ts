import { sweepDistrict } from '#contexts/assignments/index.ts'
import { DISPATCH_BY_RULE, dispatchByRule, reportDrafts, resumeSuspended, type WorkTx } from '#contexts/cases/index.ts'
import { sequence } from '#platform/log.ts'
import { startLoop } from '#platform/loop.ts'
import { runOutbox } from '#platform/outbox.ts'
import { seal } from '#platform/seal.ts'
import type { World } from './compose.ts'

/** One turn of dispatching by rule, over all districts. Returns the number of calls looked at. */
export function dispatchTurn(world: World): Promise<number> {
  const { database, clock, logger, districts, cases } = world
  return runOutbox({
    database,
    clock,
    logger,
    districts,
    subscriber: DISPATCH_BY_RULE,
    handle: (tx, rows) => (rows[0] ? dispatchByRule(tx as unknown as WorkTx, cases, rows[0].districtCode, rows) : Promise.resolve()),
  })
}

/** One turn of the clocks, over all districts: suspensions that are over, then the ladder. Returns how much was acted on. */
export async function sweepTurn(world: World): Promise<number> {
  let acted = 0
  for (const district of await world.districts()) acted += (await resumeSuspended(world.cases, district)) + (await sweepDistrict(world, district))
  return acted
}

/** Starts the background work of a process: dispatch, clocks, numbering, seals, rules. Stops cleanly, each turn finished. */
export function startWorker(world: World): { stop(): Promise<void> } {
  const { logger } = world
  const loops = [
    startLoop('dispatch', () => dispatchTurn(world), 200, logger),
    startLoop('sweep', () => sweepTurn(world), 1000, logger),
    startLoop('drafts', () => reportDrafts(world.cases).sweep(), 60_000, logger),
    startLoop('sequence', () => sequence(world), 200, logger),
    startLoop('seal', () => seal(world), 5000, logger),
    startLoop('rules', () => world.refreshRules().then(() => false), 1000, logger),
  ]
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) }
}
