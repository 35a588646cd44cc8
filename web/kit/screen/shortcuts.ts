/**
 * Commands of the screens, in one list: the help shows exactly the keys that are registered, and the palette offers exactly these acts. Single
 * keys are off while typing, and when a person switches them off (WCAG 2.1.4); a key with Ctrl or ⌘ is always on.
 */
import { onBeforeUnmount, shallowRef, watch } from 'vue'

export interface Shortcut {
  /** `KeyboardEvent.key`; `Ctrl+k` with Ctrl or ⌘. */
  readonly key: string
  readonly text: () => string
  readonly run: () => void
  /** False for what makes sense only where the keyboard stands; the palette leaves it out. */
  readonly offered?: boolean
}

const registered = shallowRef<readonly Shortcut[]>([])
export const shortcutsOn = shallowRef(kept() !== 'off')
watch(shortcutsOn, (on) => keep(on ? 'on' : 'off'))

/** Registers shortcuts while the component stands. */
export function useShortcuts(list: readonly Shortcut[]): void {
  registered.value = [...registered.value, ...list]
  onBeforeUnmount(() => {
    registered.value = registered.value.filter((one) => !list.includes(one))
  })
}

/** What a key does now: of two commands with the same key the later one, as the keyboard finds it. */
export function commandsNow(): Shortcut[] {
  return [...new Map(registered.value.map((one) => [one.key, one])).values()]
}

/** Starts listening; once per app. */
export function startShortcuts(): void {
  window.addEventListener('keydown', (event) => {
    const found = commandFor(event)
    if (!found) return
    event.preventDefault()
    found.run()
  })
}

/** The command that a press asks for, where it is meant as one. */
function commandFor(event: KeyboardEvent): Shortcut | undefined {
  const withControl = event.ctrlKey || event.metaKey
  const typing = isTyping(event.target)
  // In a field, Ctrl and a letter is the field's own, but for the palette.
  const isOff = withControl ? typing && event.key !== 'k' : typing || !shortcutsOn.value
  if (isOff || event.altKey || event.defaultPrevented) return undefined
  // A dialog has the keyboard to itself.
  if (document.querySelector('[role="dialog"], [role="menu"]')) return undefined
  if (isButtons(event)) return undefined
  const key = withControl ? `Ctrl+${event.key.toLowerCase()}` : event.key
  return registered.value.findLast((one) => one.key === key)
}

/** Enter and space on a focused button or link are that button's own. */
function isButtons({ key, target }: KeyboardEvent): boolean {
  return /^(Enter| )$/.test(key) && target instanceof HTMLElement && target.closest('button, a, summary') !== null
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
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
