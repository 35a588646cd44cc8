import { expect, test } from 'vitest'
import { nationalDirectory } from './directory.ts'
import { matterKey } from './matter.ts'

const { matters, source } = nationalDirectory
const components = matters.filter(({ kind }) => kind === 'component')
const events = matters.filter(({ kind }) => kind === 'event')

test('the directory of GB/T 47678.5-2026 has 153 components and 250 matters, each with a key of its own', () => {
  expect([components.length, events.length, matters.length]).toEqual([153, 250, 403])
  expect(new Set(matters.map(matterKey)).size).toBe(403)
  expect(matters.filter(({ code }) => !/^\d{5}$/.test(code))).toEqual([])
  expect(source).toContain('GB/T 47678.5-2026')
})

test('a code stands for the thing as a component and for its fault as a matter', () => {
  const faults = new Map(events.map((one) => [one.code, one]))
  for (const { code, name, category } of components)
    expect(faults.get(code)).toMatchObject({ name: { zh: `${name.zh}异常` }, category: { zh: `${category?.zh}类` } })
  expect(events.filter(({ code }) => code >= '06').length).toBe(97)
})

test('it comes as drafts without limits, so that nothing takes cases before the city has decided', () => {
  expect(matters.filter(({ status, conditions }) => status !== 'draft' || conditions.length > 0)).toEqual([])
})
