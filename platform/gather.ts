import type { DistrictCode } from '#kernel/codes.ts'
import { isUnavailable } from './database/unavailable.ts'
import { refuse } from './refusals.ts'

export interface Gathering<I, O> {
  /** Most items of one run. */
  readonly maxItems: number
  /** How long the first item waits for company, in milliseconds. */
  readonly maxWaitMs: number
  /** Runs of one district at the same time; 2 unless told. While all are busy the next one fills up. */
  readonly maxRuns?: number
  /** Items of one district that may wait; above it callers are refused with 503. 5,000 unless told. */
  readonly maxWaiting?: number
  /** One transaction for all items; results in the order of the items, after it committed. A throw means that nothing was done. */
  readonly run: (district: DistrictCode, items: readonly I[]) => Promise<readonly PromiseSettledResult<O>[]>
}

interface Waiting<I, O> {
  readonly item: I
  readonly resolve: (value: O) => void
  readonly reject: (reason: unknown) => void
}

interface Lane<I, O> {
  readonly waiting: Waiting<I, O>[]
  runs: number
  timer: NodeJS.Timeout | undefined
}

/**
 * Collects concurrent calls of a process, per district, into few transactions: under load a commit is shared by up to `maxItems` callers.
 * Each caller is answered after the run that holds its item has committed. An item that is refused fails its caller only; when a whole run
 * throws, its items are run again one by one, so that one bad item cannot fail its neighbours.
 */
export function gather<I, O>(gathering: Gathering<I, O>): (district: DistrictCode, item: I) => Promise<O> {
  const { maxItems, maxWaitMs, maxRuns = 2, maxWaiting = 5000 } = gathering
  const lanes = new Map<DistrictCode, Lane<I, O>>()

  const start = (district: DistrictCode, lane: Lane<I, O>): void => {
    clearTimeout(lane.timer)
    lane.timer = undefined
    if (lane.waiting.length === 0 || lane.runs >= maxRuns) return
    const batch = lane.waiting.splice(0, maxItems)
    lane.runs += 1
    void runBatch(gathering, district, batch).finally(() => {
      lane.runs -= 1
      // Who came during the run has waited long enough.
      if (lane.waiting.length > 0) start(district, lane)
      else if (lane.runs === 0) lanes.delete(district)
    })
    if (lane.waiting.length >= maxItems) start(district, lane)
  }

  return (district, item) =>
    new Promise((resolve, reject) => {
      let lane = lanes.get(district)
      if (!lane) lanes.set(district, (lane = { waiting: [], runs: 0, timer: undefined }))
      if (lane.waiting.length >= maxWaiting) return reject(refuse.busy())
      lane.waiting.push({ item, resolve, reject })
      if (lane.waiting.length >= maxItems) start(district, lane)
      else lane.timer ??= setTimeout(start, maxWaitMs, district, lane)
    })
}

async function runBatch<I, O>(gathering: Gathering<I, O>, district: DistrictCode, batch: readonly Waiting<I, O>[]): Promise<void> {
  try {
    const results = await gathering.run(
      district,
      batch.map((each) => each.item),
    )
    if (results.length !== batch.length) throw new Error(`a run of ${batch.length} items gave ${results.length} results`)
    batch.forEach((each, index) => settle(each, results[index]))
  } catch (error) {
    // Without a database each item alone would fail the same way, only slower.
    if (batch.length === 1 || isUnavailable(error)) for (const each of batch) each.reject(error)
    else for (const each of batch) await runBatch(gathering, district, [each])
  }
}

function settle<I, O>(waiting: Waiting<I, O>, result: PromiseSettledResult<O> | undefined): void {
  if (result?.status === 'fulfilled') waiting.resolve(result.value)
  else waiting.reject(result?.reason)
}
