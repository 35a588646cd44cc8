/** What the desk shows, held in the address, so that a copied link, Back and Forward show the same. */
import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import { caseViews, lackings, type CaseView, type Lacking } from '#contexts/cases/contract.ts'
import { levels, type Level } from '#kernel/codes.ts'
import { caseStatuses, channels, type CaseStatus, type Channel } from '#contexts/cases/lifecycle.ts'
import type { CaseKey } from '#contexts/cases/ui/queries.ts'

export const tiers = ['A', 'B', 'C', 'D'] as const
export type Tier = (typeof tiers)[number]

export interface DeskState {
  /** Null where the address names none: the first view of the person's role. */
  readonly view: CaseView | null
  /** `''` for everything the person may see. */
  readonly area: string
  readonly q: string
  readonly status: CaseStatus | null
  readonly channel: Channel | null
  readonly tier: Tier | null
  /** Id of the unit that leads; `''` for every unit. */
  readonly unit: string
  /** Number of the case at which the keyboard stands; `''` is the first. */
  readonly cursor: string
  /** Selected rows (selection.ts). */
  readonly chosen: string
  /** Id of the saved view that the rest came from. */
  readonly kept: string
  readonly case: CaseKey | null
  /** What colours the map: the cases of the view, or those of them whose clock has run out. */
  readonly measure: Measure
  /** Only cases without a coordinate, or not located down to a level. */
  readonly lacking?: Lacking | undefined
  /** Only cases in this piece of the map: west, south, east, north. */
  readonly box?: string | undefined
  /** Where the map stands when a person moved it: lng, lat, zoom. */
  readonly at?: string | undefined
  /** How the map shows cases; groups unless said. */
  readonly shown?: MapShown | undefined
  /** The level that the map colours; the one below the area unless said. */
  readonly level?: Level | undefined
}
export const measures = ['count', 'overdue', 'soon', 'inTime'] as const
export type Measure = (typeof measures)[number]
export const mapShown = ['groups', 'heat', 'none'] as const
export type MapShown = (typeof mapShown)[number]

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Reads the address; what it does not know it leaves out. */
export function readState(query: LocationQuery): DeskState {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '')
  const like = (name: string, pattern: RegExp): string => (pattern.test(text(name)) ? text(name) : '')
  const [, districtCode, id] = /^(\d{6})\.([0-9a-f-]{36})$/.exec(text('case')) ?? []
  return {
    view: caseViews.find((view) => view === text('view')) ?? null,
    area: like('area', /^\d{4,15}$/),
    q: text('q').slice(0, 50),
    status: caseStatuses.find((status) => status === text('status')) ?? null,
    channel: channels.find((channel) => channel === text('channel')) ?? null,
    tier: tiers.find((tier) => tier === text('tier')) ?? null,
    unit: like('unit', uuid),
    cursor: like('row', /^\d{6}-\d{8}-\d{5}$/),
    chosen: like('sel', /^[\d:.,-]{1,4000}$/),
    kept: like('kept', uuid),
    case: districtCode && id ? { districtCode, id } : null,
    measure: measures.find((measure) => measure === text('measure')) ?? 'count',
    lacking: lackings.find((lacking) => lacking === text('lacking')),
    box: /^(-?\d{1,3}(\.\d{1,17})?,){3}-?\d{1,3}(\.\d{1,17})?$/.test(text('box')) ? text('box') : undefined,
    at: /^(-?\d{1,3}(\.\d{1,17})?,){2}\d{1,2}(\.\d{1,17})?$/.test(text('at')) ? text('at') : undefined,
    shown: mapShown.find((shown) => shown === text('cases')),
    level: levels.find((level) => level === text('level')),
  }
}

/** The address of a state; values that are the default are left out. */
export function writeState(state: DeskState): Record<string, string> {
  const pairs = Object.entries({
    view: state.view,
    area: state.area,
    q: state.q,
    status: state.status,
    channel: state.channel,
    tier: state.tier,
    unit: state.unit,
    row: state.cursor,
    sel: state.chosen,
    kept: state.kept,
    case: state.case ? `${state.case.districtCode}.${state.case.id}` : '',
    measure: state.measure === 'count' ? '' : state.measure,
    lacking: state.lacking,
    box: state.box,
    at: state.at,
    cases: state.shown === 'groups' ? '' : state.shown,
    level: state.level,
  })
  return Object.fromEntries(pairs.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/** What narrows a list. */
export const noFilter = {
  area: '',
  q: '',
  status: null,
  channel: null,
  tier: null,
  unit: '',
  lacking: undefined,
  box: undefined,
} as const satisfies Partial<DeskState>
/** What belongs to the rows of one question: another question starts without them. */
export const noPlace = { cursor: '', chosen: '', case: null } as const satisfies Partial<DeskState>

/** The state of the address, shared by the queue and the map, and changing it. Opening a case can be undone with Back; typing in the search box replaces. */
export function useDeskState() {
  const route = useRoute()
  const router = useRouter()
  const state = computed(() => readState(route.query))
  const change = (part: Partial<DeskState>, replace = false): void => {
    // Another area is another place and another level; a link to the one before keeps its own.
    const elsewhere = part.area !== undefined && part.area !== state.value.area ? { at: undefined, level: undefined, box: undefined } : {}
    const query = writeState({ ...state.value, ...elsewhere, ...part })
    const to = { path: route.name === 'map' ? '/map' : '/', query }
    void (replace ? router.replace(to) : router.push(to))
  }
  return { state, change }
}
