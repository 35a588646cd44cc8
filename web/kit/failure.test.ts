import { expect, test } from 'vitest'
import { Problem, Unreachable } from './call.ts'
import { failureLine, failureOf } from './failure.ts'
import { kitWords } from './words.ts'

const { zh } = kitWords

test('each way to fail is told apart, with what is safe; what a gateway answers is said in our words', () => {
  const titles = [401, 403, 404, 409, 413, 429, 500].map((status) => failureOf(new Problem(status, `http.${status}`, '')).title)
  titles.push(failureOf(new Unreachable()).title, failureOf(new Unreachable(true)).title)
  expect(new Set(titles).size).toBe(9)
  expect(failureOf(new Problem(418, 'http.418', '')).title).toBe(zh.errorTitle)
  expect(failureOf(new TypeError('x is undefined')).text).toBe(zh.errorText)
})

test('the server’s own sentence comes first, and its number is quoted once', () => {
  expect(failureOf(new Problem(409, 'cases.changed', '别人刚办过', undefined, 'r-1'))).toMatchObject({ text: '别人刚办过', reference: 'r-1' })
  expect(failureOf(new Problem(500, 'platform.bug', '已记录，编号 r-1', undefined, 'r-1')).reference).toBe('')
  expect(failureLine(new Problem(422, 'cases.no', '不能这样办', undefined, 'r-2'))).toBe('不能这样办 编号 r-2')
  expect(failureLine(new Unreachable())).toBe(`${zh.offlineTitle}。${zh.offlineText}`)
})
