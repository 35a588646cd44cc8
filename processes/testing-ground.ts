/** What the makers of requests of the policy matrix are given, and what they give. */
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
