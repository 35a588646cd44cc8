import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HELD_MS, heldBack, holdBack, takeBack } from './held-back.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  takeBack()
  vi.useRealTimers()
})

test('an act is sent once, ten seconds later and not before', () => {
  const send = vi.fn<() => void>()
  holdBack('已清除', send)
  vi.advanceTimersByTime(HELD_MS - 1)
  expect(send).not.toHaveBeenCalled()
  vi.advanceTimersByTime(HELD_MS)
  expect(send).toHaveBeenCalledTimes(1)
  expect(heldBack.value).toBeUndefined()
})

test('what is taken back is never sent', () => {
  const send = vi.fn<() => void>()
  holdBack('已清除', send)
  takeBack()
  vi.advanceTimersByTime(2 * HELD_MS)
  expect(send).not.toHaveBeenCalled()
})

test('a second act sends the first at once, so nothing is lost', () => {
  const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()]
  holdBack('一', first)
  holdBack('二', second)
  expect(first).toHaveBeenCalledTimes(1)
  expect(second).not.toHaveBeenCalled()
})
