import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { DistrictCode } from '#kernel/codes.ts'
import { gather } from './gather.ts'

const [here, there] = ['990101', '990102'] as [DistrictCode, DistrictCode]
const slowly = async (_district: string, items: readonly number[]): Promise<PromiseSettledResult<number>[]> => {
  await sleep(5)
  return items.map((item) => done(item))
}
const done = <O>(value: O): PromiseSettledResult<O> => ({ status: 'fulfilled', value })

describe('gathering', () => {
  it('shares a run between callers, one district at a time, and answers each with its own result', async () => {
    const runs: string[] = []
    const double = gather<number, number>({
      maxItems: 50,
      maxWaitMs: 4,
      run: async (district, items) => {
        runs.push(`${district} ${items.length}`)
        await sleep(5)
        return items.map((item) => done(item * 2))
      },
    })
    const calls = Array.from({ length: 130 }, (_, n) => double(n % 2 ? here : there, n))
    expect(await Promise.all(calls)).toEqual(calls.map((_, n) => n * 2))
    expect(runs.toSorted((a, b) => a.localeCompare(b))).toEqual([`${here} 15`, `${here} 50`, `${there} 15`, `${there} 50`])
  })

  it('answers nobody before the run is over, and runs no more than two of a district at once', async () => {
    let [running, most, committed] = [0, 0, 0]
    const call = gather<number, number>({
      maxItems: 10,
      maxWaitMs: 1,
      run: async (_district, items) => {
        most = Math.max(most, (running += 1))
        await sleep(10)
        running -= 1
        committed += items.length
        return items.map(done)
      },
    })
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        await call(here, n)
        expect(committed).toBeGreaterThan(n)
      }),
    )
    expect(most).toBe(2)
  })

  it('refuses one item without failing its neighbours', async () => {
    const call = gather<number, number>({
      maxItems: 50,
      maxWaitMs: 1,
      run: async (_district, items) => items.map((n) => (n === 3 ? { status: 'rejected', reason: new Error('three') } : done(n))),
    })
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => call(here, n)))
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('runs the items one by one when a run throws, so that one bad item fails alone', async () => {
    const call = gather<number, number>({
      maxItems: 50,
      maxWaitMs: 1,
      run: async (_district, items) => {
        if (items.includes(3)) throw new Error('three breaks the statement')
        return items.map(done)
      },
    })
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => call(here, n)))
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('fails a run at once when the database is away', async () => {
    let runs = 0
    const call = gather<number, number>({
      maxItems: 50,
      maxWaitMs: 1,
      run: async () => {
        runs += 1
        throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
      },
    })
    const results = await Promise.allSettled([1, 2, 3].map((n) => call(here, n)))
    expect([runs, results.every((result) => result.status === 'rejected')]).toEqual([1, true])
  })

  it('says that it is busy when too many wait', async () => {
    const call = gather<number, number>({ maxItems: 1, maxRuns: 1, maxWaiting: 2, maxWaitMs: 1, run: slowly })
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => call(here, n)))
    expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : result.value))).toEqual([
      1,
      2,
      3,
      'platform.busy',
      'platform.busy',
    ])
  })
})
