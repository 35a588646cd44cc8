import { v7 } from 'uuid'

/** Time-ordered identity made by the application (RFC 9562, version 7), so rows need no sequence and shard freely. */
export function newId(): string {
  return v7()
}
