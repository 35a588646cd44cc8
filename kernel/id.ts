import { v7 } from 'uuid'
import { msOf, type Instant } from './clock.ts'

/** Time-ordered identity made by the application (RFC 9562, version 7), so rows need no sequence and shard freely. */
export function newId(): string {
  return v7()
}

/** An identity whose time part is `at`: generated history sorts like real history. */
export function newIdAt(at: Instant): string {
  return v7({ msecs: msOf(at) })
}
