import type { Assignment } from '#contexts/assignments/index.ts'
import { effects } from './effects.ts'
import { caseMoves, statusNames, UNHAPPY_AT_MOST, type CaseMove, type CaseMoveName, type CaseNeed } from './lifecycle.ts'
import type { Decision, MoveFacts, MoveRequest } from './move.ts'
import { requireNeed } from './needs.ts'
import { endsSuspension, liftSuspension } from './requesting/suspension.ts'
import type { CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'
import { withStanding } from './standing.ts'

/**
 * Decides one move by the state table. Pure; throws a refusal that names what failed. Status and version are set here and nowhere else.
 * `assignments` are all of the case, oldest first; so are those of the decision.
 */
export function decideMove(record: CaseRecord, assignments: readonly Assignment[], request: MoveRequest, facts: MoveFacts): Decision {
  const move: CaseMove = caseMoves[request.move]
  if (!isPermitted(move, request, facts)) throw refuse.notYours({ move: move.zh })
  if (!move.from.includes(record.status)) throw refuse.moveNotAllowed({ status: statusNames[record.status].zh, move: move.zh })
  const prepared = takeMatter(record, request, facts)
  for (const need of move.needs) requireNeed[need](prepared, request, facts)
  const going = endsSuspension(request.move) ? liftSuspension(prepared, assignments, facts.at, facts.clocks) : { record: prepared, assignments }
  const changed = effects[request.move](going.record, going.assignments, request, facts)
  const status = move.to === 'same' ? record.status : move.to
  const steps = [...new Set([...changed.record.steps, ...move.steps])]
  const done = { ...changed.record, status, steps, version: record.version + 1 }
  return { record: withStanding(done, changed.assignments), assignments: changed.assignments, steps: move.steps }
}

/** Moves that this actor may make now: the table's moves that his posts permit and whose conditions on the case itself hold. */
export function movesOpenTo(
  record: CaseRecord,
  moves: readonly CaseMoveName[],
  facts: Pick<MoveFacts, 'actorKey' | 'isSystem' | 'isCaller' | 'organisationIds' | 'may' | 'at' | 'caseOf' | 'isMain' | 'lastDispatch'>,
): CaseMoveName[] {
  const standing: readonly CaseNeed[] = [
    'holdsAssignment',
    'holdsOrMayTake',
    'trifle',
    'rungAbove',
    'rungBelow',
    'notOwnWork',
    'withinReopenWindow',
    'notRated',
    'ratedJustNow',
    'mayTakeBack',
    'allSteps',
    'notBound',
    'byDecision',
    'mainAtWork',
    'answered',
    'standsAlone',
    'untouched',
  ]
  return moves.filter((name) => {
    const move: CaseMove = caseMoves[name]
    if (!isPermitted(move, { move: name }, facts as MoveFacts)) return false
    return move.needs
      .filter((need) => standing.includes(need))
      .every((need) => holds(() => requireNeed[need](withFinalStep(record, name), { move: name }, facts as MoveFacts)))
  })
}

// Closing records the last step itself, so a look at what is open to whom counts it as given.
const withFinalStep = (record: CaseRecord, move: CaseMoveName): CaseRecord => ({ ...record, steps: [...record.steps, ...caseMoves[move].steps] })

function holds(check: () => void): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

function isPermitted(move: CaseMove, request: MoveRequest, facts: MoveFacts): boolean {
  if (facts.isCaller) return move.permission === 'caller' || (request.move === 'reopen' && request.reasonCode === 'caller_unhappy')
  return facts.isSystem ? move.permission !== 'caller' : facts.may(move.permission)
}

function takeMatter(record: CaseRecord, request: MoveRequest, facts: MoveFacts): CaseRecord {
  if (request.conditionId === undefined) return record
  const matter = facts.matter(request.conditionId)
  if (!matter) throw refuse.conditionUnknown({}, 'conditionId')
  const { conditionId, matterVersionId, name: matterName, tier } = matter
  // How sure the words were, and which they were, says nothing about another matter that a person chose.
  const words = conditionId === record.conditionId ? {} : { confidence: null, matchReasons: [] }
  return { ...record, conditionId, matterVersionId, matterName, tier, ...words }
}

/** True when this answer of the caller reopens the case. */
export function isUnhappy(score: number, reasonCode?: string): boolean {
  return score <= UNHAPPY_AT_MOST || reasonCode === 'not_solved'
}
