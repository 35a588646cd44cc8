/** What the makers of requests for the policy matrix share. */
import type { InjectOptions } from 'fastify'
import type { LaidCase } from './testing-cases.ts'
import type { Asker, Cell, Holds } from './testing-policy.ts'
import type { TestWorld } from './testing.ts'

/** What makers of requests work with. */
export interface Ground extends TestWorld {
  /** Where the application listens. */
  readonly origin: string
  readonly holds: Holds
  readonly laid: readonly LaidCase[]
  /** A condition and its matter, for requests that name one. */
  readonly conditionId: string
  readonly matterId: string
}
export type Maker = (ground: Ground, asker: Asker) => Promise<Cell[]> | Cell[]

export const get = (url: string): InjectOptions => ({ method: 'GET', url })
export const post = (url: string, payload: object = {}): InjectOptions => ({ method: 'POST', url, payload })

/** Ids of a list's items, or another of their fields. */
export const itemsOf =
  (key: string) =>
  (body: unknown): string[] =>
    (body as { items: Record<string, unknown>[] }).items.map((item) => String(item[key]))
