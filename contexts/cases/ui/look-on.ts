/** This screen says that it shows a case, as long as it does; colleagues see it on the row and beside the case. */
import { onBeforeUnmount, onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { call, newCommandId } from '#web/kit/call.ts'
import { BEAT_SECONDS, lookOn } from '../onlooking/contract.ts'
import type { CaseKey } from './queries.ts'

/** One per tab, new with each load of the page; nothing is remembered. */
const screenId = newCommandId()

export function useLookOn(key: MaybeRefOrGetter<CaseKey>, isWriting: MaybeRefOrGetter<boolean>): void {
  const tell = ({ districtCode, id }: CaseKey, doing: 'looking' | 'writing' | 'gone'): void =>
    // Where nobody hears it, colleagues see one person less; that is no reason to disturb the work.
    void call(lookOn, { params: { districtCode, id }, body: { screenId, doing } }).catch(() => undefined)
  const now = (): void => tell(toValue(key), toValue(isWriting) ? 'writing' : 'looking')
  watch([() => toValue(key).id, () => toValue(isWriting)], now, { immediate: true })
  const timer = setInterval(() => document.visibilityState === 'visible' && now(), BEAT_SECONDS * 1000)
  const gone = (): void => tell(toValue(key), 'gone')
  const seen = (): void => (document.visibilityState === 'visible' ? now() : gone())
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', seen)
  })
  onBeforeUnmount(gone)
}
