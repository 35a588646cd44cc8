import type { Assignment } from '#contexts/assignments/index.ts'
import { maskNumbersInText } from '#contexts/people/index.ts'
import type { AnswerFacts } from '../joining/answering.ts'
import { unitView, type UnitNote } from '../joining/view.ts'
import { Refusal } from '#kernel/refusal.ts'
import type { CaseRecord } from '../record.ts'
import type { Rules } from '../rules.ts'
import { organisationName, placeName } from '../view.ts'
import type { WhistleView } from '../shapes/contract.ts'
import type { ObjectionState } from '../shapes/lifecycle.ts'
import { convenes, whistleMovesOpenTo, type WhistleFacts } from './decide.ts'
import { kindOf, planSummons, type WhistleKind } from './kinds.ts'
import { mayAsk } from '../requesting/ask.ts'
import { isLive, type Request } from '../requesting/request.ts'
import { summonedSeats } from '../requesting/seat.ts'
import { columnOf, mayBeRated, partOf, ranLate, type Whistle } from './whistle.ts'

/** A whistle with the case it is about, and everything that is shown of both. */
export interface WhistleSight {
  readonly whistle: Whistle
  readonly record: CaseRecord
  readonly assignments: readonly Assignment[]
  readonly notes: readonly UnitNote[]
  /** Objections to whistles on the case, oldest first. */
  readonly objections: readonly Request[]
  readonly facts: WhistleFacts
}

/** Facts about a whistle for this actor, by what he may do about the case. A leader approves where his post covers the whole district. */
export function whistleFacts(facts: AnswerFacts, kind: WhistleKind, mayApprove: boolean, rules: Rules): WhistleFacts {
  return {
    ...facts,
    kind,
    words: rules.catalogue.whistle,
    mayApprove,
    nameOf: (id) => organisationName(id, rules) ?? { zh: '' },
    plan: (of, at) => planSummons(of, at, rules.catalogue),
  }
}

/** The kind a whistle was asked under; its name stays readable though a city may have dropped it. */
export function kindOfWhistle(kinds: readonly WhistleKind[], whistle: Pick<Whistle, 'kind' | 'kindFrom'>): WhistleKind {
  const unknown: WhistleKind = {
    kind: whistle.kind,
    effectiveFrom: whistle.kindFrom,
    ordinal: 0,
    name: { zh: whistle.kind },
    limits: {},
    needsApproval: false,
    offered: false,
  }
  return kindOf(kinds, whistle) ?? unknown
}

/** A whistle as screens read it. */
export function whistleView(sight: WhistleSight, rules: Rules): WhistleView {
  const { whistle, record, assignments, notes, facts } = sight
  const { districtCode, id, caseId, state, tried, missing, askedAt, soundedAt, endedAt, endNote } = whistle
  const named = (organisationId: string) => ({ id: organisationId, name: organisationName(organisationId, rules) })
  const rates = state === 'sounded' && convenes(whistle, facts)
  const units = whistle.units.map((unit) => {
    const part = partOf(unit, assignments)
    return {
      organisation: named(unit.organisationId),
      basis: unit.basis,
      part: part ? unitView(part, { assignments, notes, directory: rules.directory, facts }) : null,
      score: unit.score,
      scoreNote: unit.scoreNote,
      mayRate: rates && mayBeRated(part, facts.at),
      ...objectionOf(unit.organisationId, sight, rules),
    }
  })
  return {
    districtCode,
    id,
    caseId,
    state,
    tried,
    missing,
    askedAt,
    soundedAt,
    endedAt,
    endNote,
    units,
    caseNumber: record.number,
    caseVersion: record.version,
    text: maskNumbersInText(record.text),
    matter: record.matterName,
    place: placeName(record.areaCode, rules),
    kind: { code: facts.kind.kind, name: facts.kind.name },
    column: columnOf(whistle, assignments),
    caller: named(whistle.callerOrganisationId),
    street: named(whistle.streetOrganisationId),
    late: whistle.units.some((unit) => ranLate(partOf(unit, assignments), facts.at)),
    moves: whistleMovesOpenTo(whistle, facts),
  }
}

/** The last objection of a unit to this whistle, and whether this actor's unit may object now. */
function objectionOf(organisationId: string, { whistle, record, assignments, objections, facts }: WhistleSight, rules: Rules) {
  const last = objections.findLast((one) => one.whistleId === whistle.id && one.organisationId === organisationId && one.state !== 'withdrawn')
  const isOwn = facts.organisationIds.includes(organisationId)
  const [seat] = isOwn ? summonedSeats([whistle], assignments, [organisationId]) : []
  const rule = rules.requests.kinds.get('objection')
  const may = (): boolean => mayAsk({ record, assignments, earlier: objections }, 'objection', { ...facts, rule }, seat) !== undefined
  return {
    objection: last ? objectionStateOf(last, record) : null,
    mayObject: seat !== undefined && isAllowed(may),
  }
}

function objectionStateOf(request: Request, record: CaseRecord): ObjectionState {
  if (request.endedAt === null) return isLive(request, record) ? 'waiting' : 'lapsed'
  return request.state === 'approved' ? 'upheld' : 'refused'
}

function isAllowed(may: () => boolean): boolean {
  try {
    return may()
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
