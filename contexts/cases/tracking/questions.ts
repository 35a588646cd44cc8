import { assignmentsOf, type Assignment, type AssignmentsTables } from '#contexts/assignments/index.ts'
import { emergencyNames } from '#kernel/emergency.ts'
import type { Wording } from '#kernel/refusal.ts'
import { inTransaction, type Tx } from '#platform/database/database.ts'
import { historyOf, type PastEvent } from '#platform/history.ts'
import type { CaseServices } from '../commands.ts'
import type { PublicCase } from '../contract.ts'
import { movesOpenTo } from '../decide.ts'
import { isGuess } from '../guess.ts'
import { isBesideLead } from '../joining/view.ts'
import { moveReasons, movesFrom, statusNames, type CaseMoveName, type CaseStatus } from '../lifecycle.ts'
import { areDone, tiesOf, type Ties } from '../merging/questions.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import type { Rules } from '../rules.ts'
import { findByTracking, findCase, type CasesTables } from '../store.ts'
import { publicTimeline, timelineOf } from '../timeline.ts'
import { organisationName, placeName } from '../view.ts'
import type { ProvenCase } from './proof.ts'

type ReadTx = Tx<CasesTables & AssignmentsTables>

/**
 * What somebody may read of his own report. A call that was merged shows the progress and the result of the case that answers for it. Who has
 * shown number and telephone only gets no words of the report and cannot withdraw it.
 */
export async function publicCaseOf(services: CaseServices, proven: ProvenCase): Promise<PublicCase & { districtCode: string; id: string }> {
  const rules = services.rules()
  return inTransaction(services.database, async (tx: ReadTx) => {
    const record = await findCase(tx, proven.districtCode, proven.caseId)
    if (!record) throw refuse.codeUnknown({}, 'trackingCode')
    const ties = await tiesOf(tx, record)
    const answering = ties.main ?? record
    const [events, assignments] = await Promise.all([
      historyOf(tx, record.districtCode, record.id),
      assignmentsOf(tx, answering.districtCode, answering.id),
    ])
    const ofMain = ties.main ? (await historyOf(tx, record.districtCode, ties.main.id)).filter(({ type }) => !own.has(type)) : []
    const status = answering.status
    return {
      districtCode: record.districtCode,
      id: record.id,
      number: record.number,
      status,
      statusName: { zh: statusNames[status].zh, en: statusNames[status].en },
      text: proven.byCode ? record.text : '',
      place: placeName(record.areaCode, rules),
      // What a person has not confirmed is not told: a wrong word would worry the caller.
      matter: isGuess(answering, rules.catalogue) ? null : answering.matterName,
      holder: organisationName(answering.leadOrganisationId, rules),
      others: assignments.filter((one) => isBesideLead(one) && takesPart(one)).flatMap((one) => organisationName(one.organisationId, rules) ?? []),
      reportedAt: record.reportedAt,
      respondDueAt: answering.respondDueAt,
      disposeDueAt: answering.disposeDueAt,
      timeline: publicTimeline(timelineOf(inOrder([...events, ...ofMain]), new Map(), rules)),
      rejection: rejectionOf([...events, ...ofMain]),
      mainNumber: ties.main?.number ?? null,
      ...partsOf(ties, rules, proven.byCode),
      handedTo: answering.handOver && emergencyNames[answering.handOver.service],
      result: resultOf(answering),
      rating: record.rating,
      ...opensTo(record, ties, services, proven),
      sample: record.sample,
    }
  })
}

/** The same by the keyed hash of a tracking code. */
export async function publicCase(services: CaseServices, trackingHash: string): Promise<PublicCase & { districtCode: string; id: string }> {
  const found = await inTransaction(services.database, (tx: ReadTx) => findByTracking(tx, trackingHash))
  if (!found) throw refuse.codeUnknown({}, 'trackingCode')
  return publicCaseOf(services, { ...found, byCode: true })
}

const takesPart = ({ state }: Assignment): boolean => state !== 'returned' && state !== 'cancelled'

/** What happened to one call alone; the caller of another one that was merged with it has his own. */
const own: ReadonlySet<string> = new Set(['case.reported', 'case.rated', 'case.joined', 'case.parted'])

function inOrder(events: readonly PastEvent[]): PastEvent[] {
  return events.toSorted((a, b) => (a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : 0))
}

const answered: ReadonlySet<CaseStatus> = new Set(['closed', 'checked', 'handled'])

function resultOf(record: CaseRecord): string | null {
  return answered.has(record.status) ? record.result : null
}

function partsOf({ parts }: Ties, rules: Rules, byCode: boolean) {
  return {
    parts: parts.map((part) => ({
      number: part.number,
      // Parts repeat the caller's words, which number and telephone do not open.
      text: byCode ? part.text : '',
      matter: part.matterName,
      statusName: { zh: statusNames[part.status].zh, en: statusNames[part.status].en },
      holder: organisationName(part.leadOrganisationId, rules),
      result: resultOf(part),
    })),
    partsDone: areDone(parts),
  }
}

function opensTo(record: CaseRecord, { main, merged }: Ties, services: CaseServices, { byCode }: ProvenCase) {
  const open = movesOpenTo(record, movesFrom(record.status), {
    actorKey: 'caller',
    isSystem: false,
    isCaller: true,
    organisationIds: [],
    may: () => false,
    at: services.clock.now(),
    caseOf: () => main,
    isMain: merged.length > 0,
  })
  const has = (move: CaseMoveName): boolean => open.includes(move)
  return { mayRate: has('rate'), mayUnrate: has('unrate'), mayWithdraw: byCode && has('withdraw') }
}

/** Why a report was not filed, in the words of the list of reasons; the note beside it may name persons and stays inside. */
function rejectionOf(events: readonly PastEvent[]): Wording | null {
  const rejected = events.findLast((event) => event.type === 'case.rejected')
  const reasons: Readonly<Record<string, Wording>> = moveReasons.reject
  return rejected?.reasonCode ? (reasons[rejected.reasonCode] ?? null) : null
}
