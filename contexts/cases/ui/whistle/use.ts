/** Server state of whistles, and their words as the city says them. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { limitUnits } from '#contexts/catalogue/lifecycle.ts'
import { call, newCommandId, Problem, type Asked } from '#web/kit/call.ts'
import { useText, type TextParams } from '#web/kit/text.ts'
import { addHelper, answerCase } from '../../joining/contract.ts'
import { listWhistleRates, listWhistles, moveWhistle, rateWhistle, startWhistle, suggestWhistle } from '../../whistling/contract.ts'
import { ownActs, type CaseKey } from '../queries.ts'
import { caseWords } from '../words.ts'
import { useCityWords } from './city-words.ts'
import { unitTexts } from './words.ts'

const whistleKey = ['whistles'] as const

/** Reader of the texts in the words that the settings name (`wanted`: whether this person may read them); `name` says a name of a state table in them. */
export function useWhistleText(wanted = true) {
  const t = useText(unitTexts)
  const limits = useText(caseWords)
  const { settings, inWords, name } = useCityWords(wanted)
  return {
    t: (key: Parameters<typeof t>[0], params?: TextParams): string => inWords(t(key, params)),
    name,
    limit: ({ value, unit }: { value: number; unit: string }): string => {
      const known = limitUnits.find((one) => one === unit)
      return known ? limits(`unit_${known}`, { n: value }) : String(value)
    },
    settings,
  }
}

export interface BoardFilter {
  readonly areaCode?: string | undefined
  readonly kind?: string | undefined
  readonly late?: boolean | undefined
}

export function useBoard(filter: MaybeRefOrGetter<BoardFilter>) {
  return useQuery({
    queryKey: [...whistleKey, 'board', filter] as const,
    queryFn: () => call(listWhistles, { query: { ...toValue(filter) } }),
    placeholderData: keepPreviousData,
  })
}

export function useRates(wanted: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: [...whistleKey, 'rates'], queryFn: () => call(listWhistleRates, {}), enabled: wanted, staleTime: 60_000 })
}

export function useSummons(areaCode: MaybeRefOrGetter<string>, conditionId: MaybeRefOrGetter<string | undefined>) {
  return useQuery({
    queryKey: [...whistleKey, 'suggestion', areaCode, conditionId] as const,
    queryFn: () => call(suggestWhistle, { query: { areaCode: toValue(areaCode), conditionId: toValue(conditionId) } }),
    enabled: () => toValue(areaCode).length >= 6,
    placeholderData: keepPreviousData,
  })
}

/** A command about a case or whistle. Its id lives as long as the form, so a repeat after a lost answer acts once. */
function useCommand<In extends object>(send: (input: In, commandId: string) => Promise<unknown>) {
  const client = useQueryClient()
  let commandId = newCommandId()
  const refresh = async (): Promise<void> => {
    await Promise.all([client.invalidateQueries({ queryKey: ['cases'] }), client.invalidateQueries({ queryKey: whistleKey })])
  }
  return useMutation({
    mutationFn: (input: In) => send(input, commandId),
    onSuccess: () => {
      commandId = newCommandId()
      ownActs.value += 1
      // The form closes over what is new: the next act must name the version that this one made.
      return refresh()
    },
    onError: (error) => {
      // What was refused may be asked anew in other words; only a lost answer keeps the id.
      if (error instanceof Problem) commandId = newCommandId()
      if (error instanceof Problem && error.status === 409) void refresh()
    },
  })
}

export function useAnswer(key: MaybeRefOrGetter<CaseKey & { readonly assignmentId: string }>) {
  return useCommand((body: Asked<typeof answerCase>, commandId) => call(answerCase, { params: { ...toValue(key) }, body: { ...body, commandId } }))
}

export function useAddHelper(key: MaybeRefOrGetter<CaseKey>) {
  return useCommand((body: Asked<typeof addHelper>, commandId) => {
    const { districtCode, id } = toValue(key)
    return call(addHelper, { params: { districtCode, id }, body: { ...body, commandId } })
  })
}

export function useStartWhistle() {
  return useCommand((body: Asked<typeof startWhistle>, commandId) => call(startWhistle, { body: { ...body, commandId } }))
}

export function useMoveWhistle(key: MaybeRefOrGetter<CaseKey>) {
  return useCommand((body: Asked<typeof moveWhistle>, commandId) => {
    const { districtCode, id } = toValue(key)
    return call(moveWhistle, { params: { districtCode, id }, body: { ...body, commandId } })
  })
}

export function useRateWhistle(key: MaybeRefOrGetter<CaseKey>) {
  return useCommand((body: Asked<typeof rateWhistle>, commandId) => {
    const { districtCode, id } = toValue(key)
    return call(rateWhistle, { params: { districtCode, id }, body: { ...body, commandId } })
  })
}

/** The sentence of a refusal that is about this field. */
export function errorAt(error: unknown, field: string): string {
  return error instanceof Problem && error.field === field ? error.message : ''
}
