import type { FastifyInstance } from 'fastify'
import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Database } from '#platform/database/database.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import * as commands from './commands.ts'
import * as contract from './contract.ts'
import { readLadder, readSettings, type DatedLadderStep } from './store.ts'

/** Endpoints of ladders and settings. `roles`: whom an escalation may name. */
export function timingRoutes(
  app: FastifyInstance,
  deps: { readonly database: Database; readonly today: () => LocalDate; readonly roles: () => Promise<readonly { code: string; name: Wording }[]> },
): void {
  serve(app, contract.listTiming, async () => {
    const [ladder, settings] = await inTransaction(deps.database, async (tx) => [await readLadder(tx), await readSettings(tx)] as const)
    return { today: deps.today(), ladders: laddersOf(ladder), settings, roles: (await deps.roles()).map(({ code, name }) => ({ code, name })) }
  })
  serve(app, contract.saveLadder, async ({ body }, request) => {
    const roles = new Set((await deps.roles()).map(({ code }) => code))
    const saved = await commands.saveLadder(doing(request), { ...body, effectiveFrom: body.effectiveFrom as LocalDate }, roles)
    return laddersOf(saved)[0] as contract.LadderView
  })
  serve(app, contract.saveSetting, async ({ body }, request) =>
    commands.saveSetting(doing(request), { ...body, effectiveFrom: body.effectiveFrom as LocalDate }),
  )
}

function laddersOf(steps: readonly DatedLadderStep[]): contract.LadderView[] {
  return [...Map.groupBy(steps, ({ milestone, effectiveFrom }) => `${milestone} ${effectiveFrom}`).values()].flatMap((ladder) => {
    const [first] = ladder
    if (!first) return []
    const inOrder = ladder.toSorted((a, b) => a.ordinal - b.ordinal)
    const shown = inOrder.map(({ percent, minutesAfterDue, act, toRole }) => ({ percent, minutesAfterDue, act, toRole }))
    return [{ clock: first.milestone, effectiveFrom: first.effectiveFrom, steps: shown }]
  })
}
