import type { LocalDate } from '#kernel/clock.ts'
import type { Wording } from '#kernel/refusal.ts'

/** A ready sentence. It fits every matter whose code begins with `matterPrefix`. */
export interface ReadyPhrase {
  readonly matterPrefix: string
  readonly ordinal: number
  readonly effectiveFrom: LocalDate
  /** First day on which it no longer holds. */
  readonly effectiveTo: LocalDate | null
  readonly text: Wording
}

/** The place of a sentence: its prefix and its number there. What stands there may change from day to day. */
export type PhrasePlace = Pick<ReadyPhrase, 'matterPrefix' | 'ordinal'>

/** The next free number under a prefix. */
export function nextOrdinal(phrases: readonly PhrasePlace[], matterPrefix: string): number {
  return Math.max(0, ...phrases.filter((one) => one.matterPrefix === matterPrefix).map(({ ordinal }) => ordinal)) + 1
}

const MOST = 5

/** The sentences for a matter on a day, the most particular first, at most five: what has to be searched is no help at the door. */
export function phrasesFor(phrases: readonly ReadyPhrase[], matterCode: string, on: LocalDate): Wording[] {
  return phrases
    .filter(({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo === null || on < effectiveTo))
    .filter(({ matterPrefix }) => matterCode.startsWith(matterPrefix))
    .toSorted((one, other) => other.matterPrefix.length - one.matterPrefix.length || one.ordinal - other.ordinal)
    .slice(0, MOST)
    .map(({ text }) => text)
}
