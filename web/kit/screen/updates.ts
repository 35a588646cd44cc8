/**
 * A part of the app that cannot be loaded: either there is no network, which is said, or a new build replaced the old one, or the network is
 * back but the browser remembers the failure; then the page wanted is loaded whole.
 */
import type { Router } from 'vue-router'
import { reachable } from '../call.ts'
import { toast } from '../parts/toast.ts'
import { language, textIn } from '../text.ts'
import { kitWords } from '../words.ts'

const MARK = 'huying.reloaded'

/** Starts listening; once per app. What was being typed is kept as a draft over the reload. */
export function startUpdates(router: Router): void {
  let wanted: string | undefined
  router.onError((_error, to) => (wanted = router.resolve(to).href))
  router.afterEach((_to, _from, failure) => {
    if (!failure) wanted = undefined
  })
  window.addEventListener('vite:preloadError', () => void look(() => wanted ?? window.location.href))
}

async function look(wanted: () => string): Promise<void> {
  const answers = await fetch(import.meta.env.BASE_URL, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  reachable.value = answers
  const page = wanted()
  // Once per page: a part that is missing for good must not turn into an endless reload.
  if (answers && sessionStorage.getItem(MARK) !== page) {
    sessionStorage.setItem(MARK, page)
    if (page === window.location.href) window.location.reload()
    else window.location.assign(page)
  } else toast(textIn(kitWords, language.value)(answers ? 'errorText' : 'offlineText'))
}
