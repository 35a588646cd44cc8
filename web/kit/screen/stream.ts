/** The server's stream of changes: it says what changed, the screens ask again under their own rights, many changes at once as one question. */
import { useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { onScopeDispose, shallowRef, type Ref } from 'vue'

/** One change as the stream tells it. */
export interface Change {
  readonly type: string
  readonly subjectId?: string
}

export type Live = 'connecting' | 'live' | 'lost'

// Spread over half a second, so that a thousand screens do not all ask in the same millisecond.
const GATHER_MS = 300
const JITTER_MS = 500
const PATIENCE_MS = 5000

/** Listens while the component stands. `touches` names the questions that a change may have altered. */
export function useStream(touches: (change: Change) => readonly QueryKey[]): Readonly<Ref<Live>> {
  const client = useQueryClient()
  const state = shallowRef<Live>('connecting')
  const waiting = new Map<string, QueryKey>()
  let flushing: ReturnType<typeof setTimeout> | undefined
  let patience: ReturnType<typeof setTimeout> | undefined
  let missed = false

  function ask(keys: readonly QueryKey[]): void {
    for (const key of keys) waiting.set(JSON.stringify(key), key)
    flushing ??= setTimeout(flush, GATHER_MS + Math.random() * JITTER_MS)
  }
  function flush(): void {
    flushing = undefined
    const keys = [...waiting.values()]
    waiting.clear()
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  }
  function hear(event: MessageEvent<string>): void {
    const change = parse(event.data)
    if (change) ask(touches(change))
  }

  const source = new EventSource('/api/stream')
  source.addEventListener('message', hear)
  source.addEventListener('change', hear)
  source.addEventListener('open', () => {
    clearTimeout(patience)
    patience = undefined
    state.value = 'live'
    // What happened while nobody listened is not told again: everything shown is asked anew.
    if (missed) void client.invalidateQueries()
    missed = false
  })
  source.addEventListener('error', () => {
    missed = true
    // The browser reconnects by itself; a short break is not worth an alarm.
    patience ??= setTimeout(() => (state.value = 'lost'), source.readyState === EventSource.CLOSED ? 0 : PATIENCE_MS)
  })
  onScopeDispose(() => {
    source.close()
    clearTimeout(flushing)
    clearTimeout(patience)
  })
  return state
}

function parse(data: string): Change | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && 'type' in value ? (value as Change) : undefined
  } catch {
    return undefined
  }
}
