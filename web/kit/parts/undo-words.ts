import { texts } from '../text.ts'

/** Words of what is held back, loaded with it. */
export const undoWords = texts(
  { heldBack: '即将提交', sentIn: '{n} 秒后提交', takeBack: '撤销', sendNow: '立即提交' },
  { heldBack: 'About to be sent', sentIn: 'sent in {n} s', takeBack: 'Undo', sendNow: 'Send now' },
)
