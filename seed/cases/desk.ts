import { acceptCalls, moveCases, prepareCall, splitCase, type CaseMoveInput, type CaseServices } from '#contexts/cases/index.ts'
import { publicActor } from '#kernel/actor.ts'
import { addMs, MINUTE_MS, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { random } from '../random.ts'
import type { Places } from './places.ts'
import type { Theatre } from './run.ts'
import { castOf } from './staff.ts'

interface DeskPlan {
  readonly key: string
  readonly minutesAgo: number
  readonly text: string
  /** What the dispatcher does with it, some minutes later. */
  readonly next: (stage: DeskStage) => Omit<CaseMoveInput, 'id' | 'commandId' | 'by'> | null
}

interface DeskStage {
  /** Id of the call that was planned under this key. */
  readonly caseOf: (key: string) => string
  readonly conditionId: (about: string) => string | undefined
}

const HOME = '990101' as DistrictCode
const GRID = `${HOME}001001001`

/** Two calls about one thing, a call about two things, and one about danger. */
const plans: readonly DeskPlan[] = [
  { key: 'flood', minutesAgo: 34, text: '小区后门下水道堵了，污水冒到路面上，走不过去（示例）', next: () => null },
  {
    key: 'flood again',
    minutesAgo: 26,
    text: '后门那个下水道又冒水了，请快来疏通（示例）',
    next: ({ caseOf }) => ({ move: 'merge', mainId: caseOf('flood'), note: '与前一件为同一处（示例）' }),
  },
  {
    key: 'two things',
    minutesAgo: 42,
    text: '楼下垃圾桶满了没人收，另外门口路灯三天不亮了（示例）',
    next: ({ conditionId }) => ({
      move: 'split',
      parts: [
        { text: '楼下垃圾桶满溢无人清运（示例）', conditionId: conditionId('06042.1') },
        { text: '门口路灯三天不亮（示例）', conditionId: conditionId('01037.1') },
      ],
    }),
  },
  {
    key: 'smoke',
    minutesAgo: 70,
    text: '三楼厨房着火了，楼道里全是浓烟（示例）',
    next: () => ({ move: 'handOver', reasonCode: '119', note: '119 指挥中心 2 号席接收（示例）' }),
  },
]

/** Lets a dispatcher merge, split and hand over calls of the demonstration. Doing it again changes nothing. */
export async function liveAtDesk({ cases, clock }: Theatre, places: Places, now: Instant, idOf: (text: string) => string): Promise<void> {
  const { directory, catalogue } = cases.rules()
  const actor = castOf(directory).inRole('dispatcher', HOME, 0)
  const ids = new Map<string, string>()
  const conditions = new Map([...catalogue.conditions.values()].map(({ matterCode, code, id }) => [`${matterCode}.${code}`, id]))
  const stage: DeskStage = { caseOf: (key) => ids.get(key) ?? '', conditionId: (about) => conditions.get(about) }
  const spot = places.spot('estate', random(7), GRID)
  for (const plan of plans) {
    const at = addMs(now, -plan.minutesAgo * MINUTE_MS)
    clock.set(at)
    ids.set(plan.key, await callIn(cases, plan, { ...spot, at, commandId: idOf(`desk ${plan.key}`) }))
    clock.set(addMs(at, 4 * MINUTE_MS))
    const move = plan.next(stage)
    if (!move) continue
    const input = { ...move, id: stage.caseOf(plan.key), commandId: idOf(`desk ${plan.key} ${move.move}`), by: { actor, requestId: 'demonstration' } }
    const [outcome] = move.move === 'split' ? [await splitCase(cases, HOME, input)] : await moveCases(cases, HOME, [input])
    if (outcome && !outcome.ok) throw outcome.refusal
  }
  clock.set(now)
}

async function callIn(
  cases: CaseServices,
  { text }: DeskPlan,
  { lng, lat, community, at, commandId }: { lng: number; lat: number; community: string; at: Instant; commandId: string },
): Promise<string> {
  const call = { commandId, channel: 'resident', text, address: `${community}（示例地址）`, lng, lat, reportedAt: at, sample: true } as const
  const prepared = prepareCall(call, { actor: publicActor, requestId: 'demonstration' }, at, cases.rules(), cases.secrets)
  const [accepted] = await acceptCalls(cases, HOME, [prepared])
  return accepted?.id ?? ''
}
