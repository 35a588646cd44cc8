/** Short messages about what the person just did; read out once, gone after a while. */
import { shallowRef } from 'vue'

export interface Toast {
  readonly id: number
  readonly text: string
}
export const toasts = shallowRef<readonly Toast[]>([])
const SHOWN_MS = 6000
let last = 0

/** Shows a message for six seconds; what is on the screen already is not said twice. */
export function toast(text: string): void {
  if (toasts.value.some((one) => one.text === text)) return
  last += 1
  const made = { id: last, text }
  toasts.value = [...toasts.value.slice(-2), made]
  setTimeout(() => dropToast(made.id), SHOWN_MS)
}

export function dropToast(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id)
}
