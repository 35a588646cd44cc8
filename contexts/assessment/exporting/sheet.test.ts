import { expect, test } from 'vitest'
import type { Instant } from '#kernel/clock.ts'
import { sheetRows } from './questions.ts'
import { sheetHead } from './sheet.ts'

test('a file says what it is, of when and by whom, opens as Chinese, and runs no formula', () => {
  const head = sheetHead(
    {
      title: { zh: '新增', en: 'New' },
      meaning: { zh: '期内收到的诉求' },
      from: '2026-03-01',
      to: '2026-03-02',
      area: null,
      filters: [[{ zh: '事项' }, { zh: '=1+1' }]],
      now: '2026-03-02T01:30:00.000Z' as Instant,
      by: '王芳',
      sample: true,
    },
    ['编号'],
    'zh',
    'Asia/Shanghai',
  )
  expect(sheetRows(head)).toBe(
    "新增\r\n口径,期内收到的诉求\r\n期间,2026-03-01 – 2026-03-02\r\n区域,全部\r\n事项,'=1+1\r\n导出时间,2026-03-02 09:30\r\n导出人,王芳\r\n示例数据\r\n\r\n编号\r\n",
  )
  expect(sheetRows([['@x', 5]])).toBe("'@x,5\r\n")
  expect(sheetRows([])).toBe('')
})
