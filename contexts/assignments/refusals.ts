import { refusals } from '#kernel/refusal.ts'

export const refuse = refusals('assignments', {
  moveNotAllowed: {
    status: 409,
    zh: '任务当前状态为“{state}”，不能执行“{move}”。请刷新后再试。',
    en: 'The assignment is {state}; {move} is not possible. Refresh and try again.',
  },
  arriveFirst: {
    status: 422,
    zh: '还没有到场。请先登记到场，再反馈结果。',
    en: 'Nobody is on the site yet. Record the arrival first, then feed back the result.',
  },
})
