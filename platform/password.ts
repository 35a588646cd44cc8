import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

/** Cost of a hash: scrypt's N is 2 to the power `ln`. */
export interface PasswordCost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** One of the equivalent settings of OWASP's Password Storage Cheat Sheet: 16 MiB and about 130 ms on the machine it was measured on. */
export const standardCost: PasswordCost = { ln: 14, r: 8, p: 5 }
/** For sign-ins that are printed anyway (demonstration, tests): about 1 ms. */
export const printedCost: PasswordCost = { ln: 10, r: 8, p: 1 }

const KEY_BYTES = 32

/** Hashes a password with a salt of its own. The text carries its parameters: `$scrypt$ln=14,r=8,p=5$salt$hash` (PHC string format). */
export async function hashPassword(password: string, cost: PasswordCost = standardCost): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return `$scrypt$ln=${cost.ln},r=${cost.r},p=${cost.p}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

/** True when the password made this hash. Takes as long for a wrong password as for the right one. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, ln, r, p, salt, key] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(hash) ?? []
  if (!salt || !key) throw new Error('not a password hash of ours')
  const expected = Buffer.from(key, 'base64url')
  return timingSafeEqual(expected, await derive(password, Buffer.from(salt, 'base64url'), { ln: Number(ln), r: Number(r), p: Number(p) }))
}

/** 256 random bits for a cookie. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a token, so that a copy of the table signs nobody in. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function derive(password: string, salt: Buffer, { ln, r, p }: PasswordCost): Promise<Buffer> {
  // Node's own ceiling of 32 MiB is below what larger costs need.
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 256 * r * 2 ** ln }
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** A hash that no password has. Verifying against it keeps an unknown login as slow as a known one. */
export const standInHash = `$scrypt$ln=${standardCost.ln},r=${standardCost.r},p=${standardCost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`
