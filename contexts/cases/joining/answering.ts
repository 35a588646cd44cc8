import { arrive, contact, finish, isEnded, movesOpenOf, sign, stop, type Assignment } from '#contexts/assignments/index.ts'
import type { Instant } from '#kernel/clock.ts'
import { decideMove } from '../decide.ts'
import type { MoveFacts } from '../move.ts'
import type { CaseRecord } from '../record.ts'
import { refuse } from '../refusals.ts'
import { withStanding } from '../standing.ts'
import { isWaitingCandidate } from './first-taker.ts'
import { answerMoveNames, answerMoves, returnReasons, type AnswerMoveName } from './lifecycle.ts'

/** A case with all of its assignments, oldest first. */
export interface CaseWork {
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
}

/** What a unit, or whoever called it, asks for. */
export interface AnswerRequest {
  readonly assignmentId: string
  readonly move: AnswerMoveName
  readonly note?: string | undefined
  readonly reasonCode?: string | undefined
}

/** What deciding an answer looks at. `mayFor` asks the policy about the assignment's own unit. */
export interface AnswerFacts extends MoveFacts {
  readonly mayFor: (permission: string, organisationId: string) => boolean
}

const actOf: Record<Exclude<AnswerMoveName, 'return' | 'drop'>, (one: Assignment, at: Instant) => Assignment> = { sign, contact, arrive, finish }

/**
 * Decides one answer on one assignment. Pure; throws a refusal that names what failed. The version of the case grows with every answer, because
 * whoever decides about the case must have seen it.
 */
export function decideAnswer({ record, assignments }: CaseWork, request: AnswerRequest, facts: AnswerFacts): CaseWork {
  const one = assignments.find(({ id }) => id === request.assignmentId)
  const move = answerMoves[request.move]
  if (!one || !(move.purposes as readonly string[]).includes(one.purpose)) throw refuse.noSuchAssignment()
  if (!isPermitted(one, request.move, assignments, facts)) throw refuse.notYours({ move: move.zh })
  requireWords(request)
  const answered = assignments.map((other) => (other === one ? changed(other, request.move, facts.at) : other))
  // The last candidate that says no leaves the case without a unit: it goes back to the dispatcher as a whole.
  if (one.purpose === 'candidate' && !answered.some(isWaitingCandidate))
    return decideMove(record, answered, { move: 'giveBack', reasonCode: request.reasonCode, note: request.note }, { ...facts, isSystem: true })
  // 采办分离 holds for everybody who handled a part of it.
  const handledBy = request.move === 'finish' ? [...new Set([...record.handledBy, facts.actorKey])] : record.handledBy
  return { record: withStanding({ ...record, handledBy, version: record.version + 1 }, answered), assignments: answered }
}

function requireWords({ move, note, reasonCode = '' }: AnswerRequest): void {
  const { needs } = answerMoves[move]
  if (needs === 'note' && !note?.trim()) throw move === 'finish' ? refuse.resultMissing({}, 'note') : refuse.reasonMissing({}, 'note')
  if (needs === 'reason' && !(reasonCode in returnReasons)) throw refuse.reasonMissing({}, 'reasonCode')
}

function changed(one: Assignment, move: AnswerMoveName, at: Instant): Assignment {
  if (move === 'return') return stop(one, 'return', at)
  return move === 'drop' ? stop(one, 'cancel', at) : actOf[move](one, at)
}

/** Answers that this actor may give on an assignment now: what its table opens, and what his posts permit. */
export function answersOpenTo(one: Assignment, assignments: readonly Assignment[], facts: AnswerFacts): AnswerMoveName[] {
  if (isEnded(one)) return []
  const open = movesOpenOf(one)
  return answerMoveNames.filter((name) => {
    const { does, purposes } = answerMoves[name]
    return (purposes as readonly string[]).includes(one.purpose) && open.includes(does) && isPermitted(one, name, assignments, facts)
  })
}

function isPermitted(one: Assignment, name: AnswerMoveName, assignments: readonly Assignment[], facts: AnswerFacts): boolean {
  const { by, permission } = answerMoves[name]
  if (by === 'unit') return facts.organisationIds.includes(one.organisationId) && facts.mayFor(permission, one.organisationId)
  if (one.purpose !== 'whistle') return facts.may(permission)
  // Whoever summoned a unit lets it go; nobody else knows whether it is still needed.
  return assignments.some(
    (other) =>
      other.purpose === 'convene' &&
      !isEnded(other) &&
      facts.organisationIds.includes(other.organisationId) &&
      facts.mayFor('whistle.sound', other.organisationId),
  )
}
