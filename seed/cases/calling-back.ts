import { drawDetail, drawSample, publishDraw, recordCallBack } from '#contexts/cases/index.ts'
import { addDays, localDate, type Instant } from '#kernel/clock.ts'
import { HOME, type Teller } from './teller.ts'

const HOUR = 60

/** What the callers of a sample say, in the order of the sample; the rest have not been called yet. */
const answers = [
  ['solved', '反映人确认已解决（示例）'],
  ['not_solved', '反映人称问题又出现（示例）'],
  ['not_happy', '已解决，但等候时间长（示例）'],
  ['not_reached', '两次未接（示例）'],
  ['solved', '当天就处理了（示例）'],
] as const

/** A sample that was drawn and partly called back, one caller of which says that nothing was solved, and a sample whose seed is published but not drawn. */
export async function liveCallBacks(teller: Teller, now: Instant): Promise<void> {
  const { cases, cast } = teller
  const supervisor = cast.inRole('supervisor', HOME, 0)
  const today = localDate(now, cases.rules().catalogue.calendar.zone)
  const lastWeek = { areaCode: HOME, from: addDays(today, -14), to: addDays(today, -7) }
  const key = await publishDraw(teller.doing('seed', 30 * HOUR, supervisor), cases, lastWeek)
  await drawSample(teller.doing('draw', 29 * HOUR, supervisor), cases, key)
  const caller = cast.inRole('dispatcher', HOME, 1)
  const { items } = await drawDetail(cases, caller, key)
  // One at least is left to call.
  const callable = items.filter(({ mayRecord }) => mayRecord).slice(0, -1)
  for (const [at, [outcome, note]] of answers.entries()) {
    const row = callable[at]
    if (row) await recordCallBack(teller.doing(`call back ${at}`, (28 - at) * HOUR, caller), cases, key, { caseId: row.caseId, outcome, note })
  }
  const thisWeek = { areaCode: `${HOME}001`, from: addDays(today, -6), to: addDays(today, -1) }
  await publishDraw(teller.doing('next seed', HOUR, supervisor), cases, thisWeek)
}

/** Two calls about one thing: one case answers both, and both callers rate it. */
export async function liveMerged(teller: Teller): Promise<void> {
  const { cast } = teller
  const dispatcher = cast.inRole('dispatcher', HOME, 0)
  await teller.report('bins', { about: '06042.1', minutesAgo: 75 * HOUR })
  const second = await teller.report('bins again', { about: '06042.1', minutesAgo: 74 * HOUR })
  const main = teller.caseOf('bins')
  if (second.status === 'dispatched')
    await teller.move('bins again', 74 * HOUR - 10, dispatcher, { move: 'merge', mainId: main.id, note: '同一处（示例）' })
  await teller.move('bins', 74 * HOUR - 20, teller.holderOf('bins'), { move: 'contact', note: '已到现场查看（示例）' })
  await teller.move('bins', 73 * HOUR, teller.holderOf('bins'), { move: 'handle', reasonCode: 'not_needed', note: '已清运（示例）' })
  await teller.move('bins', 72 * HOUR, cast.inRole('inspector', main.areaCode, 0), { move: 'check' })
  await teller.move('bins', 71 * HOUR, dispatcher, { move: 'close' })
  await teller.move('bins', 60 * HOUR, 'caller', { move: 'rate', score: 5 })
  await teller.move('bins again', 59 * HOUR, 'caller', { move: 'rate', score: 4 })
}
