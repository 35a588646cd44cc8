import { texts, useText } from '../text.ts'

/** What stands beside one's own posts, apart from the words of handing over: the desk loads these at once. */
export const standingWords = texts(
  { title: '请假与代班', taken: '代 {name}（{place}）至 {until}', day: '{month} 月 {day} 日' },
  { title: 'Leave and stand-in', taken: 'For {name} ({place}) until {until}', day: '{iso}' },
)

/** A day as it is said: 11 月 30 日. */
export function useDay(): (iso: string) => string {
  const t = useText(standingWords)
  return (iso) => {
    const [, month = 0, day = 0] = iso.split('-').map(Number)
    return t('day', { iso, month, day })
  }
}
