import { createHmac } from 'node:crypto'
import { msOf, type Instant } from '#kernel/clock.ts'

/** Time-based one-time codes (RFC 6238 over RFC 4226), with what every authenticator app knows: SHA-1, six digits, 30 seconds. */
const STEP_MS = 30_000
const DIGITS = 6
/** A code of the step before or after is taken too, for clocks that are a little off (RFC 6238, 5.2). */
const DRIFT = 1

/** Number of the 30-second step since 1970. */
export function stepAt(now: Instant): number {
  return Math.floor(msOf(now) / STEP_MS)
}

/** The code of a step. */
export function codeOfStep(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** The step whose code this is, now or within the drift; undefined when it is none of them. */
export function stepOfCode(secret: Uint8Array, code: string, now: Instant): number | undefined {
  const here = stepAt(now)
  const steps = Array.from({ length: 2 * DRIFT + 1 }, (_, index) => here - DRIFT + index)
  return steps.find((step) => codeOfStep(secret, step) === code)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base 32 (RFC 4648) without padding, as authenticator apps read it. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What an authenticator app opens: the secret with the name it is kept under. */
export function otpauthAddress({ issuer, login, secret }: { issuer: string; login: string; secret: Uint8Array }): string {
  const [name, from] = [encodeURIComponent(login), encodeURIComponent(issuer)]
  return `otpauth://totp/${from}:${name}?secret=${base32(secret)}&issuer=${from}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_MS / 1000}`
}
