import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts'

/** Sign-in rules. GB/T 22239-2019, level 3, 8.1.4.1 身份鉴别 asks for each of them and leaves the numbers to the operator. */
export const signInSettings = {
  /** Item b: failures are limited. The fifth one locks the account. */
  failuresToLock: 5,
  lockMs: 15 * MINUTE_MS,
  /** Item b: the session ends by itself when nobody uses it. */
  idleMs: 30 * MINUTE_MS,
  /** One working shift with its hand-over; then sign in again. */
  sessionMs: 12 * HOUR_MS,
  /** Writing each look would cost one update per request; a minute's coarseness shortens the idle time by as much. */
  touchEveryMs: MINUTE_MS,
  /** Item a: complexity. */
  passwordMinLength: 10,
  passwordMaxLength: 128,
  passwordKinds: 3,
  /** Item a: regular change. Sample accounts are exempt: their passwords are printed. */
  passwordMaxAgeMs: 90 * DAY_MS,
  /** Guesses at one login from one address, before the lock of the account says no to everybody. */
  attemptsPerWindow: 20,
  attemptWindowMs: 5 * MINUTE_MS,
  /** The city's calendar, by which posts begin and end. */
  timeZone: 'Asia/Shanghai',
} as const
