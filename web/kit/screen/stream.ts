/** The server's stream of changes: it says what changed (gathered and spread by the server), the screen asks again under its own rights. */
import { useQueryClient, type QueryKey } from '@tanstack/vue-query'
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { reachable } from '../call.ts'

/** One change as the stream tells it (platform/stream.ts). */
export interface Change {
  readonly type: string
  readonly subjectId: string
}

export type Live = 'connecting' | 'live' | 'lost'

// The server lets a screen go now and then and tells it to come back within three seconds; only a longer silence is worth an alarm.
const PATIENCE_MS = 4000
const AGAIN_MS = 5000
// A browser keeps six lines to one host (HTTP/1.1), and every tab of it holds one. A tab that nobody looks at lets go of its own and catches up when it is seen again.
const UNSEEN_MS = 60_000

/** Listens while the component stands. `touches` names the questions that a change may have altered. */
export function useStream(touches: (change: Change) => readonly QueryKey[]): Readonly<Ref<Live>> {
  const client = useQueryClient()
  const state = shallowRef<Live>('connecting')
  let patience: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let isAway = false
  let before = false
  /** Where the last message left us, so that a new line goes on from there. */
  let position = ''

  const askAll = (): void => void client.invalidateQueries()
  function ready(event: MessageEvent<string>): void {
    clearTimeout(patience)
    patience = undefined
    position = event.lastEventId
    state.value = 'live'
    reachable.value = true
    // Something may have happened while nobody listened.
    if (before && !read<{ resumed: boolean }>(event)?.resumed) askAll()
    before = true
  }
  function change(event: MessageEvent<string>): void {
    position = event.lastEventId
    const keys = new Map((read<readonly Change[]>(event) ?? []).flatMap(touches).map((key) => [JSON.stringify(key), key]))
    for (const queryKey of keys.values()) void client.invalidateQueries({ queryKey })
  }
  function failed(): void {
    patience ??= setTimeout(() => (state.value = 'lost'), PATIENCE_MS)
    // A refusal (an ended session) closes for good; after signing in again it must be opened anew.
    if (!isAway && source.readyState === EventSource.CLOSED) again = setTimeout(restart, AGAIN_MS)
  }
  function restart(): void {
    source.close()
    source = listen()
  }
  function letGo(): void {
    isAway = true
    clearTimeout(patience)
    patience = undefined
    source.close()
  }
  const listen = (): EventSource => listenFrom(position, { ready, change, reload: askAll, error: failed })
  let source = listen()
  const stopWatching = watchUnseen(letGo, () => {
    isAway = false
    restart()
  })
  // A request that nobody answered is the first sign of a dead line; the stream itself may hang on it for minutes.
  watch(reachable, (answered) => {
    if (answered || isAway) return
    state.value = 'lost'
    clearTimeout(again)
    again = setTimeout(restart, AGAIN_MS)
  })
  onScopeDispose(() => {
    source.close()
    stopWatching()
    clearTimeout(patience)
    clearTimeout(again)
  })
  return state
}

/** Opens a line that goes on from a position, or begins where there is none. */
function listenFrom(position: string, on: Readonly<Record<string, (event: MessageEvent<string>) => void>>): EventSource {
  const opened = new EventSource(position ? `/api/stream?${new URLSearchParams({ after: position }).toString()}` : '/api/stream')
  for (const [type, hear] of Object.entries(on)) opened.addEventListener(type, hear as (event: Event) => void)
  return opened
}

/** Calls one when nobody has looked at the tab for a minute, and the other when somebody does again. Gives what ends it. */
function watchUnseen(letGo: () => void, comeBack: () => void): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  const look = (): void => {
    clearTimeout(waiting)
    if (document.hidden)
      waiting = setTimeout(() => {
        isGone = true
        letGo()
      }, UNSEEN_MS)
    else if (isGone) {
      isGone = false
      comeBack()
    }
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('visibilitychange', look)
    clearTimeout(waiting)
  }
}

function read<T>(event: MessageEvent<string>): T | undefined {
  try {
    return JSON.parse(event.data) as T
  } catch {
    return undefined
  }
}
