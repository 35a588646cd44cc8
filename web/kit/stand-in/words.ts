import { texts, useText } from '../text.ts'

/** Words of 请假与代班. Nothing asks why somebody is away. */
export const standInWords = texts(
  {
    title: '请假与代班',
    lead: '您不在的日子，由同事代您的岗位：在办的和新来的都归他办；您自己照常也能办。',
    act: '请假，找人代班',
    post: '岗位',
    who: '谁来代班',
    choose: '请选择',
    whoMissing: '请选择代班的同事',
    nobody: '没有可以代班的同事，请联系系统管理员',
    from: '第一天',
    fromMissing: '请选择第一天',
    until: '最后一天',
    untilMissing: '请选择最后一天',
    untilHint: '含当天，最长 {days} 天；可随时提前结束',
    confirm: '交给他代班',
    done: '{name} 将代您的岗位，至 {until}',
    given: '代班：{name}（{place}）{from} 至 {until}',
    taken: '代 {name}（{place}）至 {until}',
    takenLater: '代 {name}（{place}）{from} 至 {until}',
    end: '结束',
    ended: '代班已结束',
    cannot: '您的岗位不能交人代班：只有网格员、处置、核查、派遣、督查的岗位可以。',
    day: '{month} 月 {day} 日',
  },
  {
    title: 'Leave and stand-in',
    lead: 'While you are away a colleague has your post: the work in hand and what comes. You keep it as well.',
    act: 'Leave: find a stand-in',
    post: 'Post',
    who: 'Who stands in',
    choose: 'Choose',
    whoMissing: 'Choose the colleague who stands in',
    nobody: 'No colleague can stand in. Ask the system administrator.',
    from: 'First day',
    fromMissing: 'Choose the first day',
    until: 'Last day',
    untilMissing: 'Choose the last day',
    untilHint: 'Included; {days} days at most, and it can end earlier at any time',
    confirm: 'Hand over',
    done: '{name} stands in for you until {until}',
    given: 'Stands in: {name} ({place}), {from} to {until}',
    taken: 'For {name} ({place}) until {until}',
    takenLater: 'For {name} ({place}), {from} to {until}',
    end: 'End',
    ended: 'The stand-in has ended',
    cannot: 'Your posts cannot be handed over: only those that handle, inspect, dispatch or supervise.',
    day: '{iso}',
  },
)

/** A day as it is said: 11 月 30 日. */
export function useDay(): (day: string) => string {
  const t = useText(standInWords)
  return (iso) => {
    const [, month, day] = iso.split('-').map(Number)
    return t('day', { iso, month: month ?? '', day: day ?? '' })
  }
}
