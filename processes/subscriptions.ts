import { DISPATCH_BY_RULE } from '#contexts/cases/index.ts'

/** Who reacts to which event. This list is printed into ARCHITECTURE.md; the sequencer hears everything and is not listed. */
export const subscriptions: Readonly<Record<string, readonly string[]>> = {
  'case.reported': [DISPATCH_BY_RULE],
}

const nobody: readonly string[] = []

/** Subscribers of an event type, each of which gets its own outbox row. */
export function subscribersOf(type: string): readonly string[] {
  return subscriptions[type] ?? nobody
}
