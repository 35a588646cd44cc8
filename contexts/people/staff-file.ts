import { z } from 'zod'
import { isCreditCode } from './identity-codes.ts'
import { organisationKinds } from './lifecycle.ts'

const Key = z.string().min(1).max(64)
const AreaCode = z.string().regex(/^\d{0,15}$/)
const Day = z.iso.date()

/** Who works here, as one JSON document. Rows refer to each other by keys that stay the same from file to file. */
export const StaffFile = z.strictObject({
  organisations: z.array(
    z.strictObject({
      code: Key,
      name: z.strictObject({ zh: z.string().min(1).max(100), en: z.string().min(1).max(200).optional() }),
      kind: z.enum(organisationKinds),
      lineOrBlock: z.enum(['line', 'block']),
      functionCode: Key.nullable().default(null).describe('What a line does, such as urban_management; null for a block'),
      creditCode: z.string().nullable().default(null).describe('统一社会信用代码 of GB 32100, where it has one'),
      areaCode: AreaCode.describe('The area it serves'),
      parent: Key.nullable().default(null).describe('Code of the organisation above'),
      validFrom: Day,
      validTo: Day.nullable().default(null).describe('First day on which it no longer exists'),
    }),
  ),
  persons: z.array(
    z.strictObject({ code: Key.describe('工号, staff number'), name: z.string().min(1).max(100), sample: z.boolean().default(false) }),
  ),
  accounts: z.array(
    z.strictObject({
      person: Key,
      login: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/),
      password: z.string().min(1).max(128),
      mustChangePassword: z.boolean().default(true),
    }),
  ),
  posts: z.array(
    z.strictObject({ person: Key, organisation: Key, role: Key, areaCode: AreaCode, validFrom: Day, validTo: Day.nullable().default(null) }),
  ),
})
/** A file as it is written: defaults may be left out. */
export type StaffFileText = z.input<typeof StaffFile>
export type StaffFile = z.output<typeof StaffFile>

/** Keys that the database already holds. */
export interface KnownStaff {
  readonly roles: ReadonlySet<string>
  readonly organisations: ReadonlySet<string>
  readonly persons: ReadonlySet<string>
  /** Login → code of its person. */
  readonly logins: ReadonlyMap<string, string>
}

export type StaffFaultKind =
  | 'keyTwice'
  | 'keyUnknown'
  | 'loginTaken'
  | 'hasAccount'
  | 'functionMissing'
  | 'creditCodeWrong'
  | 'periodTurned'
  | 'belowItself'

export interface StaffFault {
  readonly kind: StaffFaultKind
  /** Dotted path, `posts.3.role`. */
  readonly where: string
  readonly value: string
}

/** Everything wrong with a file beyond its shape: repeated keys, unknown references, turned periods, circles of parents. */
export function staffFaults(file: StaffFile, known: KnownStaff): StaffFault[] {
  const isOrganisation = isOneOf(file.organisations, known.organisations)
  const isPerson = isOneOf(file.persons, known.persons)
  return [
    ...repeats('organisations', 'code', file.organisations),
    ...repeats('persons', 'code', file.persons),
    ...repeats('accounts', 'login', file.accounts),
    ...repeats('accounts', 'person', file.accounts),
    ...strangers('organisations', 'parent', file.organisations, isOrganisation),
    ...strangers('accounts', 'person', file.accounts, isPerson),
    ...strangers('posts', 'person', file.posts, isPerson),
    ...strangers('posts', 'organisation', file.posts, isOrganisation),
    ...strangers('posts', 'role', file.posts, (role) => known.roles.has(role)),
    ...turned('organisations', file.organisations),
    ...turned('posts', file.posts),
    ...linesWithoutFunction(file),
    ...wrongCreditCodes(file),
    ...takenLogins(file, known),
    ...circles(file),
  ]
}

function isOneOf(rows: readonly { code: string }[], known: ReadonlySet<string>): (key: string) => boolean {
  const own = new Set(rows.map((row) => row.code))
  return (key) => own.has(key) || known.has(key)
}

function repeats<K extends string>(list: string, key: K, rows: readonly Record<K, string>[]): StaffFault[] {
  const seen = new Set<string>()
  return rows.flatMap((row, at) => {
    const value = row[key]
    if (seen.has(value)) return [{ kind: 'keyTwice', where: `${list}.${at}.${key}`, value }]
    seen.add(value)
    return []
  })
}

function strangers<K extends string>(
  list: string,
  key: K,
  rows: readonly Record<K, string | null>[],
  isKnown: (key: string) => boolean,
): StaffFault[] {
  return rows.flatMap((row, at) => {
    const value = row[key]
    return value === null || isKnown(value) ? [] : [{ kind: 'keyUnknown', where: `${list}.${at}.${key}`, value }]
  })
}

function turned(list: string, rows: readonly { validFrom: string; validTo: string | null }[]): StaffFault[] {
  return rows.flatMap(({ validFrom, validTo }, at) =>
    validTo !== null && validTo < validFrom ? [{ kind: 'periodTurned', where: `${list}.${at}.validTo`, value: validTo }] : [],
  )
}

function linesWithoutFunction(file: StaffFile): StaffFault[] {
  return file.organisations.flatMap(({ lineOrBlock, functionCode, code }, at) =>
    lineOrBlock === 'line' && functionCode === null ? [{ kind: 'functionMissing', where: `organisations.${at}.functionCode`, value: code }] : [],
  )
}

function wrongCreditCodes(file: StaffFile): StaffFault[] {
  return file.organisations.flatMap(({ creditCode }, at) =>
    creditCode === null || isCreditCode(creditCode) ? [] : [{ kind: 'creditCodeWrong', where: `organisations.${at}.creditCode`, value: creditCode }],
  )
}

// A login has one person and a person one login.
function takenLogins(file: StaffFile, known: KnownStaff): StaffFault[] {
  const loginOf = new Map([...known.logins].map(([login, person]) => [person, login]))
  return file.accounts.flatMap(({ login, person }, at): StaffFault[] => {
    if ((known.logins.get(login) ?? person) !== person) return [{ kind: 'loginTaken', where: `accounts.${at}.login`, value: login }]
    if ((loginOf.get(person) ?? login) !== login) return [{ kind: 'hasAccount', where: `accounts.${at}.person`, value: person }]
    return []
  })
}

function circles(file: StaffFile): StaffFault[] {
  const parentOf = new Map(file.organisations.map((one) => [one.code, one.parent]))
  return file.organisations.flatMap(({ code }, at) => {
    const passed = new Set<string>()
    for (let above = parentOf.get(code); above != null && !passed.has(above); above = parentOf.get(above)) {
      if (above === code) return [{ kind: 'belowItself', where: `organisations.${at}.parent`, value: code }]
      passed.add(above)
    }
    return []
  })
}
