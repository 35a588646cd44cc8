/**
 * The rows of the queue. The order of a view stands still on the screen as a list of numbers; rows are fetched in windows as they come into
 * sight, and renewed in place. What others add, end or move waits for a press.
 */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, triggerRef, watch, type Ref } from 'vue'
import type { CaseSummary } from '#contexts/cases/contract.ts'
import { askQueue, askRows, type QueueAnswer } from '#contexts/cases/ui/desk-queries.ts'
import { caseKeys } from '#contexts/cases/ui/keys.ts'
import { ownActs, type CaseFilter } from '#contexts/cases/ui/queries.ts'
import { noteServerNow } from '#web/kit/clock.ts'

/** Others' changes are looked at this often at most: the whole order is asked, and a busy centre changes it several times a second. */
const LOOK_MS = 3000
const WINDOW = 100

interface Held {
  readonly row: CaseSummary
  /** The look that it was read at; an older one is read again when it is in sight. */
  readonly look: number
}

/** How a fresh order differs from the one that is shown: how many came, how many went, and whether the rest stands otherwise. Pure. */
export function differenceOf(shown: readonly string[], fresh: readonly string[]): { came: number; went: number; moved: boolean } {
  const before = new Set(shown)
  const after = new Set(fresh)
  const came = fresh.reduce((sum, number) => sum + (before.has(number) ? 0 : 1), 0)
  const stayed = shown.filter((number) => after.has(number))
  const now = came === 0 ? fresh : fresh.filter((number) => before.has(number))
  return { came, went: shown.length - stayed.length, moved: stayed.some((number, index) => now[index] !== number) }
}

/** Numbers that are in sight and not at hand, or at hand from an older look; in whole windows, so that scrolling asks rarely. Pure. */
export function wantedOf(
  numbers: readonly string[],
  from: number,
  to: number,
  isFresh: (number: string) => boolean,
): string[] {
  const start = Math.max(0, from - 20)
  const wanted = numbers.slice(start, to + 21).filter((number) => !isFresh(number))
  if (wanted.length === 0) return []
  const ahead = numbers.slice(to + 21, start + WINDOW).filter((number) => !isFresh(number))
  return [...wanted, ...ahead].slice(0, WINDOW)
}

export function useQueueRows(filter: Ref<CaseFilter>) {
  const client = useQueryClient()
  const key = computed(() => JSON.stringify(filter.value))
  const numbers = shallowRef<readonly string[]>([])
  const fresh = shallowRef<QueueAnswer>()
  const shownKey = shallowRef<string>()
  const rows = shallowRef(new Map<string, Held>())
  const error = shallowRef<unknown>()
  const failedRows = shallowRef(false)
  let look = 0
  let asking = false
  let again = false
  let sight: readonly [number, number] = [0, 40]
  let timer: ReturnType<typeof setTimeout> | undefined
  let ownBefore = ownActs.value

  function keep(items: readonly CaseSummary[], at: number): void {
    for (const row of items) rows.value.set(row.number, { row, look: at })
    triggerRef(rows)
  }
  function renew(): void {
    if (!fresh.value) return
    // Rows of the question before are no use to this one.
    if (shownKey.value !== key.value) rows.value = new Map(fresh.value.items.map((row) => [row.number, { row, look }]))
    numbers.value = fresh.value.numbers
    shownKey.value = key.value
  }
  /** Asks for the order anew. What is shown stays, unless the question is another one or the person acted here. */
  async function ask(): Promise<void> {
    if (asking) {
      again = true
      return
    }
    asking = true
    const asked = key.value
    const own = ownActs.value
    try {
      const answer = await askQueue(filter.value)
      if (asked !== key.value) return void (again = true)
      noteServerNow(answer.now)
      look += 1
      error.value = undefined
      fresh.value = answer
      keep(answer.items, look)
      if (shownKey.value !== asked || own !== ownBefore || numbers.value.length === 0) renew()
      ownBefore = own
      void fetchSight()
    } catch (thrown) {
      error.value = thrown
    } finally {
      asking = false
      if (again) {
        again = false
        void ask()
      }
    }
  }
  let fetching = false
  async function fetchSight(): Promise<void> {
    if (fetching) return
    const at = look
    const wanted = wantedOf(numbers.value, sight[0], sight[1], (number) => rows.value.get(number)?.look === at)
    if (wanted.length === 0) return
    fetching = true
    try {
      const answer = await askRows(wanted)
      failedRows.value = false
      keep(answer.items, at)
      // What is no longer this person's to see keeps its last look, so that nothing asks for it for ever.
      for (const number of wanted) {
        const held = rows.value.get(number)
        if (held && held.look !== at) rows.value.set(number, { ...held, look: at })
      }
    } catch {
      failedRows.value = true
      return
    } finally {
      fetching = false
    }
    void fetchSight()
  }
  const see = (from: number, to: number): void => {
    sight = [from, to]
    void fetchSight()
  }

  watch(key, () => void ask(), { immediate: true })
  // The stream only says that lists changed (kit/screen/stream.ts); the pulse hears it.
  const pulse = useQuery({ queryKey: caseKeys.pulse, queryFn: () => Promise.resolve(performance.now()), staleTime: 0, refetchOnWindowFocus: true })
  watch(pulse.data, (_now, before) => {
    if (before === undefined) return
    timer ??= setTimeout(() => {
      timer = undefined
      void ask()
    }, LOOK_MS)
  })
  watch(ownActs, () => void ask())
  onScopeDispose(() => {
    clearTimeout(timer)
    client.removeQueries({ queryKey: caseKeys.pulse })
  })

  const isOld = computed(() => shownKey.value !== key.value)
  const difference = computed(() =>
    fresh.value && !isOld.value ? differenceOf(numbers.value, fresh.value.numbers) : { came: 0, went: 0, moved: false },
  )
  const complete = computed(() => fresh.value?.complete ?? true)
  const waiting = computed(() => isOld.value && error.value === undefined)
  return { numbers, rows, difference, complete, error, failedRows, waiting, renew, see, ask }
}
