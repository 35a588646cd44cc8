import type { Refusal } from '#kernel/refusal.ts'
import { readConfig } from '#platform/config.ts'
import { startEmbedded } from '#platform/database/embedded.ts'
import { placeOf, reachDatabase } from '#platform/database/reach.ts'

/** A database that answers, ours or the one of `DATABASE_URL`. */
export interface Connection {
  readonly url: string
  /** Where the data lies, for people: a folder, or host and name. */
  readonly place: string
  /** True when the database is the one that comes along. */
  readonly embedded: boolean
  /** Resolves, with the reason, when our own server ends although nobody asked for it. Never, for a given one. */
  readonly died: Promise<Refusal>
  /** Stops our own server; leaves a given one alone. */
  stop(): Promise<void>
}

/** Reaches the database of `DATABASE_URL`, or starts the one that comes along. With `share` the server of a running `npm start` is used. */
export async function connect(options: { share?: boolean } = {}): Promise<Connection> {
  const given = readConfig(process.env).DATABASE_URL
  if (given) {
    await reachDatabase(given)
    return { url: given, place: placeOf(given), embedded: false, died: new Promise(() => undefined), stop: () => Promise.resolve() }
  }
  const { url, dataFolder, died, stop } = await startEmbedded(options)
  // A shared server may be one that is only just starting.
  await reachDatabase(url, 30_000)
  return { url, place: dataFolder, embedded: true, died, stop }
}
