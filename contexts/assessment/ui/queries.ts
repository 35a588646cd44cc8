/** Server state of figures. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { call, type Answered } from '#web/kit/call.ts'
import { listFigureCases, listFigures, type FigurePart, type FigureView } from '../contract.ts'

export interface FigureScope {
  /** Days as `2026-03-02`; empty for the server's standard period. */
  readonly from: string
  readonly to: string
  /** Empty for everything that the person may see. */
  readonly area: string
}
export interface OpenFigure {
  readonly key: FigureView['key']
  readonly part: FigurePart
}
export type Figures = Answered<typeof listFigures>

const asked = ({ from, to, area }: FigureScope) => ({ from: from || undefined, to: to || undefined, areaCode: area || undefined })

/** Every figure of a period and an area. The ones before stay on the screen while the next ones come. */
export function useFigures(scope: MaybeRefOrGetter<FigureScope>) {
  return useQuery({
    queryKey: ['figures', 'all', scope] as const,
    queryFn: () => call(listFigures, { query: asked(toValue(scope)) }),
    placeholderData: keepPreviousData,
  })
}

/** The cases of one part of a figure, page after page. */
export function useFigureCases(
  scope: MaybeRefOrGetter<FigureScope & { readonly matter: string; readonly unit: string }>,
  open: MaybeRefOrGetter<OpenFigure>,
) {
  return useInfiniteQuery({
    queryKey: ['figures', 'cases', scope, open] as const,
    queryFn: ({ pageParam }) => {
      const { key, part } = toValue(open)
      const { matter, unit, ...rest } = toValue(scope)
      const narrow = { matter: matter || undefined, organisationId: unit || undefined }
      return call(listFigureCases, { params: { key }, query: { ...asked(rest), ...narrow, part, cursor: pageParam || undefined } })
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.cursor,
  })
}
