import { texts } from '#web/kit/text.ts'

/** Words of the board of what is late. */
export const superviseWords = texts(
  {
    title: '督办',
    sum: '超时 {n} 件',
    by: '排列',
    byArea: '按街镇',
    byUnit: '按单位',
    overdue: '超时 {n}',
    soon: '即将 {n}',
    oldest: '最久 {span}',
    noUnit: '还没有派出',
    noneTitle: '没有超时的案件',
    noneText: '也没有即将超时的案件。',
    more: '更多请在派单台“超时”视图查看',
  },
  {
    title: 'Overdue',
    sum: '{n} case overdue|{n} cases overdue',
    by: 'Arrange',
    byArea: 'By street',
    byUnit: 'By unit',
    overdue: '{n} overdue',
    soon: '{n} soon',
    oldest: 'longest {span}',
    noUnit: 'Not dispatched yet',
    noneTitle: 'Nothing is overdue',
    noneText: 'Nothing is about to be, either.',
    more: 'See the others in the view “Overdue” of the queue',
  },
)
