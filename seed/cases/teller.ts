import { acceptCalls, moveCases, prepareCall, type CaseMoveInput, type CaseRecord, type CaseServices } from '#contexts/cases/index.ts'
import { publicActor, systemActor, type Actor } from '#kernel/actor.ts'
import { addMs, MINUTE_MS, type Instant } from '#kernel/clock.ts'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Doing } from '#platform/event.ts'
import { random } from '../random.ts'
import type { Places } from './places.ts'
import { idOf, type Theatre } from './run.ts'
import { sayings } from './sayings.ts'
import { castOf, type Cast } from './staff.ts'

/** The district, and the first grid in it, where the printed sign-ins work. */
export const HOME = '990101' as DistrictCode
export const GRID = `${HOME}001001001`

/** One call of a story. `about` is `matter.condition`; of staff who find something themselves there is no caller. */
interface Telling {
  readonly about: string
  readonly areaCode?: string
  readonly minutesAgo: number
  readonly channel?: 'hotline' | 'grid_worker'
  /** Sent to this unit by a person; without it the rules say who leads. */
  readonly to?: { readonly by: Actor; readonly organisationId: string }
}

type Known = Pick<CaseRecord, 'id' | 'districtCode'>
type By = Actor | 'rule' | 'caller'
type Move = Omit<CaseMoveInput, 'id' | 'commandId' | 'by'>

/** Lets single stories happen on the theatre's clock, each case known by a key. Told again, nothing happens twice. A refusal stops the story. */
export interface Teller {
  readonly cases: CaseServices
  readonly cast: Cast
  /** Sets the clock and says the moment. */
  at(minutesAgo: number): Instant
  /** Takes the call in; the rules file and dispatch it. */
  report(key: string, call: Telling): Promise<CaseRecord>
  move(key: string, minutesAgo: number, by: By, move: Move): Promise<CaseRecord>
  /** Takes up a case that came about otherwise. */
  know(key: string, one: Known): void
  caseOf(key: string): CaseRecord
  /** Somebody of the unit that leads the case now. */
  holderOf(key: string): Actor
  /** A unit of the district by its function. */
  unit(functionCode: string): string
  /** Command of an actor at a moment; the same name is the same command. */
  doing(name: string, minutesAgo: number, actor: Actor): Doing
  /** Lets reminders and escalations happen up to a moment. */
  sweep(minutesAgo: number): Promise<void>
}

const requestId = 'demonstration'

/** Prepares a teller. Moments are minutes before `now`. */
export function tellerOf({ cases, clock, turn }: Theatre, places: Places, now: Instant): Teller {
  const { directory, catalogue } = cases.rules()
  const cast = castOf(directory)
  const conditions = new Map([...catalogue.conditions.values()].map(({ matterCode, code, id }) => [`${matterCode}.${code}`, id]))
  const { known, knownAs, caseOf } = memory()
  const chance = random(11)
  const at = (minutesAgo: number): Instant => {
    const moment = addMs(now, -minutesAgo * MINUTE_MS)
    clock.set(moment)
    return moment
  }
  const moveAll = async (key: string, minutesAgo: number, by: By, moves: readonly Move[]): Promise<CaseRecord> => {
    at(minutesAgo)
    const { id, districtCode } = knownAs(key)
    const inputs = moves.map((move): CaseMoveInput => ({ ...move, id, commandId: idOf(`story ${key} ${minutesAgo} ${move.move}`), by: byOf(by) }))
    for (const [index, outcome] of (await moveCases(cases, districtCode, inputs)).entries()) {
      if (!outcome.ok) throw new Error(`the demonstration's story “${key}” stops at ${inputs[index]?.move}`, { cause: outcome.refusal })
      known.set(key, outcome.record)
    }
    return caseOf(key)
  }
  return {
    cases,
    cast,
    at,
    caseOf,
    know: (key, one) => void known.set(key, one),
    report: async (key, { about, areaCode = GRID, minutesAgo, channel = 'hotline', to }) => {
      const moment = at(minutesAgo)
      const { lng, lat, gridCode, community } = places.spot('estate', chance, areaCode)
      const actor = cast.inRole(channel === 'hotline' ? 'dispatcher' : 'grid_worker', channel === 'hotline' ? HOME : gridCode, 0)
      const caller = channel === 'hotline' ? { callerName: '示例居民', callerPhone: '12300000000' } : {}
      const said = { text: `${sayings[about]?.says[0] ?? about}（示例）`, address: `${community}（示例地址）`, conditionId: conditions.get(about) }
      const call = { ...said, ...caller, commandId: idOf(`story ${key}`), channel, lng, lat, reportedAt: moment, sample: true }
      const prepared = prepareCall(call, { actor, requestId }, moment, cases.rules(), cases.secrets)
      const [accepted] = await acceptCalls(cases, prepared.districtCode, [prepared])
      known.set(key, { ...prepared.record, id: accepted?.id ?? '' })
      if (!to) return moveAll(key, minutesAgo, 'rule', [{ move: 'file' }, { move: 'dispatch' }])
      const dispatch = { move: 'dispatch', organisationId: to.organisationId, note: '由派遣员指定（示例）' } as const
      return moveAll(key, minutesAgo, to.by, [{ move: 'file' }, dispatch])
    },
    move: (key, minutesAgo, by, move) => moveAll(key, minutesAgo, by, [move]),
    holderOf: (key) => {
      const { leadOrganisationId, leadPostId, areaCode } = caseOf(key)
      return cast.holder(leadOrganisationId ?? '', leadPostId, areaCode, 0)
    },
    unit: (functionCode) => [...directory.organisations.values()].find((one) => one.areaCode === HOME && one.functionCode === functionCode)?.id ?? '',
    doing: (name, minutesAgo, actor) => {
      at(minutesAgo)
      return { database: cases.database, clock, actor, commandId: idOf(`story ${name}`), requestId, subscribersOf: cases.subscribersOf }
    },
    sweep: async (minutesAgo) => {
      at(minutesAgo)
      await turn()
    },
  }
}

function byOf(by: By): CaseMoveInput['by'] {
  if (by === 'caller') return { actor: publicActor, requestId, isCaller: true }
  return { actor: by === 'rule' ? systemActor('dispatch') : by, requestId }
}

function memory() {
  const known = new Map<string, Known | CaseRecord>()
  const knownAs = (key: string): Known | CaseRecord => {
    const one = known.get(key)
    if (!one) throw new RangeError(`no story has begun under ${key}`)
    return one
  }
  const caseOf = (key: string): CaseRecord => {
    const one = knownAs(key)
    if (!('version' in one)) throw new RangeError(`of ${key} only the id is known`)
    return one
  }
  return { known, knownAs, caseOf }
}
