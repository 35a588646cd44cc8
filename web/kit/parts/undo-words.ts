import { texts } from '../text.ts'

/** Words of what is held back, loaded with it. */
export const undoWords = texts(
  {
    heldBack: '即将提交',
    sentIn: '{n} 秒后提交',
    takeBack: '撤销',
    sendNow: '立即提交',
    unsent: '没有送到',
    unsentMore: '另有 {n} 件',
    sendAgain: '再发一次',
    giveUp: '不发了',
  },
  {
    heldBack: 'About to be sent',
    sentIn: 'sent in {n} s',
    takeBack: 'Undo',
    sendNow: 'Send now',
    unsent: 'Not sent',
    unsentMore: 'and {n} more',
    sendAgain: 'Send again',
    giveUp: 'Give up',
  },
)
