import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCity, type TestCity } from '../testing.ts'
import { exportedCases } from './questions.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.close())

const fileOf = async (role: string, language: 'zh' | 'en' = 'zh'): Promise<string> =>
  (await Readable.from(exportedCases(city.services, city.as(role), { view: 'all' }, language)).toArray()).join('')

test('a file holds every case of the list whatever its length, with the words masked and nothing that a spreadsheet would run', async () => {
  const said = '=HYPERLINK("http://x")，我的电话13800001234，\n"垃圾"没人清'
  await city.call({ text: said })
  for (let n = 0; n < 520; n += 1) await city.call({ text: `第${n}处垃圾` })
  const text = await fileOf('dispatcher')
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, from_line: 5 })
  const head: string[][] = parse(text, { bom: true, to_line: 3, relax_column_count: true })
  expect(head).toEqual([
    ['筛选', '全部'],
    ['导出时间', '2026-03-02 09:00'],
    ['导出人', expect.stringContaining('示例dispatcher') as unknown],
  ])
  expect(rows.length).toBe(521)
  expect(new Set(rows.map((row) => row['编号'])).size).toBe(521)
  const [row] = rows.filter((one) => one['内容']?.includes('HYPERLINK'))
  expect(row).toMatchObject({ 状态: '待受理', 上报时间: '2026-03-02 09:00' })
  expect(row?.['内容']?.startsWith("'=")).toBe(true)
  expect(text).not.toContain('13800001234')
})

test('whoever may not export reads an empty file, and English readers get English headings', async () => {
  expect(parse(await fileOf('handler'), { bom: true, from_line: 5 }).length).toBe(1)
  expect(await fileOf('dispatcher', 'en')).toMatch(/^\uFEFFFilter,All\r\nExported,[^\n]*\nBy,[^\n]*\n\r\nNumber,Status,/)
})
