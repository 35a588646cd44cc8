import { assignmentEvents } from '#contexts/assignments/index.ts'
import { namedAs, type Directory } from '#contexts/people/index.ts'
import type { Wording } from '#kernel/refusal.ts'
import type { PastEvent } from '#platform/history.ts'
import type { TimelineItem } from './contract.ts'
import { caseEvents } from './events.ts'
import { callBackOutcomeNames } from './calling-back/lifecycle.ts'
import { moveReasons, summonedReasons } from './lifecycle.ts'
import { requestKindNames, requestReasons } from './requesting/lifecycle.ts'
import type { Rules } from './rules.ts'
import { reword } from './whistling/lifecycle.ts'

const labels: Readonly<Record<string, Wording>> = { ...caseEvents, ...assignmentEvents }
const reasons: Readonly<Record<string, Wording>> = Object.assign(
  {},
  ...Object.values(requestReasons),
  requestKindNames,
  summonedReasons,
  callBackOutcomeNames,
  ...Object.values(moveReasons),
)
const caller: Wording = { zh: '反映人', en: 'Caller' }
const platform: Wording = { zh: '系统规则', en: 'Rule of the platform' }
const formerColleague: Wording = { zh: '（已离任）', en: '(no longer in post)' }

/** Events as sentences of a timeline, with the note that was typed beside each move. */
export function timelineOf(events: readonly PastEvent[], notes: ReadonlyMap<string, string>, { directory, catalogue }: Rules): TimelineItem[] {
  return events.map((event) => ({
    at: event.happenedAt,
    type: event.type,
    label: reword(labels[event.type] ?? { zh: event.type }, catalogue.whistle),
    who: whoOf(event, directory),
    organisation: organisationOf(event, directory),
    reason: event.reasonCode === null ? null : (reasons[event.reasonCode] ?? { zh: event.reasonCode }),
    note: notes.get(`${event.commandId}:${event.type}`) ?? null,
  }))
}

function whoOf(event: Pick<PastEvent, 'actorKind' | 'actorPersonId' | 'actorPostId'>, directory: Directory): Wording {
  if (event.actorKind === 'public') return caller
  return event.actorPersonId === null ? platform : personName(event.actorPersonId, event.actorPostId, directory)
}

/** Who acted by this post: its holder, or whoever stood in. */
export function personName(personId: string | null, postId: string | null, directory: Directory): Wording {
  return namedAs(directory, personId ?? '', postId) ?? formerColleague
}

/** Who took a step, from the key that `actorKey` made. */
export function whoseKey(key: string, postId: string | null, directory: Directory): Wording {
  const [kind, personId = ''] = key.split(':')
  return kind === 'person' ? personName(personId, postId, directory) : kind === 'public' ? caller : platform
}

// Steps that are about a unit name that unit; every other step the unit of whoever acted.
const aboutUnit =
  /^assignment\.|^case\.(dispatched|called_up|sent_down|reassigned|unit_added|unit_dropped)$|^whistle\.(unit_summoned|unit_relieved|rated)$/
function organisationOf(event: PastEvent, directory: Directory): Wording | null {
  const received = aboutUnit.test(event.type) ? event.data['organisationId'] : undefined
  const id = typeof received === 'string' ? received : event.actorPostId === null ? undefined : directory.posts.get(event.actorPostId)?.organisationId
  return id === undefined ? null : (directory.organisations.get(id)?.name ?? null)
}

/** Only what the caller may read: what was done by which unit, never a person's name or an internal reminder. */
export function publicTimeline(items: readonly TimelineItem[]): { at: string; label: Wording; organisation: Wording | null }[] {
  const internal = new Set([
    'case.corrected',
    'case.held',
    'case.urged',
    'case.escalated',
    'case.opinion_given',
    'case.resumed',
    'case.unit_dropped',
    'case.unit_returned',
    'assignment.reminded',
    'assignment.escalated',
  ])
  // Of a whistle the caller hears whom it brought to his case, not how the units deal with each other; nothing of what units ask each other for.
  const isInternal = ({ type }: TimelineItem): boolean =>
    internal.has(type) || /^case\.(request|precedent)_/.test(type) || (type.startsWith('whistle.') && type !== 'whistle.unit_summoned')
  return items.filter((item) => !isInternal(item)).map(({ at, label, organisation }) => ({ at, label, organisation }))
}
