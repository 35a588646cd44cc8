/** What the audit page shows, held in the address. */
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

export const auditTabs = ['entries', 'seals', 'looks'] as const
export type AuditTab = (typeof auditTabs)[number]

export interface AuditState {
  readonly tab: AuditTab
  /** `''` is the first district that the person may read. */
  readonly district: string
  readonly from: string
  readonly to: string
  readonly who: string
  readonly type: string
  readonly subject: string
  /** Number of a case. */
  readonly number: string
  readonly cursor: string
}

/** How a case is numbered. */
export const caseNumberShape = /^\d{6}-\d{8}-\d{5}$/

/** Reads the address; what it does not know it leaves out. */
export function readAuditState(query: LocationQuery): AuditState {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const fitting = (name: string, shape: RegExp): string => (shape.test(text(name)) ? text(name) : '')
  return {
    tab: auditTabs.find((tab) => tab === text('list')) ?? 'entries',
    district: fitting('district', /^\d{6}$/),
    from: fitting('from', /^\d{4}-\d\d-\d\d$/),
    to: fitting('to', /^\d{4}-\d\d-\d\d$/),
    who: text('who').slice(0, 50),
    type: fitting('type', /^[a-z_]+\.[a-z_]+$/),
    subject: fitting('subject', /^[\da-f-]{36}$/),
    number: fitting('number', caseNumberShape),
    cursor: text('page'),
  }
}

/** The address of a state; values that are the default are left out. */
export function writeAuditState({ tab, cursor, ...filter }: AuditState): Record<string, string> {
  const pairs = Object.entries({ list: tab === 'entries' ? '' : tab, ...filter, page: cursor })
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''))
}

/** The state of the address, and changing it. Another filter begins at the first page. */
export function useAuditState() {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => readAuditState(route.query))
  const change = (part: Partial<AuditState>): void => void router.push({ query: writeAuditState({ ...state.value, cursor: '', ...part }) })
  return { state, change }
}
