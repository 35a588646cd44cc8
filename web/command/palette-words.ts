import { texts } from '#web/kit/text.ts'

/** Words of the palette. */
export const paletteWords = texts(
  { title: '命令面板', hint: '输入命令、页面、区域，或案件编号和内容', cases: '案件', commands: '命令', none: '没有找到' },
  {
    title: 'Commands',
    hint: 'A command, a page, an area, or a case by number or words',
    cases: 'Cases',
    commands: 'Commands',
    none: 'Nothing found',
  },
)
