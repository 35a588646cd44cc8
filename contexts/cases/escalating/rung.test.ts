import { expect, test } from 'vitest'
import type { Instant } from '#kernel/clock.ts'
import { rungTiers, type RungLevel } from '../lifecycle.ts'
import { belowOf, climbOf, hasSentDown, standOf, type Rung, type Stand } from './rung.ts'

const at = '2026-03-02T01:00:00.000Z' as Instant
const stand = (level: RungLevel): Stand => ({ level, tier: rungTiers[level], organisationId: `unit of the ${level}`, postId: null })

/** Steps as `grid>community`; each begins where the one before ended. The first assignment is 0. */
function climb(...steps: `${RungLevel}${'>' | '<'}${RungLevel}`[]): { ladder: Rung[]; assignmentId: string } {
  const ladder = steps.map((step, index): Rung => {
    const [from, to] = step.split(/[<>]/) as [RungLevel, RungLevel]
    const direction = step.includes('>') ? 'up' : 'down'
    return { direction, at, reason: '', from: stand(from), to: stand(to), fromAssignmentId: String(index), assignmentId: String(index + 1) }
  })
  return { ladder, assignmentId: String(ladder.length) }
}

test('whoever holds a case by dispatch stands on no step, and nobody waits below', () => {
  expect([standOf(climb()), belowOf(climb())]).toEqual([undefined, undefined])
})

test('each call up puts one more level to wait below', () => {
  const up = climb('grid>community', 'community>street')
  expect([standOf(up)?.level, belowOf(up)?.level]).toEqual(['street', 'community'])
})

test('after a bounce the level below holds it again, and only those below it still wait', () => {
  const bounced = climb('grid>community', 'community>street', 'street<community')
  expect([standOf(bounced)?.level, belowOf(bounced)?.level]).toEqual(['community', 'grid'])
  const twice = climb('grid>community', 'community>street', 'street<community', 'community<grid')
  expect([standOf(twice)?.level, belowOf(twice)]).toEqual(['grid', undefined])
})

test('a bounce is remembered for its unit at its level, and for nobody else', () => {
  const again = climb('grid>community', 'community<grid', 'grid>community')
  expect(hasSentDown(again, stand('community'))).toBe(true)
  expect(hasSentDown(again, stand('street'))).toBe(false)
  expect(hasSentDown(again, { ...stand('grid'), organisationId: 'unit of the community' })).toBe(false)
})

test('a new dispatch begins a new climb: what was climbed before is history', () => {
  const before = climb('grid>community')
  const dispatched = { ...before, assignmentId: 'another' }
  expect([climbOf(dispatched), standOf(dispatched), belowOf(dispatched)]).toEqual([[], undefined, undefined])
})
