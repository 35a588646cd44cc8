import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planRecorded, type Assignment } from '#contexts/assignments/index.ts'
import { addMs, HOUR_MS, MINUTE_MS, type Instant } from '#kernel/clock.ts'
import { Refusal } from '#kernel/refusal.ts'
import { assignmentMoves, assignmentStates, summonsClocks, type AssignmentState, type MilestoneKind } from '../../assignments/lifecycle.ts'
import { factsFor, heldBy, startOfTest } from '../testing-record.ts'
import { answersOpenTo, decideAnswer, type CaseWork } from './answering.ts'
import { mayAssist } from './assisting.ts'
import { openFor } from './first-taker.ts'
import { answerMoveNames, answerMoves } from './lifecycle.ts'

const moves = Object.values(assignmentMoves)
const after = (state: AssignmentState): AssignmentState[] =>
  moves.filter(({ from }) => (from as readonly string[]).includes(state)).map(({ to }) => to)

test('every state of a part can be reached, and every open one can be left and can end in an answer', () => {
  const reachable = (from: AssignmentState): Set<AssignmentState> => {
    const seen = new Set([from])
    for (const state of seen) for (const next of after(state)) seen.add(next)
    return seen
  }
  expect([...reachable('open')].toSorted()).toEqual([...assignmentStates].toSorted())
  for (const state of ['open', 'signed', 'contacted', 'arrived'] as const) expect([...reachable(state)], state).toContain('done')
  for (const state of ['relieved', 'cancelled', 'called_up'] as const) expect(after(state)).toEqual([])
  expect(after('returned')).toEqual(['open'])
})

test('every answer is a move of the table, and every clock of a summons is met by some answer', () => {
  for (const name of answerMoveNames) expect(Object.keys(assignmentMoves)).toContain(answerMoves[name].does)
  const met = new Set(answerMoveNames.flatMap((name) => [...assignmentMoves[answerMoves[name].does].meets]))
  expect([...met].toSorted()).toEqual([...summonsClocks].toSorted())
})

const why = { rule: 'test', text: { zh: '测试' } }

/** A case of the street with a convening street, two summoned units and a helper. */
function busyCase(): CaseWork {
  const { record, assignments } = heldBy('street')
  const clocks = (kinds: readonly MilestoneKind[]) =>
    kinds.map((kind, index) => planRecorded(kind, startOfTest, addMs(startOfTest, (index + 1) * HOUR_MS), []))
  const part = (purpose: Assignment['purpose'], organisationId: string, kinds: Parameters<typeof clocks>[0]): Assignment =>
    openFor(record, purpose, { organisationId, postId: null, why, milestones: clocks(kinds) }, startOfTest)
  const summoned = ['roads', 'water'].map((id) => part('whistle', id, ['sign', 'respond', 'arrive']))
  return { record, assignments: [...assignments, part('convene', 'street', []), ...summoned, part('help', 'parks', ['respond', 'dispose'])] }
}

const attempt = fc.record({
  move: fc.constantFrom(...answerMoveNames),
  unit: fc.constantFrom('street', 'roads', 'water', 'parks'),
  about: fc.nat(4),
  minutes: fc.nat(150),
})

type Attempt = typeof attempt extends fc.Arbitrary<infer A> ? A : never

/** The work after an attempt; what was not open is refused and changes nothing. */
function tried(work: CaseWork, { move, unit, about }: Attempt, at: Instant): CaseWork {
  const target = work.assignments[about]
  const facts = factsFor(unit, at, [unit])
  const isOpen = target !== undefined && answersOpenTo(target, work.assignments, facts).includes(move)
  try {
    const next = decideAnswer(work, { assignmentId: target?.id ?? '', move, note: '示例', reasonCode: 'not_our_duty' }, facts)
    expect(isOpen).toBe(true)
    expect(next.record.version).toBe(work.record.version + 1)
    return next
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(isOpen).toBe(false)
    return work
  }
}

function keepsFacts(before: CaseWork, after: CaseWork): void {
  const known = new Map(before.assignments.flatMap((one) => one.milestones).map((clock) => [clock.id, clock]))
  for (const clock of after.assignments.flatMap((one) => one.milestones)) {
    const was = known.get(clock.id)
    expect(clock.metAt).toBe(was?.metAt ?? clock.metAt)
    expect(clock.overdueAt).toBe(was?.overdueAt ?? clock.overdueAt)
    if (clock.metAt !== null && clock.dueAt !== null) expect(clock.overdueAt !== null).toBe(clock.metAt > clock.dueAt)
    expect(clock.metAt !== null && clock.cancelledAt !== null).toBe(false)
  }
}

test('whatever units answer: no clock is met twice, no overdue fact is erased, and the case awaits exactly those who have not ended', () => {
  fc.assert(
    fc.property(fc.array(attempt, { maxLength: 14 }), (attempts) => {
      let work = busyCase()
      let at = startOfTest
      for (const one of attempts) {
        at = addMs(at, one.minutes * MINUTE_MS)
        const next = tried(work, one, at)
        keepsFacts(work, next)
        work = next
        const open = work.assignments.filter(({ endedAt }) => endedAt === null).map(({ organisationId }) => organisationId)
        if (work.record.version > 1) expect(new Set(work.record.awaitedOrganisationIds)).toEqual(new Set(open))
      }
    }),
  )
})

test('a unit that must come to the site does not end its work from afar', () => {
  const work = busyCase()
  const id = work.assignments[2]?.id ?? ''
  const facts = factsFor('a', addMs(startOfTest, MINUTE_MS), ['roads'])
  const contacted = decideAnswer(work, { assignmentId: id, move: 'contact' }, facts)
  expect(() => decideAnswer(contacted, { assignmentId: id, move: 'finish', note: '已看' }, facts)).toThrow(
    expect.objectContaining({ code: 'assignments.arriveFirst' }),
  )
  const arrived = decideAnswer(contacted, { assignmentId: id, move: 'arrive' }, facts)
  expect(decideAnswer(arrived, { assignmentId: id, move: 'finish', note: '已看' }, facts).assignments[2]?.state).toBe('done')
})

test('whoever was summoned does not return his part; the street that summoned him may let him go, and nobody else', () => {
  const { assignments } = busyCase()
  const [, , summoned] = assignments as [Assignment, Assignment, Assignment]
  const openTo = (unit: string, parts = {}) => answersOpenTo(summoned, assignments, factsFor(unit, startOfTest, [unit], parts))
  expect(openTo('roads')).toEqual(['sign', 'contact', 'arrive'])
  expect(openTo('street')).toEqual(['drop'])
  expect(openTo('water')).toEqual([])
})

test('a street or community helps only where its duty lists say so; a department always may', () => {
  const street = { areaCode: '990101001' }
  expect((['assist', 'basic', 'withdrawn', null] as const).map((duty) => mayAssist(street, { duty }))).toEqual([true, true, false, false])
  expect(mayAssist({ areaCode: '990101' }, { duty: 'withdrawn' })).toBe(true)
})
