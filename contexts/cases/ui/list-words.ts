import { texts } from '#web/kit/text.ts'

/** The few words of a case in a list, apart from those of its sheet, which a phone loads later. */
export const listWords = texts(
  {
    clockOver: '超时',
    suspended: '已挂账',
    reportedAgo: '{span}反映',
    noPlace: '地点待定',
    noMatter: '事项待定',
    noHolder: '尚未派出',
    sample: '示例数据',
  },
  {
    clockOver: 'Overdue',
    suspended: 'Suspended',
    reportedAgo: 'reported {span}',
    noPlace: 'Place to be decided',
    noMatter: 'Matter to be decided',
    noHolder: 'Not dispatched yet',
    sample: 'Sample data',
  },
)
