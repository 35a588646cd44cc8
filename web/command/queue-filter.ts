/** The question that the address asks of the list, in the list's own words. Pure. */
import type { CaseView } from '#contexts/cases/contract.ts'
import type { ViewFilter } from '#contexts/cases/saved-views/contract.ts'
import type { CaseFilter } from '#contexts/cases/ui/queries.ts'
import { noFilter, noPlace, type DeskState } from './url-state.ts'

/** What the list, its count and its file are asked. */
export function filterOf(state: DeskState, view: CaseView): Omit<CaseFilter, 'cursor'> {
  return {
    view,
    areaCode: state.area || undefined,
    q: state.q || undefined,
    status: state.status ?? undefined,
    channel: state.channel ?? undefined,
    tier: state.tier ?? undefined,
    unitId: state.unit || undefined,
    box: state.box,
    lacking: state.lacking,
  }
}

/** The address of a kept view: its filter, and nothing of the place where somebody stood before. */
export function stateOfView(state: DeskState, id: string, filter: ViewFilter): DeskState {
  return {
    ...state,
    ...noFilter,
    ...noPlace,
    view: filter.view,
    area: filter.areaCode ?? '',
    q: filter.q ?? '',
    status: filter.status ?? null,
    channel: filter.channel ?? null,
    tier: filter.tier ?? null,
    unit: filter.unitId ?? '',
    kept: id,
  }
}

/** How many fields narrow the list besides view, area and words. */
export function narrowed({ status, channel, tier, unit }: DeskState): number {
  return [status, channel, tier, unit].filter(Boolean).length
}
