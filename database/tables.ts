// Made by `npm run tables` from the migrations. Do not edit.

import type { Instant, LocalDate } from "#kernel/clock.ts";
import type { ColumnType } from "kysely";

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Numeric = ColumnType<number, number | string, number | string>;

export interface AssessmentComposite {
  effectiveFrom: LocalDate;
  key: string;
  name: Json;
  ordinal: number;
  parts: Json;
  source: Json;
}

export interface AssessmentTarget {
  areaCode: string;
  effectiveFrom: LocalDate;
  measure: string;
  value: number | null;
}

export interface AssignmentsAssignment {
  areaCode: string;
  districtCode: string;
  endedAt: Instant | null;
  id: string;
  /**
   * True of the assignment that handles its subject first; what was recalled is not counted. Without meaning where purpose or state is another.
   */
  isFirst: Generated<boolean>;
  openedAt: Instant;
  organisationId: string;
  postId: string | null;
  purpose: string;
  round: Generated<number>;
  state: string;
  subjectId: string;
  subjectKind: string;
  version: number;
  why: Json;
}

export interface AssignmentsCallFromBelow {
  bounced: boolean | null;
  caseId: string | null;
  districtCode: string | null;
  endedAt: Instant | null;
  organisationId: string | null;
}

export interface AssignmentsCallUpMade {
  at: Instant | null;
  caseId: string | null;
  districtCode: string | null;
}

export interface AssignmentsClockResult {
  cancelledAt: Instant | null;
  caseId: string | null;
  districtCode: string | null;
  dueAt: Instant | null;
  extended: boolean | null;
  id: string | null;
  kind: string | null;
  metAt: Instant | null;
  organisationId: string | null;
  startsAt: Instant | null;
}

export interface AssignmentsFirstDispatch {
  caseId: string | null;
  districtCode: string | null;
  openedAt: Instant | null;
  organisationId: string | null;
  state: string | null;
}

export interface AssignmentsMilestone {
  assignmentId: string;
  cancelledAt: Instant | null;
  districtCode: string;
  dueAt: Instant | null;
  extensions: Generated<number>;
  id: string;
  kind: string;
  leads: boolean;
  limitUnit: string | null;
  limitValue: Numeric | null;
  metAt: Instant | null;
  organisationId: string;
  overdueAt: Instant | null;
  pausedAt: Instant | null;
  pauses: Generated<Json>;
  round: Generated<number>;
  startsAt: Instant;
  subjectId: string;
}

export interface AssignmentsReminder {
  act: string;
  areaCode: string;
  assignmentId: string;
  at: Instant;
  districtCode: string;
  id: string;
  milestoneKind: string;
  subjectId: string;
  subjectKind: string;
  toOrganisationId: string | null;
  toRole: string | null;
}

export interface AssignmentsTimer {
  act: string;
  actAt: Instant;
  actedAt: Instant | null;
  cancelledAt: Instant | null;
  districtCode: string;
  id: string;
  milestoneId: string;
  ordinal: number;
  toRole: string | null;
}

export interface AssignmentsUnitPart {
  caseId: string | null;
  districtCode: string | null;
  organisationId: string | null;
  round: number | null;
}

export interface CasesCallBack {
  actorKey: string | null;
  caseId: string;
  districtCode: string;
  drawId: string;
  id: string;
  note: string | null;
  organisationId: string | null;
  outcome: string | null;
  postId: string | null;
  recordedAt: Instant | null;
  streetCode: string;
}

export interface CasesCallBackDraw {
  areaCode: string;
  districtCode: string;
  drawnAt: Instant | null;
  fromDay: LocalDate;
  id: string;
  minimumPerStreet: number;
  percent: Numeric;
  population: Generated<string[]>;
  publishedAt: Instant;
  publishedBy: string | null;
  seed: string;
  toDay: LocalDate;
}

export interface CasesCallBackResult {
  caseId: string | null;
  confirmed: boolean | null;
  districtCode: string | null;
  organisationId: string | null;
  recordedAt: Instant | null;
}

export interface CasesCaller {
  caseId: string;
  districtCode: string;
  nameBox: string | null;
  phoneBox: string | null;
  phoneHash: string | null;
  trackingHash: string;
}

export interface CasesCase {
  address: string | null;
  areaCode: string;
  assignmentId: string | null;
  awaitedOrganisationIds: Generated<string[]>;
  boundOrganisationIds: Generated<string[]>;
  building: Json | null;
  channel: string;
  clockDueAt: Instant | null;
  clockSoonAt: Instant | null;
  closedAt: Instant | null;
  closedBefore: Instant | null;
  conditionId: string | null;
  confidence: number | null;
  disposeDueAt: Instant | null;
  districtCode: string;
  evaluation: Json | null;
  exemptedAt: Instant | null;
  externalKey: string | null;
  flags: Generated<string[]>;
  gridCode: string | null;
  handledBy: Generated<string[]>;
  handOver: Json | null;
  id: string;
  ladder: Generated<Json>;
  lat: number | null;
  leadOrganisationId: string | null;
  leadPostId: string | null;
  lng: number | null;
  matchReasons: Generated<Json>;
  matterName: Json | null;
  matterVersionId: string | null;
  mergedInto: string | null;
  number: string;
  organisationIds: Generated<string[]>;
  originDistrictCode: string | null;
  originId: string | null;
  parentId: string | null;
  placeReason: Json | null;
  ratedAt: Instant | null;
  rating: number | null;
  recordedAt: Generated<Instant>;
  recordedClock: Generated<boolean>;
  recordedDueAt: Instant | null;
  reopenCount: Generated<number>;
  reportedAt: Instant;
  respondDueAt: Instant | null;
  result: string | null;
  returnCount: Generated<number>;
  reworkCount: Generated<number>;
  sample: Generated<boolean>;
  source: string | null;
  status: string;
  steps: string[];
  suspendedUntil: Instant | null;
  text: string;
  textMarks: Generated<number[]>;
  tier: string | null;
  triageNote: Json | null;
  triageReason: string | null;
  unitGridCode: string | null;
  version: number;
  why: Json | null;
}

export interface CasesCaseApart {
  countsElsewhere: boolean | null;
  districtCode: string | null;
  exempted: boolean | null;
  id: string | null;
}

export interface CasesCaseCounter {
  day: LocalDate;
  districtCode: string;
  lastNumber: number;
}

export interface CasesCaseLine {
  areaCode: string | null;
  caseId: string | null;
  closedAt: Instant | null;
  districtCode: string | null;
  leadOrganisationId: string | null;
  matterName: Json | null;
  number: string | null;
  organisationIds: string[] | null;
  reportedAt: Instant | null;
  sample: boolean | null;
  status: string | null;
}

export interface CasesCaseNote {
  assignmentId: string | null;
  caseId: string;
  commandId: string;
  districtCode: string;
  id: string;
  move: string;
  text: string;
}

export interface CasesCaseResult {
  areaCode: string | null;
  closedAt: Instant | null;
  disposeDueAt: Instant | null;
  districtCode: string | null;
  exempted: boolean | null;
  id: string | null;
  leadOrganisationId: string | null;
  matterName: Json | null;
  number: string | null;
  organisationIds: string[] | null;
  ratedAt: Instant | null;
  rating: number | null;
  reportedAt: Instant | null;
  reworkCount: number | null;
  status: string | null;
}

export interface CasesCaseStep {
  actorKey: string;
  at: Instant;
  caseId: string;
  districtCode: string;
  id: string;
  postId: string | null;
  step: string;
}

export interface CasesCaseTurn {
  at: Instant | null;
  caseId: string | null;
  change: number | null;
  districtCode: string | null;
  reopened: boolean | null;
}

export interface CasesChannelDefault {
  channel: string;
  districtCode: string;
}

export interface CasesMergedRating {
  areaCode: string | null;
  closedAt: Instant | null;
  disposeDueAt: Instant | null;
  districtCode: string | null;
  exempted: boolean | null;
  id: string | null;
  leadOrganisationId: string | null;
  mainId: string | null;
  matterName: Json | null;
  number: string | null;
  organisationIds: string[] | null;
  ratedAt: Instant | null;
  rating: number | null;
  reportedAt: Instant | null;
  reworkCount: number | null;
  status: string | null;
}

export interface CasesOnlooker {
  areaCode: string;
  caseId: string;
  districtCode: string;
  doing: string;
  name: string;
  organisationIds: string[];
  personId: string;
  postId: string | null;
  screenId: string;
  seenAt: Instant;
}

export interface CasesPhoto {
  actorKey: string;
  addedAt: Instant;
  caseId: string;
  districtCode: string;
  fullHash: string;
  height: number;
  id: string;
  origin: string;
  postId: string | null;
  smallHash: string;
  width: number;
}

export interface CasesPrecedent {
  areaCode: string;
  caseId: string;
  caseNumber: string;
  conditionCode: string;
  decidedAt: Instant;
  districtCode: string;
  id: string;
  isRule: boolean;
  matterId: string;
  objectingOrganisationId: string;
  opinion: string;
  organisationId: string | null;
  requestId: string;
  scopeArea: string;
  summoned: Generated<boolean>;
  upheld: boolean;
}

export interface CasesReadyPhrase {
  effectiveFrom: LocalDate;
  effectiveTo: LocalDate | null;
  matterPrefix: string;
  ordinal: number;
  text: Json;
}

export interface CasesReportDraft {
  box: string;
  expiresAt: Instant;
  keyHash: string;
}

export interface CasesReportDraftPhoto {
  fullBox: string;
  id: string;
  keyHash: string;
  smallBox: string;
}

export interface CasesRequest {
  approvals: Generated<number>;
  askedAt: Instant;
  askedBy: string;
  askedPostId: string | null;
  assignmentId: string;
  caseId: string;
  counterBy: string | null;
  counteredAt: Instant | null;
  counterOpinion: string | null;
  dispatchedBy: string | null;
  dispatchedWhy: Json | null;
  districtCode: string;
  endedAt: Instant | null;
  heardOrganisationId: string | null;
  id: string;
  kind: string;
  levels: string[];
  most: number;
  note: string;
  organisationId: string;
  proposedOrganisationId: string | null;
  reasonCode: string;
  state: string;
  until: LocalDate | null;
  version: number;
  whistleId: string | null;
}

export interface CasesRequestDecision {
  at: Instant;
  districtCode: string;
  id: string;
  level: number;
  opinion: string;
  personId: string;
  postId: string | null;
  requestId: string;
  verdict: string;
}

export interface CasesRequestKind {
  effectiveFrom: LocalDate;
  explanation: Json;
  kind: string;
  levels: string[];
  longestDays: number | null;
  most: number;
  name: Json;
  tries: number | null;
}

export interface CasesSavedView {
  createdAt: Instant;
  filter: Json;
  id: string;
  name: string;
  organisationId: string;
  personId: string;
  shared: boolean;
  updatedAt: Instant;
  version: number;
}

export interface CasesSavedViewPin {
  personId: string;
  viewId: string;
}

export interface CasesTrackingAttempt {
  caseId: string;
  districtCode: string;
  since: Instant;
  wrong: number;
}

export interface CasesUrgePhrase {
  effectiveFrom: LocalDate;
  effectiveTo: LocalDate | null;
  kind: string;
  ordinal: number;
  text: Json;
}

export interface CasesWhistle {
  askedAt: Instant;
  callerOrganisationId: string;
  caseId: string;
  conveneAssignmentId: string;
  districtCode: string;
  endedAt: Instant | null;
  endNote: string | null;
  id: string;
  kind: string;
  kindFrom: LocalDate;
  missing: string;
  soundedAt: Instant | null;
  soundedBy: string | null;
  state: string;
  streetOrganisationId: string;
  tried: string;
}

export interface CasesWhistleKind {
  arriveUnit: string | null;
  arriveValue: Numeric | null;
  disposeUnit: string | null;
  disposeValue: Numeric | null;
  effectiveFrom: LocalDate;
  kind: string;
  name: Json;
  needsApproval: boolean;
  offered: Generated<boolean>;
  ordinal: number;
  respondUnit: string | null;
  respondValue: Numeric | null;
  signUnit: string | null;
  signValue: Numeric | null;
}

export interface CasesWhistleSounded {
  at: Instant | null;
  caseId: string | null;
  districtCode: string | null;
}

export interface CasesWhistleUnit {
  assignmentId: string | null;
  basis: string;
  districtCode: string;
  ordinal: number;
  organisationId: string;
  ratedAt: Instant | null;
  score: number | null;
  scoreNote: string | null;
  whistleId: string;
}

export interface CatalogueCalendarDay {
  day: LocalDate;
  kind: string;
  year: number;
}

export interface CatalogueCalendarYear {
  source: string;
  year: number;
}

export interface CatalogueCommitteeDuty {
  areaCode: string;
  endReason: string | null;
  id: string;
  list: string;
  listed: boolean;
  matterId: string;
  reason: string | null;
  requestId: string | null;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

export interface CatalogueDelegation {
  areaCode: string;
  authority: Json;
  conditionCode: string | null;
  endedOn: LocalDate | null;
  endReason: string | null;
  functionCode: string;
  goods: Json | null;
  id: string;
  legalBasis: Json;
  level: string;
  matterId: string;
  money: Json | null;
  organisationId: string;
  people: Json | null;
  signedBy: string;
  validFrom: LocalDate;
  validTo: LocalDate;
}

export interface CatalogueEntryRequest {
  areaCode: string;
  askedAt: Instant;
  askedBy: string | null;
  authority: string | null;
  decidedAt: Instant | null;
  decidedBy: string | null;
  decisionReason: string | null;
  id: string;
  legalBasis: string;
  matterId: string;
  money: string | null;
  organisationId: string;
  people: string | null;
  reason: string;
  status: string;
  validFrom: LocalDate;
  validTo: LocalDate;
}

export interface CatalogueFilingCondition {
  closingCondition: Json | null;
  code: string;
  description: Json;
  disposeUnit: string | null;
  disposeValue: Numeric | null;
  evidence: Json;
  helpers: Json;
  id: string;
  leadFunction: string | null;
  leadLevel: string | null;
  matterVersionId: string;
  ordinal: number;
  respondUnit: string | null;
  respondValue: Numeric | null;
  tier: string | null;
  words: Json;
}

export interface CatalogueLadderStep {
  act: string;
  effectiveFrom: LocalDate;
  milestone: string;
  minutesAfterDue: number | null;
  ordinal: number;
  percent: number | null;
  toRole: string | null;
}

export interface CatalogueMatter {
  code: string;
  id: string;
  kind: string;
  standard: string;
}

export interface CatalogueMatterVersion {
  category: Json | null;
  duty: string | null;
  effectiveFrom: LocalDate | null;
  effectiveTo: LocalDate | null;
  id: string;
  legalBasis: Json | null;
  matterId: string;
  name: Json;
  number: number;
  publishedAt: Instant | null;
  publishedBy: string | null;
  publishedByCommand: string | null;
  rowVersion: number;
  savedAt: Instant;
  savedBy: string | null;
  savedByCommand: string;
  status: string;
  words: Json;
  workKind: string;
}

export interface CatalogueRevision {
  number: number;
  sole: Generated<boolean>;
}

export interface CatalogueSetting {
  effectiveFrom: LocalDate;
  key: string;
  meaning: Json;
  value: Json;
}

export interface CatalogueWorkingPeriod {
  effectiveFrom: LocalDate;
  endMinute: number;
  startMinute: number;
}

export interface PeopleAccount {
  failedAttempts: Generated<number>;
  id: string;
  lockedUntil: Instant | null;
  login: string;
  mustChangePassword: boolean;
  passwordChangedAt: Instant;
  passwordHash: string;
  personId: string;
}

export interface PeopleApiKey {
  callsPerMinute: number;
  createdAt: Instant;
  createdByPersonId: string;
  id: string;
  keyHash: string;
  lastUsedAt: Instant | null;
  postId: string;
  prefix: string;
  revokedAt: Instant | null;
}

export interface PeopleFormerName {
  name: Json;
  organisationId: string;
  validFrom: LocalDate;
  validTo: LocalDate;
}

export interface PeopleLinkSession {
  createdAt: Instant;
  expiresAt: Instant;
  lastSeenAt: Instant;
  linkId: string;
  tokenHash: string;
}

export interface PeopleOrganisation {
  areaCode: string;
  code: string;
  creditCode: string | null;
  functionCode: string | null;
  id: string;
  kind: string;
  lineOrBlock: string;
  name: Json;
  parentId: string | null;
  rowVersion: Generated<number>;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

export interface PeopleOrganisationTie {
  id: string;
  kind: string;
  organisationId: string;
  otherId: string;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

export interface PeoplePerson {
  code: string;
  id: string;
  name: string;
  sample: Generated<boolean>;
}

export interface PeoplePost {
  areaCode: string;
  id: string;
  organisationId: string;
  personId: string;
  role: string;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

export interface PeoplePostLink {
  createdAt: Instant;
  createdBy: string | null;
  id: string;
  lastOpenedAt: Instant | null;
  postId: string;
  revokedAt: Instant | null;
  tokenHash: string;
  validUntil: LocalDate;
}

export interface PeopleReadTrace {
  districtCode: string;
  field: string;
  id: string;
  purpose: string;
  readAt: Instant;
  readerPersonId: string;
  readerPostId: string | null;
  requestId: string;
  subjectId: string;
  subjectKind: string;
}

export interface PeopleRecoveryCode {
  accountId: string;
  codeHash: string;
  usedAt: Instant | null;
}

export interface PeopleRole {
  code: string;
  name: Json;
}

export interface PeopleRolePermission {
  permission: string;
  role: string;
  scope: string;
}

export interface PeopleSecondFactor {
  accountId: string;
  confirmedAt: Instant | null;
  lastStep: number | null;
  secretBox: string;
  startedAt: Instant;
}

export interface PeopleSecondFactorRule {
  demand: string;
  effectiveFrom: LocalDate;
  role: string;
}

export interface PeopleSession {
  accountId: string;
  createdAt: Instant;
  expiresAt: Instant;
  lastSeenAt: Instant;
  tokenHash: string;
}

export interface PeopleStandIn {
  endedAt: Instant | null;
  givenAt: Instant;
  givenBy: string;
  id: string;
  personId: string;
  postId: string;
  validFrom: LocalDate;
  validTo: LocalDate;
}

export interface PlatformDistrict {
  code: string;
  name: Json;
  sample: Generated<boolean>;
  timeZone: Generated<string>;
}

export interface PlatformEvent {
  actorKind: string;
  actorPersonId: string | null;
  actorPostId: string | null;
  commandId: string;
  data: Generated<Json>;
  districtCode: string;
  fromState: string | null;
  happenedAt: Instant;
  id: string;
  lane: Generated<string>;
  modeEpoch: Generated<number>;
  reasonCode: string | null;
  recordedAt: Generated<Instant>;
  requestId: string;
  ruleVersion: string | null;
  subjectId: string;
  subjectKind: string;
  subjectVersion: number;
  toState: string | null;
  type: string;
  version: number;
}

export interface PlatformLogEntry {
  districtCode: string;
  eventId: string;
  eventRecordedAt: Instant;
  eventType: string;
  leaf: string;
  number: number;
  subjectId: string;
}

export interface PlatformLogHead {
  chain: Generated<string>;
  districtCode: string;
  lastNumber: Generated<number>;
  sealCount: Generated<number>;
  sealedNumber: Generated<number>;
}

export interface PlatformOutbox {
  attempts: Generated<number>;
  availableAt: Instant | null;
  districtCode: string;
  eventId: string;
  eventType: string;
  id: string;
  lastError: string | null;
  recordedAt: Generated<Instant>;
  subjectId: string;
  subscriber: string;
}

export interface PlatformReceipt {
  actorPersonId: string | null;
  command: string;
  commandId: string;
  districtCode: string;
  recordedAt: Generated<Instant>;
  result: Json;
}

export interface PlatformSeal {
  chain: string;
  districtCode: string;
  firstNumber: number;
  lastNumber: number;
  leaves: Buffer;
  ordinal: number;
  root: string;
  sealedAt: Generated<Instant>;
}

export interface TerritoryArea {
  gridKind: Generated<string>;
  id: string;
  level: string;
}

export interface TerritoryAreaVersion {
  administeringParentId: string | null;
  areaId: string;
  changedAt: Instant;
  code: string;
  east: number | null;
  geometry: Json | null;
  gridKind: Generated<string>;
  id: string;
  level: string;
  name: Json;
  north: number | null;
  parentId: string | null;
  sourceDatum: string | null;
  sourceKey: string | null;
  south: number | null;
  successorId: string | null;
  validFrom: LocalDate;
  validTo: LocalDate | null;
  west: number | null;
}

export interface TerritoryBaseMap {
  approval: string | null;
  attribution: string;
  kind: string;
  labels: string | null;
  maxZoom: number;
  minZoom: number;
  onlyRow: Generated<boolean>;
  projection: string;
  setAt: Instant;
  setBy: string;
  tiles: string;
}

export interface TerritoryBuilding {
  address: string | null;
  changedAt: Instant;
  code: string;
  floors: number | null;
  id: string;
  name: Json;
  use: string;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

export interface TerritoryEdition {
  id: string;
  onlyRow: Generated<boolean>;
}

export interface TerritoryHousehold {
  changedAt: Instant;
  code: string;
  districtCode: string;
  door: string;
  floor: number | null;
  id: string;
  occupancy: string;
  tenure: string;
  unit: string | null;
  validFrom: LocalDate;
  validTo: LocalDate | null;
}

export interface Tables {
  "assessment.composite": AssessmentComposite;
  "assessment.target": AssessmentTarget;
  "assignments.assignment": AssignmentsAssignment;
  "assignments.callFromBelow": AssignmentsCallFromBelow;
  "assignments.callUpMade": AssignmentsCallUpMade;
  "assignments.clockResult": AssignmentsClockResult;
  "assignments.firstDispatch": AssignmentsFirstDispatch;
  "assignments.milestone": AssignmentsMilestone;
  "assignments.reminder": AssignmentsReminder;
  "assignments.timer": AssignmentsTimer;
  "assignments.unitPart": AssignmentsUnitPart;
  "cases.callBack": CasesCallBack;
  "cases.callBackDraw": CasesCallBackDraw;
  "cases.callBackResult": CasesCallBackResult;
  "cases.caller": CasesCaller;
  "cases.case": CasesCase;
  "cases.caseApart": CasesCaseApart;
  "cases.caseCounter": CasesCaseCounter;
  "cases.caseLine": CasesCaseLine;
  "cases.caseNote": CasesCaseNote;
  "cases.caseResult": CasesCaseResult;
  "cases.caseStep": CasesCaseStep;
  "cases.caseTurn": CasesCaseTurn;
  "cases.channelDefault": CasesChannelDefault;
  "cases.mergedRating": CasesMergedRating;
  "cases.onlooker": CasesOnlooker;
  "cases.photo": CasesPhoto;
  "cases.precedent": CasesPrecedent;
  "cases.readyPhrase": CasesReadyPhrase;
  "cases.reportDraft": CasesReportDraft;
  "cases.reportDraftPhoto": CasesReportDraftPhoto;
  "cases.request": CasesRequest;
  "cases.requestDecision": CasesRequestDecision;
  "cases.requestKind": CasesRequestKind;
  "cases.savedView": CasesSavedView;
  "cases.savedViewPin": CasesSavedViewPin;
  "cases.trackingAttempt": CasesTrackingAttempt;
  "cases.urgePhrase": CasesUrgePhrase;
  "cases.whistle": CasesWhistle;
  "cases.whistleKind": CasesWhistleKind;
  "cases.whistleSounded": CasesWhistleSounded;
  "cases.whistleUnit": CasesWhistleUnit;
  "catalogue.calendarDay": CatalogueCalendarDay;
  "catalogue.calendarYear": CatalogueCalendarYear;
  "catalogue.committeeDuty": CatalogueCommitteeDuty;
  "catalogue.delegation": CatalogueDelegation;
  "catalogue.entryRequest": CatalogueEntryRequest;
  "catalogue.filingCondition": CatalogueFilingCondition;
  "catalogue.ladderStep": CatalogueLadderStep;
  "catalogue.matter": CatalogueMatter;
  "catalogue.matterVersion": CatalogueMatterVersion;
  "catalogue.revision": CatalogueRevision;
  "catalogue.setting": CatalogueSetting;
  "catalogue.workingPeriod": CatalogueWorkingPeriod;
  "people.account": PeopleAccount;
  "people.apiKey": PeopleApiKey;
  "people.formerName": PeopleFormerName;
  "people.linkSession": PeopleLinkSession;
  "people.organisation": PeopleOrganisation;
  "people.organisationTie": PeopleOrganisationTie;
  "people.person": PeoplePerson;
  "people.post": PeoplePost;
  "people.postLink": PeoplePostLink;
  "people.readTrace": PeopleReadTrace;
  "people.recoveryCode": PeopleRecoveryCode;
  "people.role": PeopleRole;
  "people.rolePermission": PeopleRolePermission;
  "people.secondFactor": PeopleSecondFactor;
  "people.secondFactorRule": PeopleSecondFactorRule;
  "people.session": PeopleSession;
  "people.standIn": PeopleStandIn;
  "platform.district": PlatformDistrict;
  "platform.event": PlatformEvent;
  "platform.logEntry": PlatformLogEntry;
  "platform.logHead": PlatformLogHead;
  "platform.outbox": PlatformOutbox;
  "platform.receipt": PlatformReceipt;
  "platform.seal": PlatformSeal;
  "territory.area": TerritoryArea;
  "territory.areaVersion": TerritoryAreaVersion;
  "territory.baseMap": TerritoryBaseMap;
  "territory.building": TerritoryBuilding;
  "territory.edition": TerritoryEdition;
  "territory.household": TerritoryHousehold;
}
