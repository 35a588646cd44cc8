import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('assessment', {
  periodBackwards: {
    status: 422,
    zh: '起始日期 {from} 晚于截止日期 {to}；请调整日期。',
    en: 'The first day {from} is after the last day {to}; change one of them.',
  },
})
