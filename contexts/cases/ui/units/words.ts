import { texts } from '#web/kit/text.ts'

/** Words of sending a case to several units at once. */
export const candidateTexts = texts(
  {
    several: '同时派给几个单位，谁先接谁牵头',
    candidates: '可以接办的单位',
    othersThen: '有单位接办后，其他单位',
    fewMissing: '请至少选择两个单位',
  },
  {
    several: 'Send it to several units; the first to take it leads',
    candidates: 'Units that may take it',
    othersThen: 'Once one has taken it, the others',
    fewMissing: 'Choose at least two units',
  },
)
