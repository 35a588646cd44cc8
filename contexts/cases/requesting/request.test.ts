import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addMs, parseInstant, type LocalDate } from '#kernel/clock.ts'
import { newId } from '#kernel/id.ts'
import { Refusal } from '#kernel/refusal.ts'
import { checkKindRule, kindsOn, type RequestKindRule } from './kind.ts'
import { requestLevels, requestMoves, requestStates, type RequestMoveName, type RequestState } from './lifecycle.ts'
import { moved, nextLevel, type Request } from './request.ts'

const at = parseInstant('2026-03-02T09:00:00+08:00')
const aRequest = (levels: number): Request => ({
  districtCode: '990101' as Request['districtCode'],
  id: newId(),
  caseId: newId(),
  assignmentId: newId(),
  organisationId: newId(),
  kind: 'extension',
  state: 'asked',
  version: 1,
  levels: Array.from({ length: levels }, (_, index) => requestLevels[index % 2] ?? 'request.review'),
  approvals: 0,
  most: 2,
  reasonCode: 'weather',
  note: '示例',
  until: null,
  proposedOrganisationId: null,
  heardOrganisationId: null,
  whistleId: null,
  counterOpinion: null,
  counterBy: null,
  counteredAt: null,
  dispatchedBy: null,
  dispatchedWhy: null,
  askedBy: newId(),
  askedPostId: null,
  askedAt: at,
  endedAt: null,
})
const moveNames = Object.keys(requestMoves) as RequestMoveName[]

function play(moves: readonly RequestMoveName[], levels: number): Request[] {
  const states = [aRequest(levels)]
  moves.forEach((move, index) => {
    try {
      states.push(moved(states.at(-1) as Request, move, addMs(at, index)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  })
  return states
}

test('no sequence of moves leaves the table: every move raises the version, and an ended request moves no more', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...moveNames), { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), (moves, levels) => {
      const states = play(moves, levels)
      states.slice(1).forEach((after, index) => {
        const before = states[index] as Request
        expect(before.endedAt).toBeNull()
        expect(
          moveNames.some(
            (name) => requestMoves[name].to === after.state && (requestMoves[name].from as readonly RequestState[]).includes(before.state),
          ),
        ).toBe(true)
        expect(after.version).toBe(before.version + 1)
        expect((after.endedAt === null) === (after.state === 'approved_once')).toBe(true)
        expect(after.approvals - before.approvals).toBe(after.state === 'approved_once' || after.state === 'approved' ? 1 : 0)
      })
    }),
  )
})

test('every state can be reached, and every open one can be left', () => {
  const reached = new Set(['asked', ...moveNames.map((name) => requestMoves[name].to)])
  expect([...reached].toSorted()).toEqual([...requestStates].toSorted())
  const left = new Set(moveNames.flatMap((name) => [...requestMoves[name].from]))
  expect([...left].toSorted()).toEqual(['approved_once', 'asked'])
})

test('levels are decided one after the other', () => {
  const two = aRequest(2)
  expect(nextLevel(two)).toBe('request.review')
  expect(nextLevel(moved(two, 'pass', at))).toBe('request.approve')
  expect(nextLevel(moved(moved(two, 'pass', at), 'approve', at))).toBeUndefined()
})

const rule = (parts: Partial<RequestKindRule>): RequestKindRule => ({
  kind: 'extension',
  effectiveFrom: '2026-01-01' as LocalDate,
  levels: ['request.review', 'request.approve'],
  most: 2,
  tries: null,
  longestDays: null,
  name: { zh: '延期' },
  explanation: { zh: '' },
  ...parts,
})

test('the rules of a kind are those of the latest day, and what comes later does not hold yet', () => {
  const rows = [rule({}), rule({ effectiveFrom: '2026-06-01' as LocalDate, most: 1 })]
  expect(kindsOn(rows, '2026-05-31' as LocalDate).get('extension')?.most).toBe(2)
  expect(kindsOn(rows, '2026-06-01' as LocalDate).get('extension')?.most).toBe(1)
  expect(kindsOn(rows, '2025-12-31' as LocalDate).get('extension')).toBeUndefined()
})

test.each([
  ['a third extension', rule({ most: 3 }), 'most'],
  ['an extension decided by one', rule({ levels: ['request.approve'] }), 'levels'],
  ['an appeal that may be made twice', rule({ kind: 'appeal', most: 1, tries: 2 }), 'tries'],
  ['an appeal reviewed once', rule({ kind: 'appeal', most: 1, tries: 1, levels: ['request.approve'] }), 'levels'],
  ['a suspension of more than a year', rule({ kind: 'suspension', levels: ['request.approve'], most: 1, longestDays: 366 }), 'longestDays'],
  ['a suspension without a longest term', rule({ kind: 'suspension', levels: ['request.approve'], most: 1 }), 'longestDays'],
  ['an objection that a reviewer approves', rule({ kind: 'objection', levels: ['request.review'], most: 1, tries: 1 }), 'levels'],
  ['an extension that is adjudicated', rule({ levels: ['case.adjudicate', 'request.approve'] }), 'levels'],
])('%s is refused', (_what, wrong, field) => {
  expect(() => checkKindRule(wrong)).toThrow(expect.objectContaining({ code: 'cases.badRequestKind', field }))
})

test('a city may be stricter than the official limits', () => {
  expect(() => checkKindRule(rule({ most: 1, levels: ['request.review', 'request.approve', 'request.approve'] }))).not.toThrow()
  expect(() => checkKindRule(rule({ kind: 'suspension', levels: ['request.review', 'request.approve'], most: 1, longestDays: 90 }))).not.toThrow()
})
