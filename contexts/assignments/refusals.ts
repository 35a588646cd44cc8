import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('assignments', {
  moveNotAllowed: {
    status: 409,
    zh: '任务当前状态为“{state}”，不能执行“{move}”。请刷新后再试。',
    en: 'The assignment is {state}; {move} is not possible. Refresh and try again.',
  },
})
