/** Everything that stands against publishing a draft, all at once, so that a person mends it in one go. */
import type { LocalDate } from '#kernel/clock.ts'
import { Refusal } from '#kernel/refusal.ts'
import { textOf, type MatterVersion } from './catalogue.ts'
import { delegatedOn, type Delegation } from './delegating/delegation.ts'
import { asPeriod } from './drafting.ts'
import { matterTitle } from './matter.ts'
import { overlapRefusals } from './overlap.ts'
import { placeVersion, publishingRefusals } from './publishing.ts'
import { refuse } from './refusals.ts'

/** Days of the matter's own published versions. */
export function ownPeriods(draft: MatterVersion, published: readonly MatterVersion[]): ReturnType<typeof asPeriod>[] {
  return published.filter((version) => version.matterId === draft.matterId && version.status === 'published').map(asPeriod)
}

/** What a draft is held against: the published versions of all matters, and the delegations of all days. */
export interface Standing {
  readonly published: readonly MatterVersion[]
  readonly delegations: readonly Delegation[]
}

/** Gaps of the text come first, then the date, then rules that hide each other. */
export function reviewDraft(draft: MatterVersion, { published, delegations }: Standing, today: LocalDate): Refusal[] {
  const others = published.filter((version) => version.status === 'published' && version.matterId !== draft.matterId)
  const from = draft.effectiveFrom ?? today
  return [
    ...publishingRefusals(textOf(draft), delegatedOn(delegations, draft.matterId, from)),
    ...dateRefusals(draft, published, today),
    ...overlapRefusals([{ ...draft, effectiveFrom: from }], others),
  ]
}

function dateRefusals(draft: MatterVersion, published: readonly MatterVersion[], today: LocalDate): Refusal[] {
  const matter = matterTitle(draft)
  if (draft.effectiveFrom === null) return [refuse.noEffectiveDate({ matter }, 'effectiveFrom')]
  try {
    placeVersion(matter, { from: draft.effectiveFrom, to: null }, ownPeriods(draft, published), today)
    return []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [error]
  }
}
