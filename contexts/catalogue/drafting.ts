/** New versions of a matter, before they are written. */
import type { LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import type { MatterVersion } from './catalogue.ts'
import { MatterText } from './matter.ts'
import { sameCodeRefusals } from './publishing.ts'

/** A published version's days, in the form that `placeVersion` asks for. */
export function asPeriod(version: MatterVersion): { from: LocalDate; to: LocalDate | null; version: MatterVersion } {
  return { from: version.effectiveFrom as LocalDate, to: version.effectiveTo, version }
}

/** A new version of a matter as a draft, numbered after its siblings unless it takes a draft's place. */
export function versionOf(
  text: MatterText & { effectiveFrom: LocalDate | null },
  siblings: readonly MatterVersion[],
  place: { id?: string | undefined; matterId?: string | undefined; number?: number | undefined; rowVersion?: number },
): MatterVersion {
  const number = place.number ?? Math.max(0, ...siblings.map((version) => version.number)) + 1
  const { conditions, ...head } = MatterText.parse(text)
  const [double] = sameCodeRefusals({ ...head, conditions })
  if (double) throw double
  return {
    ...head,
    id: place.id ?? newId(),
    matterId: siblings[0]?.matterId ?? place.matterId ?? newId(),
    number,
    status: 'draft',
    effectiveFrom: text.effectiveFrom,
    effectiveTo: null,
    rowVersion: place.rowVersion ?? 1,
    publishedAt: null,
    conditions: conditions.map((condition) => ({ ...condition, id: newId() })),
  }
}
