/** An act that is sent after ten seconds, so that a slip of the thumb can be taken back. Kept outside the pages: leaving one changes nothing. */
import { shallowRef } from 'vue'

export interface HeldBack {
  readonly text: string
  /** Milliseconds of the device's clock at which it is sent. */
  readonly until: number
  readonly send: () => void
}
export const heldBack = shallowRef<HeldBack>()
export const HELD_MS = 10_000
let timer: ReturnType<typeof setTimeout> | undefined

/** Holds an act back for ten seconds. What was held before is sent at once. */
export function holdBack(text: string, send: () => void): void {
  sendNow()
  heldBack.value = { text, until: performance.now() + HELD_MS, send }
  timer = setTimeout(sendNow, HELD_MS)
}

/** Sends what is held back, if anything is. */
export function sendNow(): void {
  const { value } = heldBack
  takeBack()
  value?.send()
}

/** What was sent and did not arrive: kept with its words and pictures as long as the page is open, until it is tried again or given up. */
export interface Unsent {
  readonly text: string
  readonly send: () => void
}
export const unsent = shallowRef<readonly Unsent[]>([])
export const keepUnsent = (one: Unsent): void => void (unsent.value = [...unsent.value, one])
/** Takes the first of them off the list; sends it again where told to. */
export function takeUnsent(again: boolean): void {
  const [first, ...rest] = unsent.value
  unsent.value = rest
  if (again) first?.send()
}

/** Takes it back: nothing is sent. */
export function takeBack(): void {
  clearTimeout(timer)
  heldBack.value = undefined
}

// Whoever puts the phone away has not taken it back.
if (typeof document !== 'undefined')
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') sendNow()
  })
