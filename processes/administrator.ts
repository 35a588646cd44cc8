import { randomBytes } from 'node:crypto'
import { ensureAdministrator } from '#contexts/people/index.ts'
import { systemActor } from '#kernel/actor.ts'
import { systemClock } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { openDatabase } from '#platform/database/database.ts'
import type { SignIn } from './start.ts'
import { subscribersOf } from './subscriptions.ts'

/**
 * The first start on real data: makes one system administrator with a random password, shown this once, that must be changed before
 * anything else works. Tells nothing when there is an account already.
 */
export async function firstAdministrator(databaseUrl: string): Promise<readonly SignIn[]> {
  const database = openDatabase(databaseUrl, { max: 1 })
  try {
    // Letters of both kinds, digits and a mark, so that it passes the password rule whatever the random part is.
    const password = `Hy-${randomBytes(9).toString('base64url')}-7`
    const doing = { database, clock: systemClock, actor: systemActor('start'), commandId: newId(), requestId: 'start', subscribersOf }
    const made = await ensureAdministrator(doing, { login: 'admin', password })
    return made ? [{ role: { zh: '系统管理员（首次登录须改密码）', en: 'System administrator (must change it)' }, name: 'admin', password }] : []
  } finally {
    await database.close()
  }
}
