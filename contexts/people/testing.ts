import type { Actor, Post } from '#kernel/actor.ts'
import { publicActor } from '#kernel/actor.ts'
import type { Clock, Instant, LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { Database } from '#platform/database/database.ts'
import type { Doing } from '#platform/event.ts'
import { createSecrets } from '#platform/secret.ts'
import { codeOfStep, stepAt } from './second-factor/totp.ts'
import type { StaffFileText } from './staff-file.ts'

/** A post in force since 2025, for tests of any context. */
export function aPost(parts: Partial<Post> & Pick<Post, 'role'>): Post {
  return { id: newId(), organisationId: newId(), areaCode: '990101', validFrom: '2025-01-01' as LocalDate, validTo: null, ...parts }
}

/** A signed-in person with these posts. */
export function aPerson(...posts: Post[]): Actor {
  return { kind: 'person', personId: newId(), name: '测试人员', posts }
}

/** What a command is given, as `actor` and with a command id of its own. */
export function doingAs(database: Database, clock: Clock, actor: Actor = publicActor): Doing {
  return { database, clock, actor, commandId: newId(), requestId: newId(), subscribersOf: () => [] }
}

export const testPassword = 'Bridge-2026-river'
export const testSecrets = createSecrets(new Uint8Array(32).fill(7))

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows for a secret in base 32. */
export function appCode(secret: string, now: Instant): string {
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Uint8Array.from({ length: bits.length >> 3 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2))
  return codeOfStep(bytes, stepAt(now))
}

/** One district with a department, a street, a community and a person per role; login and staff number are the role's code. */
export function aStaff(): StaffFileText {
  const validFrom = '2025-01-01'
  const organisation = (
    code: string,
    kind: 'command_centre' | 'department' | 'street_office' | 'community',
    areaCode: string,
    functionCode: string | null = null,
  ) =>
    ({
      code,
      name: { zh: `单位${code}`, en: `Unit ${code}` },
      kind,
      lineOrBlock: functionCode === null ? 'block' : 'line',
      functionCode,
      areaCode,
      validFrom,
    }) as const
  const seats: readonly (readonly [role: string, organisation: string, areaCode: string])[] = [
    ['grid_worker', 'community', '990101001001001'],
    ['handler', 'urban', '990101'],
    ['inspector', 'centre', '990101001'],
    ['dispatcher', 'centre', '990101'],
    ['supervisor', 'centre', '990101'],
    ['leader', 'street', '990101001'],
    ['system_admin', 'centre', ''],
    ['security_admin', 'centre', ''],
    ['audit_admin', 'centre', ''],
  ]
  return {
    organisations: [
      organisation('centre', 'command_centre', '990101'),
      organisation('urban', 'department', '990101', 'urban_management'),
      { ...organisation('street', 'street_office', '990101001'), parent: 'centre' },
      { ...organisation('community', 'community', '990101001001'), parent: 'street' },
    ],
    persons: seats.map(([role]) => ({ code: role, name: `示例${role}`, sample: true })),
    accounts: seats.map(([role]) => ({ person: role, login: role, password: testPassword, mustChangePassword: false })),
    posts: seats.map(([role, own, areaCode]) => ({ person: role, organisation: own, role, areaCode, validFrom })),
  }
}
