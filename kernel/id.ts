import { v5, v7 } from 'uuid'

/** Time-ordered identity made by the application (RFC 9562, version 7), so rows need no sequence and shard freely. */
export function newId(): string {
  return v7()
}

const NAMES = '01a20100-0000-7000-8000-00000000ca7a'

/** The same identity for the same name (RFC 9562, version 5). Whoever knows the name knows the id. */
export function idOf(name: string): string {
  return v5(name, NAMES)
}
