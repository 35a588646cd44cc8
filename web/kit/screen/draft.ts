/** Words being typed survive a reload, a dead network and a closed tab on this device, until they are sent. */
import { reactive, watch } from 'vue'

const PREFIX = 'huying.draft.'

/** Clears what was being typed, so that the next person on this device does not see it. */
export function forgetDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  } catch {
    // Nothing was kept where storage is refused.
  }
}

/** A form kept under a name. `forget` clears it after sending. */
export function useDraft<T extends Record<string, string>>(name: string, empty: T): { draft: T; forget: () => void } {
  const key = `${PREFIX}${name}`
  const draft = reactive({ ...empty, ...readBack(key, empty) }) as T
  watch(draft, (value) => store(key, JSON.stringify(value)), { deep: true })
  return {
    draft,
    forget: () => {
      Object.assign(draft, empty)
      store(key, '')
    },
  }
}

function readBack<T extends Record<string, string>>(key: string, empty: T): Partial<T> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) || '{}')
    const known = Object.entries(kept as Record<string, unknown>).filter(([field, value]) => field in empty && typeof value === 'string')
    return Object.fromEntries(known) as Partial<T>
  } catch {
    return {}
  }
}

function store(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value)
    else localStorage.removeItem(key)
  } catch {
    // Storage may be refused; the words then live as long as the page.
  }
}
