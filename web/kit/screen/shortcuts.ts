/** Single-key shortcuts as named commands, so that the help lists exactly what is registered. Off while typing, and when a person switches them off (WCAG 2.1.4). */
import { onBeforeUnmount, shallowRef, watch } from 'vue'

export interface Shortcut {
  /** `KeyboardEvent.key`. */
  readonly key: string
  readonly text: () => string
  readonly run: () => void
}

const registered = shallowRef<readonly Shortcut[]>([])
export const shortcuts = registered
export const shortcutsOn = shallowRef(kept() !== 'off')
watch(shortcutsOn, (on) => keep(on ? 'on' : 'off'))

/** Registers shortcuts while the component stands. */
export function useShortcuts(list: readonly Shortcut[]): void {
  registered.value = [...registered.value, ...list]
  onBeforeUnmount(() => {
    registered.value = registered.value.filter((one) => !list.includes(one))
  })
}

/** Starts listening; once per app. */
export function startShortcuts(): void {
  window.addEventListener('keydown', (event) => {
    if (!shortcutsOn.value || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return
    // A dialog has the keyboard to itself.
    if (document.querySelector('[role="dialog"], [role="menu"]')) return
    const found = registered.value.findLast((one) => one.key === event.key)
    if (!found) return
    // Enter on a focused button or link is that button's own.
    if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('button, a, summary')) return
    event.preventDefault()
    found.run()
  })
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

function kept(): string | null {
  try {
    return localStorage.getItem('huying.shortcuts')
  } catch {
    return null
  }
}
function keep(value: string): void {
  try {
    localStorage.setItem('huying.shortcuts', value)
  } catch {
    // Kept for this page only.
  }
}
