import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planRecorded } from '#contexts/assignments/index.ts'
import type { Assignment } from '#contexts/assignments/index.ts'
import { addMs, HOUR_MS, parseInstant, type Instant } from '#kernel/clock.ts'
import { Refusal } from '#kernel/refusal.ts'
import { decideMove, movesOpenTo } from './decide.ts'
import { belowOf, hasSentDown, standOf, type Stand } from './escalating/rung.ts'
import { caseMoveNames, caseMoves, caseSteps, moveReasons, movesFrom, rungTiers, type CaseMoveName, type RungLevel } from './lifecycle.ts'
import type { DispatchPlan, MoveFacts, MoveRequest } from './move.ts'
import { actorKey, unheld, type CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'

const start = parseInstant('2026-03-02T09:00:00+08:00')
const unit = '0190a000-0000-7000-8000-000000000001'
const mainCase = '0190a000-0000-7000-8000-00000000000b'
const condition = '0190a000-0000-7000-8000-000000000002'

function aCase(parts: Partial<CaseRecord> = {}): CaseRecord {
  const nothing = {
    source: null,
    externalKey: null,
    address: null,
    matterVersionId: null,
    matterName: null,
    tier: null,
    confidence: null,
    triageReason: null,
    triageNote: null,
  }
  const counts = {
    reworkCount: 0,
    returnCount: 0,
    reopenCount: 0,
    result: null,
    rating: null,
    ratedAt: null,
    evaluation: null,
    closedAt: null,
    closedBefore: null,
    recordedClock: false,
    recordedDueAt: null,
  }
  return {
    districtCode: '990101' as CaseRecord['districtCode'],
    id: '0190a000-0000-7000-8000-00000000000a',
    number: '990101-20260302-00001',
    version: 1,
    status: 'reported',
    channel: 'resident',
    text: '垃圾',
    conditionId: condition,
    matchReasons: [],
    areaCode: '990101001001001',
    gridCode: '990101001001001',
    unitGridCode: null,
    building: null,
    lng: null,
    lat: null,
    steps: ['collect'],
    handledBy: [],
    reportedAt: start,
    flags: [],
    originDistrictCode: null,
    originId: null,
    placeReason: null,
    textMarks: [],
    mergedInto: null,
    parentId: null,
    handOver: null,
    sample: true,
    ...nothing,
    ...unheld,
    ...counts,
    ...parts,
  }
}

const levels = Object.keys(rungTiers) as RungLevel[]
const aStand = (level: RungLevel): Stand => ({ level, tier: rungTiers[level], organisationId: unit, postId: null })

function aPlan(moment: Instant): DispatchPlan {
  return {
    organisationId: unit,
    postId: null,
    why: { rule: 'test', text: { zh: '测试' } },
    milestones: [planRecorded('respond', moment, addMs(moment, HOUR_MS), []), planRecorded('dispose', moment, addMs(moment, 4 * HOUR_MS), [])],
  }
}

function factsOf(person: string, at: Instant, parts: Partial<MoveFacts> = {}): MoveFacts {
  return {
    actorKey: `person:${person}`,
    isSystem: false,
    isCaller: false,
    organisationIds: [unit],
    may: () => true,
    at,
    matter: (id) => ({ conditionId: id, matterVersionId: id, name: { zh: '暴露垃圾' }, tier: 'D' }),
    isGuess: () => false,
    caseOf: (id) => (id === mainCase ? aCase({ id, status: 'contacted' }) : undefined),
    isMain: false,
    area: (code) => ({
      id: code,
      code,
      level: 'community',
      gridKind: null,
      name: { zh: code },
      parentCode: null,
      administeringParentCode: null,
      key: null,
      hasBorder: false,
    }),
    planDispatch: (_record, _request, moment) => aPlan(moment),
    planCallUp: (record, moment) => {
      const level = levels[levels.indexOf(standOf(record)?.level ?? 'grid') + 1]
      if (!level) throw refuse.topReached()
      return { ...aPlan(moment), from: aStand(standOf(record)?.level ?? 'grid'), to: aStand(level) }
    },
    planSendDown: (record, moment) => {
      const below = belowOf(record)
      const from = standOf(record)
      if (!below || !from || hasSentDown(record, from)) throw refuse.nobodyCalled()
      return { ...aPlan(moment), from, to: below }
    },
    planRework: (_record, moment) => planRecorded('dispose', moment, addMs(moment, 4 * HOUR_MS), []),
    planRedispatch: (_record, moment) => ({
      organisationId: unit,
      postId: null,
      why: { rule: 'test', text: { zh: '测试' } },
      milestones: [planRecorded('dispatch', moment, addMs(moment, HOUR_MS / 4), [])],
    }),
    clocks: { calendar: { zone: 'Asia/Shanghai', workDayMinutes: 480, hours: [], years: [] }, ladder: [] },
    ...parts,
  }
}

interface Step {
  readonly move: CaseMoveName
  readonly person: string
  readonly minutes: number
  readonly caller: boolean
}

const steps = fc.array(
  fc.record({
    move: fc.constantFrom(...caseMoveNames),
    person: fc.constantFrom('a', 'b', 'c'),
    minutes: fc.integer({ min: 0, max: 300 }),
    caller: fc.boolean(),
  }),
  { maxLength: 60 },
)

function requestFor(move: CaseMoveName): MoveRequest {
  const reasons: Record<string, object> = moveReasons
  return {
    move,
    reasonCode: Object.keys(reasons[move] ?? {})[0],
    note: '已处理',
    score: 1,
    ...(move === 'correct' ? { conditionId: condition } : {}),
    ...(move === 'transfer' ? { areaCode: '990102001001' } : {}),
    ...(move === 'merge' ? { mainId: mainCase } : {}),
    ...(move === 'split' ? { parts: [{ text: '垃圾' }, { text: '路灯' }] } : {}),
  }
}

interface State {
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
  readonly by: Step | null
}

/** Plays random moves by random people; refused ones change nothing. Gives every state passed through. */
function play(moves: readonly Step[]): State[] {
  const states: State[] = [{ record: aCase(), assignments: [], by: null }]
  let at = start
  for (const step of moves) {
    at = addMs(at, step.minutes * 60_000)
    const { record, assignments } = states.at(-1) as State
    try {
      const decided = decideMove(record, assignments, requestFor(step.move), factsOf(step.person, at, { isCaller: step.caller }))
      states.push({ record: decided.record, assignments: decided.assignments, by: step })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  return states
}

test('no sequence of moves leaves the table, and every move raises the version by one', () => {
  fc.assert(
    fc.property(steps, (moves) => {
      const states = play(moves)
      states.slice(1).forEach(({ record, by }, index) => {
        const before = states[index]?.record as CaseRecord
        const move = caseMoves[by?.move as CaseMoveName]
        expect(move.from as readonly string[]).toContain(before.status)
        expect(record.status).toBe(move.to === 'same' ? before.status : move.to)
        expect(record.version).toBe(before.version + 1)
      })
    }),
  )
})

test('no case is closed without its seven steps', () => {
  fc.assert(
    fc.property(steps, (moves) => {
      for (const { record } of play(moves)) if (record.status === 'closed') expect(new Set(record.steps)).toEqual(new Set(caseSteps))
    }),
  )
})

test('nobody checks what he handled, in whichever round', () => {
  fc.assert(
    fc.property(steps, (moves) => {
      const handlers = new Set<string>()
      for (const { by } of play(moves)) {
        if (by?.move === 'handle' || by?.move === 'settle') handlers.add(by.person)
        if (by?.move === 'check' || by?.move === 'confirm' || by?.move === 'sendBack') expect(handlers.has(by.person)).toBe(false)
      }
    }),
  )
})

test('a raw overdue fact, once set, is never erased, and a clock is never met twice', () => {
  fc.assert(
    fc.property(steps, (moves) => {
      const facts = new Map<string, { overdueAt: string | null; metAt: string | null }>()
      for (const { assignments } of play(moves))
        for (const { id, overdueAt, metAt } of assignments.flatMap(({ milestones }) => milestones)) {
          const before = facts.get(id)
          if (before?.overdueAt) expect(overdueAt).toBe(before.overdueAt)
          if (before?.metAt) expect(metAt).toBe(before.metAt)
          facts.set(id, { overdueAt, metAt })
        }
    }),
  )
})

test('the respond clock starts at dispatch and only a contact meets it', () => {
  const filed = decideMove(aCase(), [], { move: 'file' }, factsOf('d', start))
  const sent = decideMove(filed.record, [], { move: 'dispatch' }, factsOf('d', start))
  expect(sent.assignments[0]?.milestones.map(({ kind, startsAt, metAt }) => [kind, startsAt, metAt])).toEqual([
    ['respond', start, null],
    ['dispose', start, null],
  ])
  const met = decideMove(sent.record, sent.assignments, { move: 'contact' }, factsOf('h', addMs(start, 2 * HOUR_MS)))
  expect(met.assignments[0]?.milestones[0]).toMatchObject({ metAt: addMs(start, 2 * HOUR_MS), overdueAt: addMs(start, HOUR_MS) })
})

test('an answer at the due moment itself is in time, one millisecond later is late', () => {
  const sent = decideMove(aCase({ status: 'filed' }), [], { move: 'dispatch' }, factsOf('d', start))
  const overdueAfter = (ms: number): Instant | null | undefined =>
    decideMove(sent.record, sent.assignments, { move: 'contact' }, factsOf('h', addMs(start, HOUR_MS + ms))).assignments[0]?.milestones[0]?.overdueAt
  expect(overdueAfter(0)).toBeNull()
  expect(overdueAfter(1)).toBe(addMs(start, HOUR_MS))
})

test('the moves shown are exactly the moves that would be accepted', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom('a', 'b', 'c'), fc.boolean(), (moves, person, caller) => {
      const { record, assignments } = play(moves).at(-1) as State
      const facts = factsOf(person, addMs(start, 1000), { isCaller: caller })
      const shown = movesOpenTo(record, movesFrom(record.status), facts)
      const accepted = movesFrom(record.status).filter((move) => {
        // Reopening by the caller is part of an unhappy rating, never a button of its own.
        if (caller && move === 'reopen') return false
        try {
          decideMove(record, assignments, requestFor(move), facts)
          return true
        } catch {
          return false
        }
      })
      expect(shown).toEqual(accepted)
    }),
  )
})

test('two posts of one person are one person', () => {
  const post = { id: 'p', organisationId: unit, role: 'handler', areaCode: '', validFrom: '2026-01-01' as never, validTo: null }
  const person = { kind: 'person', personId: 'x', name: '示例', posts: [post] } as const
  expect(actorKey(person)).toBe(actorKey({ ...person, posts: [{ ...post, id: 'q', role: 'inspector' }] }))
})

test('calling up meets the duty of the level below: its clocks stop without a mark, and the next level has whole clocks of its own', () => {
  fc.assert(
    fc.property(steps, (moves) => {
      const states = play(moves)
      states.slice(1).forEach(({ record, assignments, by }, index) => {
        if (by?.move !== 'callUp') return
        const before = states[index] as State
        const caller = assignments.find(({ id }) => id === before.record.assignmentId)
        const marks = before.assignments.find(({ id }) => id === caller?.id)?.milestones.map(({ overdueAt }) => overdueAt)
        expect(caller?.state).toBe('called_up')
        expect(caller?.milestones.every(({ metAt, cancelledAt }) => metAt !== null || cancelledAt !== null)).toBe(true)
        expect(caller?.milestones.map(({ overdueAt }) => overdueAt)).toEqual(marks)
        const next = assignments.find(({ id }) => id === record.assignmentId)
        expect(next?.milestones.map(({ kind, startsAt, metAt }) => [kind, startsAt, metAt])).toEqual([
          ['respond', next?.openedAt, null],
          ['dispose', next?.openedAt, null],
        ])
        expect((record.tier ?? 'Z') < (before.record.tier ?? 'Z')).toBe(true)
        expect([record.returnCount, record.reworkCount]).toEqual([before.record.returnCount, before.record.reworkCount])
      })
    }),
  )
})

test('nobody sends the same climb down twice from one level, and down leads to whoever called', () => {
  fc.assert(
    fc.property(steps, (moves) => {
      const states = play(moves)
      states.slice(1).forEach(({ record, by }, index) => {
        if (by?.move !== 'sendDown') return
        const before = states[index]?.record as CaseRecord
        expect(standOf(record)).toEqual(belowOf(before))
        expect(hasSentDown(before, standOf(before) as Stand)).toBe(false)
      })
    }),
  )
})

test('the light way closes trifles only, with all seven steps and both clocks met at one moment', () => {
  const at = addMs(start, HOUR_MS / 2)
  const sent = decideMove(aCase({ status: 'filed', steps: ['collect', 'file'] }), [], { move: 'dispatch' }, factsOf('d', start))
  const settled = decideMove(sent.record, sent.assignments, { move: 'settle', note: '已清理干净' }, factsOf('h', at))
  expect(settled.assignments[0]?.milestones.map(({ metAt }) => metAt)).toEqual([at, at])
  expect(() => decideMove(settled.record, settled.assignments, { move: 'confirm' }, factsOf('h', at))).toThrow('may not check it')
  const closed = decideMove(settled.record, settled.assignments, { move: 'confirm' }, factsOf('c', at))
  expect(closed.record).toMatchObject({ status: 'closed', closedAt: at, evaluation: { respondOnTime: true, disposeOnTime: true } })
  expect(new Set(closed.record.steps)).toEqual(new Set(caseSteps))
  const greater = { ...sent.record, tier: 'B' }
  expect(() => decideMove(greater, sent.assignments, { move: 'settle', note: '办了' }, factsOf('h', at))).toThrow('tier B')
})

test('how sure the words were stays with the matter that they spoke for, and not with one that a person chose', () => {
  const guessed = aCase({ status: 'reported', conditionId: 'guess', confidence: 0.07, matchReasons: [{ word: '味道', where: 'condition' }] })
  const filed = (conditionId?: string) => decideMove(guessed, [], { move: 'file', conditionId }, factsOf('dispatcher', start)).record
  expect(filed('other')).toMatchObject({ conditionId: 'other', confidence: null, matchReasons: [] })
  expect(filed()).toMatchObject({ conditionId: 'guess', confidence: 0.07 })
  expect(filed('guess').matchReasons).toHaveLength(1)
})
