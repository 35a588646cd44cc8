import { z } from 'zod'
import type { DistrictCode } from '#kernel/codes.ts'
import type { Doing, NewEvent } from '#platform/event.ts'

/** A draft was written. */
const CatalogueDraftSaved = z.object({ matterId: z.uuid(), number: z.number().int() })
/** A version takes effect on a day and ends the former one. */
const CataloguePublished = z.object({ matterId: z.uuid(), number: z.number().int(), effectiveFrom: z.string() })
/** A file changed matters, calendars, working hours, ladders or settings. */
const CatalogueImported = z.object({ added: z.number().int(), changed: z.number().int() })

/** A department's work goes down as lead. What goes with it and who signed stay in the row. */
const Delegated = z.object({
  matterId: z.uuid(),
  organisationId: z.uuid(),
  level: z.string(),
  areaCode: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
})
/** A delegation was ended before its term. One that runs out says nothing: its dates do. */
const DelegationEnded = z.object({ matterId: z.uuid(), endedOn: z.string() })

/** A department asked for a matter to enter the committees' list, and the district decided; the decision is the event's state. */
const Entry = z.object({ matterId: z.uuid(), organisationId: z.uuid(), areaCode: z.string() })
/** A row of the committees' lists began or ended. */
const CommitteeDutyChanged = z.object({ list: z.string(), matterId: z.uuid(), areaCode: z.string(), listed: z.boolean() })

/** Events that this context emits, by type. The catalogue is the city's, so each is told once in every district; a delegation is its district's. */
export const catalogueEvents = {
  'catalogue.draft_saved': CatalogueDraftSaved,
  'catalogue.published': CataloguePublished,
  'catalogue.imported': CatalogueImported,
  'catalogue.delegated': Delegated,
  'catalogue.delegation_ended': DelegationEnded,
  'catalogue.entry_asked': Entry,
  'catalogue.entry_decided': Entry,
  'catalogue.committee_duty_listed': CommitteeDutyChanged,
  'catalogue.committee_duty_ended': CommitteeDutyChanged,
} as const
type EventType = keyof typeof catalogueEvents

/** Subject of events that concern the catalogue as a whole; their subject version is its revision. */
const CATALOGUE_ID = '00000000-0000-7000-8000-00000000ca7a'

interface About<T extends EventType> {
  readonly type: T
  readonly data: z.infer<(typeof catalogueEvents)[T]>
  /** A version of a matter; without one it is the whole catalogue. */
  readonly version?: { readonly id: string; readonly rowVersion: number; readonly from: string | null; readonly to: string }
  /** Id of the delegation, of the row of a list, or the entry request with its states, that it is about. */
  readonly delegation?: string
  readonly duty?: string
  readonly entry?: { readonly id: string; readonly from: string | null; readonly to: string }
}

/** The same event for each district's log and streams. */
export function catalogueEvent<T extends EventType>(
  doing: Doing,
  districts: readonly DistrictCode[],
  revision: number,
  { type, data, ...about }: About<T>,
): NewEvent[] {
  const subject = subjectOf(about, revision)
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

function subjectOf({ version, delegation, duty, entry }: Omit<About<EventType>, 'type' | 'data'>, revision: number) {
  if (version) {
    const { id, rowVersion, from, to } = version
    return { subjectKind: 'matter_version', subjectId: id, subjectVersion: rowVersion, fromState: from, toState: to }
  }
  if (entry) return { subjectKind: 'entry_request', subjectId: entry.id, subjectVersion: revision, fromState: entry.from, toState: entry.to }
  const [subjectKind, subjectId] = delegation ? ['delegation', delegation] : duty ? ['committee_duty', duty] : ['catalogue', CATALOGUE_ID]
  return { subjectKind, subjectId, subjectVersion: revision }
}
