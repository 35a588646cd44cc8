import { isEnded, type Assignment } from '#contexts/assignments/index.ts'
import type { CaseRecord } from '../record.ts'
import { partOf, type Whistle } from '../whistling/whistle.ts'
import { refuseRequest } from './refusals.ts'
import type { Request } from './request.ts'

/** From where a unit asks: as the lead of the case, or as a unit that a whistle summons. */
export interface Seat {
  readonly organisationId: string | null
  readonly assignment: Assignment | undefined
  readonly whistle: Whistle | null
}

export function leadSeat(record: CaseRecord, assignments: readonly Assignment[]): Seat {
  return { organisationId: record.leadOrganisationId, assignment: assignments.find(({ id }) => id === record.assignmentId), whistle: null }
}

/** Every open part that these units have in a whistle that sounds. */
export function summonedSeats(whistles: readonly Whistle[], assignments: readonly Assignment[], organisationIds: readonly string[]): Seat[] {
  return whistles
    .filter(({ state }) => state === 'sounded')
    .flatMap((whistle) =>
      whistle.units.flatMap((unit): Seat[] => {
        const part = partOf(unit, assignments)
        const isOwn = organisationIds.includes(unit.organisationId)
        return isOwn && part && !isEnded(part) ? [{ organisationId: unit.organisationId, assignment: part, whistle }] : []
      }),
    )
}

/** The part of one of these units in that whistle; throws where none is open. */
export function seatIn(whistleId: string, ...of: Parameters<typeof summonedSeats>): Seat {
  const found = summonedSeats(...of).find(({ whistle }) => whistle?.id === whistleId)
  if (!found) throw refuseRequest.notSummoned({}, 'whistleId')
  return found
}

/** True for a request that was made from this seat; a unit objects to its summons once, whichever whistle of the case summons it. */
export function isFrom(request: Request, { organisationId, whistle }: Seat): boolean {
  return whistle === null ? request.whistleId === null : request.whistleId !== null && request.organisationId === organisationId
}

/** Whom an adjudication named or kept can object no more. */
export function isBound({ organisationId, assignment, whistle }: Seat, record: CaseRecord): boolean {
  return whistle === null ? record.boundOrganisationIds.includes(organisationId ?? '') : assignment?.why.rule === 'adjudication'
}
