import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { silentLogger } from './logger.ts'
import { startLoop } from './loop.ts'

it('goes on at once while there is more, then waits', async () => {
  let turns = 0
  const loop = startLoop('count', async () => (turns += 1) < 20, 60_000, silentLogger)
  await sleep(50)
  expect(turns).toBe(20)
  loop.wake()
  await sleep(20)
  expect(turns).toBe(21)
  await loop.stop()
})

it('stops only after the turn in hand is finished, and starts no other', async () => {
  let [started, finished] = [0, 0]
  const work = async (): Promise<number> => {
    started += 1
    await sleep(30)
    return (finished += 1)
  }
  const loop = startLoop('slow', work, 1, silentLogger)
  await sleep(5)
  await loop.stop()
  expect([started, finished]).toEqual([1, 1])
})

it('outlives a turn that fails, says so, and tries less often', async () => {
  const said: string[] = []
  const logger = {
    error: (_: unknown, text: string) => said.push(text),
    info: (_: unknown, text: string) => said.push(text),
  } as unknown as typeof silentLogger
  let turns = 0
  const work = async (): Promise<boolean> => {
    turns += 1
    if (turns < 3) throw new Error('away')
    return false
  }
  const loop = startLoop('shaky', work, 10, logger)
  await sleep(100)
  expect(turns).toBe(1)
  await sleep(700)
  expect(said.slice(0, 3)).toEqual(['a turn of a loop failed', 'a turn of a loop failed', 'a loop works again'])
  await loop.stop()
})

it('does not lose a wake-up that comes during a turn', async () => {
  let turns = 0
  const work = async (): Promise<boolean> => {
    turns += 1
    await sleep(20)
    return false
  }
  const loop = startLoop('woken', work, 60_000, silentLogger)
  await sleep(5)
  loop.wake()
  await sleep(60)
  expect(turns).toBe(2)
  await loop.stop()
})
