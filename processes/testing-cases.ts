/** Cases for the policy matrix: one for every move, at every kind of place and in every kind of hand, each in a status from which the move may be made. */
import { moveCases, prepareCall, acceptCalls, type CaseMoveInput } from '#contexts/cases/index.ts'
import { caseMoveNames, caseMoves, type CaseMoveName, type CaseStatus } from '#contexts/cases/lifecycle.ts'
import { publicActor, systemActor } from '#kernel/actor.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import { newId } from '#kernel/id.ts'
import type { World } from './compose.ts'
import { middleOf } from './testing-city.ts'

/** Where a case lies and who holds it, seen from the staff of the first district: inside and outside of area, district and organisation, in every mixture. */
export const placings = [
  { grid: '990101001001001', holder: 'community-990101001001' },
  { grid: '990101001001001', holder: 'urban_management-990101' },
  { grid: '990101001001002', holder: 'urban_management-990101' },
  { grid: '990101001001002', holder: 'street-990101001' },
  { grid: '990101001001001', holder: 'property-990101001001' },
  { grid: '990101002001001', holder: 'community-990101001001' },
  { grid: '990101002001001', holder: 'urban_management-990101' },
  { grid: '990102001001001', holder: 'urban_management-990102' },
  { grid: '990102001001001', holder: 'street-990102001' },
  { grid: '990102002001002', holder: 'urban_management-990101' },
] as const
export type Placing = (typeof placings)[number]

/** A case that waits for one move. */
export interface LaidCase {
  readonly id: string
  readonly districtCode: DistrictCode
  readonly trackingCode: string
  readonly move: CaseMoveName
  readonly placing: Placing
}

/** The straight life of a case up to a status. */
const lifeUpTo: Partial<Record<CaseStatus, readonly CaseMoveName[]>> = {
  reported: [],
  filed: ['file'],
  dispatched: ['file', 'dispatch'],
  contacted: ['file', 'dispatch', 'contact'],
  handled: ['file', 'dispatch', 'contact', 'handle'],
  checked: ['file', 'dispatch', 'contact', 'handle', 'check'],
  closed: ['file', 'dispatch', 'contact', 'handle', 'check', 'close'],
  merged: ['merge'],
}

/** A case of the same district that nobody ends, for others to be merged into. */
export function mainFor({ districtCode }: { readonly districtCode: string }, laid: readonly LaidCase[]): LaidCase | undefined {
  return laid.find((one) => one.move === 'correct' && one.districtCode === districtCode)
}

/** Lays a case for every move at every placing, through the real commands. */
export async function layCases(world: World): Promise<LaidCase[]> {
  const wanted = caseMoveNames.flatMap((move) => placings.filter((placing) => fits(move, placing)).map((placing) => ({ move, placing })))
  const laid: LaidCase[] = []
  for (const [district, some] of Map.groupBy(wanted, ({ placing }) => placing.grid.slice(0, 6) as DistrictCode))
    laid.push(...(await layDistrict(world, district, some)))
  return laid
}

async function layDistrict(world: World, districtCode: DistrictCode, wanted: readonly Pick<LaidCase, 'move' | 'placing'>[]): Promise<LaidCase[]> {
  const calls = wanted.map(({ move, placing }) => {
    const input = {
      commandId: newId(),
      channel: 'resident',
      // The light way is for trifles; the other is the street's own duty, so that it may be in anybody's hands.
      text: trifling.has(move) ? '墙上到处贴小广告，撕不掉' : '有人在路边烧垃圾，冒烟很呛人',
      ...middleOf(placing.grid),
      address: '示例路 1 号 101 室',
      callerName: '示例居民',
      callerPhone: '13800001234',
    } as const
    return prepareCall(input, { actor: publicActor, requestId: 'test' }, world.clock.now(), world.rules(), world.cases.secrets)
  })
  const accepted = await acceptCalls(world.cases, districtCode, calls)
  const laid = accepted.map(({ id, trackingCode }, index): LaidCase => ({
    ...(wanted[index] as (typeof wanted)[number]),
    id,
    districtCode,
    trackingCode,
  }))
  const outcomes = await moveCases(
    world.cases,
    districtCode,
    laid.flatMap((one) => lifeOf(world, one, laid)),
  )
  for (const outcome of outcomes) if (!outcome.ok) throw outcome.refusal
  return laid
}

const trifling = new Set<CaseMoveName>(['settle', 'confirm'])

// A case can be sent down only by whoever was called, so it is laid with those who have somebody above. A participant's hands hold what a participant is
// asked about, so that one page of a list still holds everybody's cases.
function fits(move: CaseMoveName, { holder }: Placing): boolean {
  if (move === 'sendDown') return /^(street|community)-/.test(holder)
  return !holder.startsWith('property') || ['contact', 'handle', 'giveBack', 'check', 'close'].includes(move)
}

function lifeOf(world: World, one: LaidCase, laid: readonly LaidCase[]): CaseMoveInput[] {
  const { id, move, placing } = one
  const holder = [...world.rules().directory.organisations.values()].find(({ code }) => code === placing.holder)
  const from = caseMoves[move].from[0] as CaseStatus
  return [...(lifeUpTo[from] ?? []), ...(move === 'sendDown' ? (['callUp'] as const) : [])].map((name) => ({
    id,
    move: name,
    commandId: newId(),
    // Whoever checks is not who handled.
    by: { actor: systemActor(`test ${name}`), requestId: 'test' },
    ...(name === 'dispatch' ? { organisationId: holder?.id, note: '示例' } : {}),
    ...(name === 'handle' ? { note: '已处置' } : {}),
    ...(name === 'callUp' ? { reasonCode: 'beyond_means', note: '已劝导' } : {}),
    ...(name === 'merge' ? { mainId: mainFor(one, laid)?.id } : {}),
  }))
}
