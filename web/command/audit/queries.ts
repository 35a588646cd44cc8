/** Server state of the audit page. Every reading leaves a record, so nothing is read again by itself. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { exportAuditEntries, listAuditEntries, listLooks, readAudit, readVerification, startVerification } from '#contexts/audit/contract.ts'
import { call } from '#web/kit/call.ts'
import type { AuditState } from './state.ts'

const once = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false } as const

export function useSeals() {
  return useQuery({ queryKey: ['audit', 'seals'], queryFn: () => call(readAudit, {}) })
}

const askedOf = ({ from, to, who, type, subject, number }: AuditState) => ({
  from: from || undefined,
  to: to || undefined,
  who: who || undefined,
  type: type || undefined,
  subjectId: subject || undefined,
  caseNumber: number || undefined,
})

/** Where the entries of a state are as a file, in the language shown. */
export function exportAddress(state: AuditState, district: string, lang: string): string {
  const asked = Object.entries({ ...askedOf(state), lang }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
  return `${exportAuditEntries.path.replace('{districtCode}', district)}?${new URLSearchParams(asked).toString()}`
}

export function useEntries(state: MaybeRefOrGetter<AuditState>, district: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['audit', 'entries', state, district] as const,
    queryFn: () => {
      const asked = toValue(state)
      const query = { ...askedOf(asked), cursor: asked.cursor || undefined }
      return call(listAuditEntries, { params: { districtCode: toValue(district) }, query })
    },
    enabled: () => toValue(district) !== '',
    placeholderData: keepPreviousData,
    ...once,
  })
}

export function useLooks(state: MaybeRefOrGetter<AuditState>, district: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: ['audit', 'looks', state, district] as const,
    queryFn: () => {
      const { from, to, who, cursor } = toValue(state)
      const query = { from: from || undefined, to: to || undefined, who: who || undefined, cursor: cursor || undefined }
      return call(listLooks, { params: { districtCode: toValue(district) }, query })
    },
    enabled: () => toValue(district) !== '',
    placeholderData: keepPreviousData,
    ...once,
  })
}

const everyMs = 1000

/** The verification of one district: started by hand, then followed until it is done. */
export function useVerification(districtCode: string) {
  const client = useQueryClient()
  const key = ['audit', 'verification', districtCode] as const
  const query = useQuery({
    queryKey: key,
    queryFn: () => call(readVerification, { params: { districtCode } }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? everyMs : false),
  })
  const starting = useMutation({
    mutationFn: (anchor: string) => call(startVerification, { params: { districtCode }, body: anchor === '' ? {} : { anchor } }),
    onSuccess: (found) => client.setQueryData(key, found),
  })
  const running = computed(() => starting.isPending.value || query.data.value?.state === 'running')
  // Meanwhile more was sealed.
  watch(running, (on) => void (on || client.invalidateQueries({ queryKey: ['audit', 'seals'] })))
  return { found: query.data, starting, running }
}
