/** The device's position, taken only when the person asks. A form never waits for it. */
import { shallowRef } from 'vue'

export interface Position {
  readonly lng: number
  readonly lat: number
  /** Radius in metres in which the device believes to be. */
  readonly accuracy: number
}
const PATIENCE_MS = 10_000

/** State of one asking: nothing yet, looking, found, or no fix. Browsers give WGS84. */
export function usePosition() {
  const state = shallowRef<'none' | 'looking' | 'found' | 'refused'>('none')
  const position = shallowRef<Position>()
  function look(): void {
    if (!('geolocation' in navigator)) {
      state.value = 'refused'
      return
    }
    state.value = 'looking'
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        position.value = { lng: coords.longitude, lat: coords.latitude, accuracy: Math.round(coords.accuracy) }
        state.value = 'found'
      },
      () => (state.value = 'refused'),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 },
    )
  }
  function drop(): void {
    position.value = undefined
    state.value = 'none'
  }
  return { state, position, look, drop }
}
