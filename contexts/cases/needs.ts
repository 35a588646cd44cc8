import { DAY_MS, MINUTE_MS, msOf, type Instant } from '#kernel/clock.ts'
import {
  caseMoves,
  caseSteps,
  FEWEST_PARTS,
  MOST_PARTS,
  moveReasons,
  SECOND_THOUGHTS_MINUTES,
  statusNames,
  summonedReasons,
  trifleTiers,
  type CaseNeed,
  type CaseStatus,
  type CaseStep,
} from './lifecycle.ts'
import type { Check } from './move.ts'
import { refuse } from './refusals.ts'

/** Days after closing in which a case may be reopened. */
export const REOPEN_WINDOW_DAYS = 15

/** Statuses of a case that nobody has answered yet. */
const atWork: ReadonlySet<CaseStatus> = new Set(['reported', 'filed', 'dispatched', 'contacted', 'reopened'])

function isRecent(at: Instant | null, now: Instant): boolean {
  return at !== null && msOf(now) - msOf(at) <= SECOND_THOUGHTS_MINUTES * MINUTE_MS
}

/** The conditions that `needs` of a move names (contexts/cases/lifecycle.ts). */
export const requireNeed: Record<CaseNeed, Check> = {
  // What only the words suggest is confirmed by somebody who read them; a long list at once confirms nothing.
  matter: (record, request, facts) => {
    if (record.conditionId === null) throw refuse.matterMissing({}, 'conditionId')
    if (!facts.isSystem && request.conditionId === undefined && facts.isGuess(record)) throw refuse.matterUnconfirmed({}, 'conditionId')
  },
  place: (record) => {
    // The district alone is where a call lands that nobody could locate. A recorded case was dispatched long ago, with or without a place.
    if (record.areaCode.length <= 6 && !record.recordedClock) throw refuse.placeMissing({}, 'areaCode')
  },
  // Answered by the plan itself, which refuses when nobody is on duty.
  dutyHolder: () => undefined,
  holdsAssignment: (record, _request, facts) => {
    if (!facts.isSystem && !facts.organisationIds.includes(record.leadOrganisationId ?? '')) throw refuse.holdsNot()
  },
  // While several units are asked, each of them may take the case; the effect finds out which one it is.
  holdsOrMayTake: (record, _request, facts) => {
    const holders = record.assignmentId === null ? record.awaitedOrganisationIds : [record.leadOrganisationId]
    if (!facts.isSystem && !holders.some((id) => facts.organisationIds.includes(id ?? ''))) throw refuse.holdsNot()
  },
  reason: (_record, request, facts) => {
    const known: Record<string, object> = moveReasons
    // Where every unit that was asked said no, the platform gives the case back for them.
    const ofUnits = facts.isSystem && request.move === 'giveBack' ? summonedReasons : {}
    if (!request.reasonCode || !(request.reasonCode in { ...known[request.move], ...ofUnits })) throw refuse.reasonMissing({}, 'reasonCode')
  },
  result: (_record, request) => {
    if (!request.note?.trim()) throw refuse.resultMissing({}, 'note')
  },
  // 采办分离: handling and checking by different people, another person and not merely another post (Guangzhou matter-entry rule).
  notOwnWork: (record, _request, facts) => {
    if (record.handledBy.includes(facts.actorKey)) throw refuse.ownWork()
  },
  allSteps: (record, request) => {
    const given: readonly CaseStep[] = caseMoves[request.move].steps
    const missing = caseSteps.filter((step) => !given.includes(step) && !record.steps.includes(step))
    if (missing.length > 0) throw refuse.stepsMissing({ steps: missing.join() })
  },
  withinReopenWindow: (record, request, facts) => {
    // A sample is drawn over a period that has ended; its answer comes when it comes.
    if (facts.isSystem && request.reasonCode === 'call_back') return
    if (record.closedAt !== null && msOf(facts.at) - msOf(record.closedAt) > REOPEN_WINDOW_DAYS * DAY_MS)
      throw refuse.reopenTooLate({ days: REOPEN_WINDOW_DAYS })
  },
  otherDistrict: (record, request, facts) => {
    const area = request.areaCode === undefined ? undefined : facts.area(request.areaCode)
    if (!area || area.code.length <= 6) throw refuse.areaUnknown({ code: request.areaCode ?? '' }, 'areaCode')
    if (area.code.startsWith(record.districtCode)) throw refuse.sameDistrict({}, 'areaCode')
  },
  // An adjudication is final: the unit that it named keeps the case.
  notBound: (record, _request, facts) => {
    if (!facts.isSystem && record.boundOrganisationIds.includes(record.leadOrganisationId ?? '')) throw refuse.boundByAdjudication()
  },
  byDecision: (_record, _request, facts) => {
    if (!facts.byDecision) throw refuse.onlyByDecision()
  },
  tried: (_record, request) => {
    if (!request.note?.trim()) throw refuse.triedMissing({}, 'note')
  },
  // Answered by the plans themselves, which refuse when there is no unit above, or nobody who called.
  rungAbove: (record, _request, facts) => void facts.planCallUp(record, facts.at),
  rungBelow: (record, _request, facts) => void facts.planSendDown(record, facts.at),
  trifle: (record) => {
    if (!trifleTiers.includes(record.tier ?? '')) throw refuse.noTrifle({ tier: record.tier ?? '—' })
  },
  // A case that was reopened and closed again has a new answer, which may be rated anew.
  notRated: (record) => {
    const isAnsweredAgain = record.ratedAt !== null && record.closedAt !== null && record.ratedAt < record.closedAt
    if (record.rating !== null && !isAnsweredAgain) throw refuse.alreadyRated()
  },
  ratedJustNow: (record, _request, facts) => {
    const main = record.mergedInto === null ? record : facts.caseOf(record.mergedInto)
    const isStill = main !== undefined && (main.status === 'closed' || main.status === 'reopened')
    if (record.rating === null || !isStill || !isRecent(record.ratedAt, facts.at)) throw refuse.tooLateToChange({ minutes: SECOND_THOUGHTS_MINUTES })
  },
  // As long as nobody has begun; within ten minutes of the report also afterwards, and out of a merge.
  mayTakeBack: (record, _request, facts) => {
    if (record.status !== 'contacted' && record.status !== 'merged') return
    const answeredBy = record.mergedInto === null ? undefined : facts.caseOf(record.mergedInto)
    const isAnswered = answeredBy !== undefined && !atWork.has(answeredBy.status)
    if (isAnswered || !isRecent(record.reportedAt, facts.at)) throw refuse.tooLateToChange({ minutes: SECOND_THOUGHTS_MINUTES })
  },
  mainCase: (record, request, facts) => {
    const main = facts.caseOf(request.mainId ?? '')
    if (!main || main.id === record.id) throw refuse.mainUnknown({}, 'mainId')
    if (!statusNames[main.status].open) throw refuse.mainEnded({ number: main.number, status: statusNames[main.status].zh }, 'mainId')
  },
  // Once the main case is handled, its result is the answer to every caller.
  mainAtWork: (record, _request, facts) => {
    const main = facts.caseOf(record.mergedInto ?? '')
    if (!main || !atWork.has(main.status)) throw refuse.mainHandled()
  },
  answered: (record, _request, facts) => {
    if (record.status === 'merged' && facts.caseOf(record.mergedInto ?? '')?.closedAt == null) throw refuse.notAnswered()
  },
  parts: (_record, { parts = [] }, facts) => {
    if (parts.length < FEWEST_PARTS || parts.length > MOST_PARTS) throw refuse.partsCount({ fewest: FEWEST_PARTS, most: MOST_PARTS }, 'parts')
    for (const { text, conditionId } of parts) {
      if (text.trim().length < 2) throw refuse.partText({}, 'parts')
      if (conditionId !== undefined && !facts.matter(conditionId)) throw refuse.conditionUnknown({}, 'parts')
    }
  },
  standsAlone: (_record, _request, facts) => {
    if (facts.isMain) throw refuse.othersMerged()
  },
  // Whoever has seen it, signed or answered has begun to work; then it is given back or adjudicated, and not recalled.
  untouched: (record, _request, { lastDispatch }) => {
    if (lastDispatch?.version !== record.version || lastDispatch.from !== 'filed') throw refuse.recallTooLate()
  },
  takenBy: (_record, request) => {
    if (!request.note?.trim()) throw refuse.takenByMissing({}, 'note')
  },
}
