import { say, texts, useText } from '#web/kit/text.ts'
import type { CaseSummary } from '../contract.ts'

/** The few words of a case in a list, apart from those of its sheet, which a phone loads later. */
export const listWords = texts(
  {
    clockOver: '超时',
    suspended: '已挂账',
    reportedAgo: '{span}反映',
    noPlace: '地点待定',
    noMatter: '事项待定',
    perhaps: '疑似 {matter}',
    noHolder: '尚未派出',
    sample: '示例数据',
  },
  {
    clockOver: 'Overdue',
    suspended: 'Suspended',
    reportedAgo: 'reported {span}',
    noPlace: 'Place to be decided',
    noMatter: 'Matter to be decided',
    perhaps: 'Perhaps {matter}',
    noHolder: 'Not dispatched yet',
    sample: 'Sample data',
  },
)

/** The matter as lists and sheets name it; one that only the words suggest is no fact. In the language shown now. */
export function matterWords({ matter, guess }: Pick<CaseSummary, 'matter' | 'guess'>): string {
  const t = useText(listWords)
  return matter ? (guess ? t('perhaps', { matter: say(matter) }) : say(matter)) : t('noMatter')
}
