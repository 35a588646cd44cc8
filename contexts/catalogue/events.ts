import { z } from 'zod'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Doing, NewEvent } from '#platform/event.ts'

/** A draft was written. */
const CatalogueDraftSaved = z.object({ matterId: z.uuid(), number: z.number().int() })
/** A version takes effect on a day and ends the former one. */
const CataloguePublished = z.object({ matterId: z.uuid(), number: z.number().int(), effectiveFrom: z.string() })
/** A file changed matters, calendars, working hours, ladders or settings. */
const CatalogueImported = z.object({ added: z.number().int(), changed: z.number().int() })

/** Events that this context emits, by type. The catalogue is the city's, so each is told once in every district. */
export const catalogueEvents = {
  'catalogue.draft_saved': CatalogueDraftSaved,
  'catalogue.published': CataloguePublished,
  'catalogue.imported': CatalogueImported,
} as const
type EventType = keyof typeof catalogueEvents

/** Subject of events that concern the catalogue as a whole; their subject version is its revision. */
const CATALOGUE_ID = '00000000-0000-7000-8000-00000000ca7a'

interface About<T extends EventType> {
  readonly type: T
  readonly data: z.infer<(typeof catalogueEvents)[T]>
  /** A version of a matter; without one it is the whole catalogue. */
  readonly version?: { readonly id: string; readonly rowVersion: number; readonly from: string | null; readonly to: string }
}

/** The same event for each district's log and streams. */
export function catalogueEvent<T extends EventType>(
  doing: Doing,
  districts: readonly DistrictCode[],
  revision: number,
  { type, data, version }: About<T>,
): NewEvent[] {
  const subject = version
    ? { subjectKind: 'matter_version', subjectId: version.id, subjectVersion: version.rowVersion, fromState: version.from, toState: version.to }
    : { subjectKind: 'catalogue', subjectId: CATALOGUE_ID, subjectVersion: revision }
  return districts.map((districtCode) => ({
    type,
    version: 1,
    districtCode,
    ...subject,
    happenedAt: doing.clock.now(),
    ruleVersion: String(revision),
    data,
  }))
}
