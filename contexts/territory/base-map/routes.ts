import type { FastifyInstance } from 'fastify'
import { inTransaction, type Database, type Tx } from '#platform/database/database.ts'
import { doing } from '#platform/http/doing.ts'
import { serve } from '#platform/http/serve.ts'
import { setBaseMap } from './commands.ts'
import * as contract from './contract.ts'
import { findBaseMap, type BaseMapTables } from './store.ts'

/** Mounts the setting of the base map; `changed` is waited for, so that the next page may already fetch from the new host. */
export function baseMapRoutes(
  app: FastifyInstance,
  deps: { readonly database: Database; readonly zone: string; readonly changed: () => Promise<void> },
): void {
  serve(app, contract.showBaseMap, async () => ({ baseMap: await inTransaction(deps.database, (tx: Tx<BaseMapTables>) => findBaseMap(tx)) }))
  serve(app, contract.setBaseMap, async ({ body }, request) => {
    const answer = await setBaseMap(doing(request), deps.zone, body.baseMap)
    await deps.changed()
    return answer
  })
}
