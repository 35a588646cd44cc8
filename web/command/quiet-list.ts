/** A list that never moves under the reader's eyes: rows are renewed in place, and another order or membership waits for a press. */
import { computed, shallowRef, watch, type Ref } from 'vue'

interface Row {
  readonly id: string
}

/** Merges fresh rows into the order shown. Rows that left stay as they were until the list is renewed. */
export function inShownOrder<T extends Row>(shown: readonly T[], fresh: readonly T[]): T[] {
  const byId = new Map(fresh.map((row) => [row.id, row]))
  return shown.map((row) => byId.get(row.id) ?? row)
}

/** True when the fresh rows are other rows, or the same in another order. */
export function differs<T extends Row>(shown: readonly T[], fresh: readonly T[]): boolean {
  return shown.length !== fresh.length || shown.some((row, index) => row.id !== fresh[index]?.id)
}

/** `key` names the question: another question shows its answer at once. `renew` shows what has arrived meanwhile. */
export function useQuietList<T extends Row>(fresh: Ref<readonly T[] | undefined>, key: Ref<string>) {
  const rows = shallowRef<readonly T[]>([])
  const shownKey = shallowRef<string>()
  const renew = (): void => {
    rows.value = fresh.value ?? []
    shownKey.value = key.value
  }
  watch(
    [fresh, key],
    () => {
      if (fresh.value === undefined) return
      if (shownKey.value !== key.value || rows.value.length === 0) renew()
      else rows.value = inShownOrder(rows.value, fresh.value)
    },
    { immediate: true },
  )
  const changed = computed(() => fresh.value !== undefined && shownKey.value === key.value && differs(rows.value, fresh.value))
  return { rows, changed, renew }
}
