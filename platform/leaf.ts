import type { Instant } from '#kernel/clock.ts'
import { sm3 } from './merkle.ts'

/** A row of `platform.event`, all of it. */
export interface EventRow {
  readonly districtCode: string
  readonly recordedAt: Instant
  readonly id: string
  readonly type: string
  readonly version: number
  readonly subjectKind: string
  readonly subjectId: string
  readonly subjectVersion: number
  readonly actorKind: string
  readonly actorPersonId: string | null
  readonly actorPostId: string | null
  readonly fromState: string | null
  readonly toState: string | null
  readonly reasonCode: string | null
  readonly happenedAt: Instant
  readonly commandId: string
  readonly requestId: string
  readonly modeEpoch: number
  readonly lane: string
  readonly ruleVersion: string | null
  readonly data: unknown
}

/** Every column of `platform.event`, in the order in which they are sealed. A column added later goes to the end, under a new first word. */
export const sealedColumns = [
  'districtCode',
  'recordedAt',
  'id',
  'type',
  'version',
  'subjectKind',
  'subjectId',
  'subjectVersion',
  'actorKind',
  'actorPersonId',
  'actorPostId',
  'fromState',
  'toState',
  'reasonCode',
  'happenedAt',
  'commandId',
  'requestId',
  'modeEpoch',
  'lane',
  'ruleVersion',
  'data',
] as const satisfies readonly (keyof EventRow)[]

/**
 * The text that stands for an event row: a JSON array of the word `huying.event.1` and every column in order, without white space.
 * Instants are UTC with milliseconds, an absent value is null, keys of `data` are sorted (RFC 8785). So two different rows never share a
 * text, and anybody can make it again with any JSON library.
 */
export function canonicalText(event: EventRow): string {
  return canonical(['huying.event.1', ...sealedColumns.map((column) => event[column])])
}

/** SM3 of the canonical text, as hex. */
export function leafOf(event: EventRow): string {
  return sm3(canonicalText(event))
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`
}
