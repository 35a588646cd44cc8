/**
 * The rows of the queue. The order of a view stands still on the screen as a list of numbers; rows are fetched in windows as they come into
 * sight, and renewed in place. What others add, end or move waits for a press.
 */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, shallowRef, triggerRef, watch, type Ref } from 'vue'
import type { CaseSummary } from '#contexts/cases/contract.ts'
import { askQueue, askRows, type QueueAnswer } from '#contexts/cases/ui/desk-queries.ts'
import { deskKeys } from '#contexts/cases/ui/desk-keys.ts'
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
export function wantedOf(numbers: readonly string[], from: number, to: number, isFresh: (number: string) => boolean): string[] {
  const start = Math.max(0, from - 20)
  const wanted = numbers.slice(start, to + 21).filter((number) => !isFresh(number))
  if (wanted.length === 0) return []
  const ahead = numbers.slice(to + 21, start + WINDOW).filter((number) => !isFresh(number))
  return [...wanted, ...ahead].slice(0, WINDOW)
}

/** Rows at hand, and fetching those that come into sight. */
function rowStore(numbers: Ref<readonly string[]>) {
  const rows = shallowRef(new Map<string, Held>())
  const failed = shallowRef(false)
  let look = 0
  let fetching = false
  let sight: readonly [number, number] = [0, 40]
  function keep(items: readonly CaseSummary[], at = look): void {
    for (const row of items) rows.value.set(row.number, { row, look: at })
    triggerRef(rows)
  }
  async function fetchSight(): Promise<void> {
    if (fetching) return
    const at = look
    const wanted = wantedOf(numbers.value, sight[0], sight[1], (number) => rows.value.get(number)?.look === at)
    if (wanted.length === 0) return
    fetching = true
    const answer = await askRows(wanted).catch(() => undefined)
    fetching = false
    failed.value = answer === undefined
    if (!answer) return
    // What is no longer this person's to see keeps its last look, so that nothing asks for it for ever.
    keep(
      wanted.flatMap((number) => rows.value.get(number)?.row ?? []),
      at,
    )
    keep(answer.items, at)
    void fetchSight()
  }
  return {
    rows,
    failed,
    keep,
    /** From here on everything at hand is of an older look. */
    lookAgain: () => void (look += 1),
    only: (items: readonly CaseSummary[]) => (rows.value = new Map(items.map((row) => [row.number, { row, look }]))),
    fetchSight,
    see: (from: number, to: number): void => {
      sight = [from, to]
      void fetchSight()
    },
  }
}

export function useQueueRows(filter: Ref<Omit<CaseFilter, 'cursor'>>) {
  const key = computed(() => JSON.stringify(filter.value))
  const numbers = shallowRef<readonly string[]>([])
  const fresh = shallowRef<QueueAnswer>()
  const shownKey = shallowRef<string>()
  const error = shallowRef<unknown>()
  const store = rowStore(numbers)
  let asking = false
  let again = false
  let ownBefore = ownActs.value

  function renew(): void {
    if (!fresh.value) return
    // Rows of the question before are no use to this one.
    if (shownKey.value !== key.value) store.only(fresh.value.items)
    numbers.value = fresh.value.numbers
    shownKey.value = key.value
  }
  function take(answer: QueueAnswer, own: number): void {
    noteServerNow(answer.now)
    store.lookAgain()
    error.value = undefined
    fresh.value = answer
    store.keep(answer.items)
    // Another question, and what this person did here, show at once.
    if (shownKey.value !== key.value || own !== ownBefore || numbers.value.length === 0) renew()
    ownBefore = own
    void store.fetchSight()
  }
  /** Asks for the order anew. What is shown stays, unless the question is another one or the person acted here. */
  async function ask(): Promise<void> {
    again = asking
    if (asking) return
    asking = true
    const [asked, own] = [key.value, ownActs.value]
    const answer = await askQueue(filter.value).catch((thrown: unknown) => void (error.value = thrown))
    asking = false
    if (asked !== key.value || again) return ask()
    if (answer) take(answer, own)
  }
  watch(key, () => void ask(), { immediate: true })
  watch(ownActs, () => void ask())
  whenListsChange(() => void ask())

  const isOld = computed(() => shownKey.value !== key.value)
  const difference = computed(() => differenceOf(numbers.value, (isOld.value ? undefined : fresh.value?.numbers) ?? numbers.value))
  const complete = computed(() => fresh.value?.complete ?? true)
  const waiting = computed(() => isOld.value && error.value === undefined)
  return { numbers, rows: store.rows, difference, complete, error, failedRows: store.failed, waiting, renew, see: store.see, ask }
}

/** The stream only says that lists changed (kit/screen/stream.ts); the pulse hears it, and is followed every few seconds at most. */
function whenListsChange(look: () => void): void {
  const client = useQueryClient()
  let timer: ReturnType<typeof setTimeout> | undefined
  const pulse = useQuery({ queryKey: deskKeys.pulse, queryFn: () => Promise.resolve(performance.now()), staleTime: 0 })
  watch(pulse.data, (_now, before) => {
    if (before === undefined) return
    timer ??= setTimeout(() => {
      timer = undefined
      look()
    }, LOOK_MS)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    client.removeQueries({ queryKey: deskKeys.pulse })
  })
}
