import { texts } from '#web/kit/text.ts'

/** Words of settling trifles. */
export const settlingWords = texts(
  {
    lead: '选一句，10 秒后提交，可以撤销；提交后由别人核查结案。',
    phrases: '办理结果',
    other: '换个说法',
    settle: '当场办结',
    missing: '请选一句或写明办理结果',
    settled: '{number} 已办结，等别人核查',
    held: '{number} 当场办结：{result}',
    onSpot: '已经当场办好了',
    onSpotHint: '只用于 D、C 级的琐事小事；由别人核查结案',
    reportSettled: '上报并办结',
  },
  {
    lead: 'Choose a sentence. It is sent after 10 seconds and can be taken back; somebody else then checks and closes it.',
    phrases: 'Result',
    other: 'In other words',
    settle: 'Settle',
    missing: 'Choose a sentence or write the result',
    settled: '{number} is settled and waits for somebody else’s check',
    held: '{number} settled: {result}',
    onSpot: 'It is done already, on the spot',
    onSpotHint: 'For trifles of tiers D and C only; somebody else checks and closes it',
    reportSettled: 'Report as settled',
  },
)
