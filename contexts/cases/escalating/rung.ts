import type { Instant } from '#kernel/clock.ts'
import type { RungLevel } from '../lifecycle.ts'

/** Who held a case at which level. */
export interface Stand {
  readonly level: RungLevel
  readonly tier: string
  readonly organisationId: string
  readonly postId: string | null
}

/** One step of a case up or down. The words that were typed with it are a note, because notes can be erased. */
export interface Rung {
  readonly direction: 'up' | 'down'
  readonly at: Instant
  readonly reason: string
  readonly from: Stand
  readonly to: Stand
  readonly fromAssignmentId: string
  readonly assignmentId: string
}

interface Climbed {
  readonly ladder: readonly Rung[]
  readonly assignmentId: string | null
}

/** The steps that led to the present holder, oldest first. Those before a new dispatch belong to an earlier climb. */
export function climbOf({ ladder, assignmentId }: Climbed): Rung[] {
  const climb: Rung[] = []
  let held = assignmentId
  for (const rung of ladder.toReversed()) {
    if (rung.assignmentId !== held) break
    climb.unshift(rung)
    held = rung.fromAssignmentId
  }
  return climb
}

/** Where the present holder stands by the last step; undefined where he holds it by dispatch. */
export function standOf(record: Climbed): Stand | undefined {
  return climbOf(record).at(-1)?.to
}

/** Who called the case up to the present holder and still waits below; undefined where nobody did. */
export function belowOf(record: Climbed): Stand | undefined {
  const waiting: Stand[] = []
  for (const rung of climbOf(record)) {
    if (rung.direction === 'up') waiting.push(rung.from)
    else waiting.pop()
  }
  return waiting.at(-1)
}

/** True when the unit sent this climb down from this level before: once is its right, twice would be a game. */
export function hasSentDown(record: Climbed, { level, organisationId }: Pick<Stand, 'level' | 'organisationId'>): boolean {
  return climbOf(record).some(({ direction, from }) => direction === 'down' && from.level === level && from.organisationId === organisationId)
}
