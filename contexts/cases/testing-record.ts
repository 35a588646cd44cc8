/** A case and the facts of a decision for tests of pure rules. */
import { contact, planRecorded, type Assignment } from '#contexts/assignments/index.ts'
import { addMs, HOUR_MS, parseInstant, type Instant } from '#kernel/clock.ts'
import type { AnswerFacts } from './joining/answering.ts'
import { openFor } from './joining/first-taker.ts'
import type { CaseRecord } from './record.ts'
import { refuse } from './refusals.ts'

export const startOfTest = parseInstant('2026-03-02T09:00:00+08:00')

const end = {
  result: null,
  rating: null,
  ratedAt: null,
  evaluation: null,
  reworkCount: 0,
  returnCount: 0,
  reopenCount: 0,
  closedAt: null,
  closedBefore: null,
}

/** A case that the street holds and works on. */
export function aHeldCase(parts: Partial<CaseRecord> = {}): CaseRecord {
  const unknown = { source: null, externalKey: null, address: null, matterName: null, confidence: null, triageReason: null, triageNote: null }
  const place = {
    areaCode: '990101001001001',
    gridCode: '990101001001001',
    unitGridCode: null,
    building: null,
    lng: null,
    lat: null,
    placeReason: null,
  }
  const alone = {
    ladder: [],
    suspendedUntil: null,
    exemptedAt: null,
    boundOrganisationIds: [],
    textMarks: [],
    mergedInto: null,
    parentId: null,
    handOver: null,
  }
  const clocks = { respondDueAt: null, disposeDueAt: null, clockDueAt: null, clockSoonAt: null, recordedClock: false, recordedDueAt: null }
  return {
    districtCode: '990101' as CaseRecord['districtCode'],
    id: '0190a000-0000-7000-8000-00000000000a',
    number: '990101-20260302-00001',
    version: 1,
    status: 'contacted',
    channel: 'resident',
    text: '垃圾',
    conditionId: 'condition',
    matterVersionId: 'version',
    tier: 'B',
    matchReasons: [],
    leadOrganisationId: 'street',
    leadPostId: null,
    assignmentId: null,
    organisationIds: ['street'],
    awaitedOrganisationIds: ['street'],
    why: null,
    steps: ['collect', 'file', 'dispatch'],
    handledBy: [],
    reportedAt: startOfTest,
    flags: [],
    originDistrictCode: null,
    originId: null,
    sample: true,
    ...unknown,
    ...alone,
    ...place,
    ...clocks,
    ...end,
    ...parts,
  }
}

/** Facts for somebody with a post in each of the units, who holds every right there. */
export function factsFor(person: string, at: Instant, organisationIds: readonly string[], parts: Partial<AnswerFacts> = {}): AnswerFacts {
  return {
    actorKey: `person:${person}`,
    isSystem: false,
    isCaller: false,
    organisationIds,
    may: () => true,
    mayFor: (_permission, organisationId) => organisationIds.includes(organisationId),
    at,
    matter: () => undefined,
    isGuess: () => false,
    area: () => undefined,
    planDispatch: (_record, { organisationId = 'street' }, moment) => ({
      organisationId,
      postId: null,
      why: { rule: 'test', text: { zh: '测试' } },
      milestones: [planRecorded('respond', moment, addMs(moment, HOUR_MS), []), planRecorded('dispose', moment, addMs(moment, 4 * HOUR_MS), [])],
    }),
    caseOf: () => undefined,
    isMain: false,
    planCallUp: () => {
      throw refuse.noDutyHolder({}, 'organisationId')
    },
    planSendDown: () => {
      throw refuse.noDutyHolder({}, 'organisationId')
    },
    planRedispatch: () => null,
    clocks: { calendar: { zone: 'Asia/Shanghai', workDayMinutes: 480, hours: [], years: [] }, ladder: [] },
    planRework: (_record, moment) => planRecorded('dispose', moment, addMs(moment, 4 * HOUR_MS), []),
    ...parts,
  }
}

/** The lead's own part, in contact already, and the case that names it. */
export function heldBy(organisationId: string): { record: CaseRecord; assignments: Assignment[] } {
  const bare = aHeldCase({ leadOrganisationId: organisationId })
  const why = { rule: 'test', text: { zh: '测试' } }
  const lead = contact(openFor(bare, 'handle', { organisationId, postId: null, why, milestones: [] }, startOfTest), startOfTest)
  return { record: { ...bare, assignmentId: lead.id }, assignments: [lead] }
}
