import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('assessment', {
  periodBackwards: {
    status: 422,
    zh: '起始日期 {from} 晚于截止日期 {to}；请调整日期。',
    en: 'The first day {from} is after the last day {to}; change one of them.',
  },
  notYours: {
    status: 403,
    zh: '{area} 不在您可以设定目标的辖区内；请由该辖区的督查员或分管领导设定。',
    en: 'You may not set targets for {area}; a supervisor or leader of that area can.',
  },
  dayPassed: {
    status: 422,
    zh: '目标只能从今天（{today}）或以后生效，过去的目标不改；请换一个日期。',
    en: 'A target begins today ({today}) or later, past ones stay as they were; choose another day.',
  },
  shareAboveOne: {
    status: 422,
    zh: '比率的目标在 0 到 100% 之间；请改小。',
    en: 'The target of a share lies between 0 and 100%; make it smaller.',
  },
  tooManyColumns: {
    status: 422,
    zh: '按{span}展开有 {n} 列，最多 {most} 列；请缩短期间，或换成按周、按月。',
    en: 'By {span} this makes {n} columns, at most {most} are shown; shorten the period, or choose weeks or months.',
  },
  sameDimension: {
    status: 422,
    zh: '行和列不能用同一个维度；请换一个。',
    en: 'Rows and columns cannot be the same; change one of them.',
  },
})
