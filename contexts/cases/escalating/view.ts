import type { Wording } from '#kernel/refusal.ts'
import { moveReasons } from '../lifecycle.ts'
import type { CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'
import type { TimelineItem } from '../contract.ts'
import { organisationName } from '../view.ts'
import type { RungView } from './contract.ts'
import type { Rung, Stand } from './rung.ts'

const types = { up: 'case.called_up', down: 'case.sent_down' } as const
const reasons: Readonly<Record<string, Wording>> = { ...moveReasons.callUp, ...moveReasons.sendDown }

/** The ladder that a case climbed. Who went a step and what he wrote with it stand in the timeline, in the same order. */
export function ladderOf({ ladder }: Pick<CaseRecord, 'ladder'>, timeline: readonly TimelineItem[], rules: Rules): RungView[] {
  const stand = ({ level, tier, organisationId }: Stand) => ({ level, tier, organisation: organisationName(organisationId, rules) })
  const said = { up: timeline.filter(({ type }) => type === types.up).values(), down: timeline.filter(({ type }) => type === types.down).values() }
  return ladder.map(({ direction, at, reason, from, to }: Rung) => {
    const item = said[direction].next().value
    return {
      direction,
      at,
      from: stand(from),
      to: stand(to),
      reason: reasons[reason] ?? { zh: reason },
      who: item?.who ?? { zh: '' },
      note: item?.note ?? null,
    }
  })
}
