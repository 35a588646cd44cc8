/** What the city calls a whistle, for the screens that name it. */
import { useQuery } from '@tanstack/vue-query'
import type { Wording } from '#kernel/refusal.ts'
import { call } from '#web/kit/call.ts'
import { language, say } from '#web/kit/text.ts'
import { reword, rewordEn, rewordZh } from '../../wording/lifecycle.ts'
import { showWhistleSettings } from '../../wording/contract.ts'

/** The settings, and readers that put their words in the place of Beijing's. */
export function useCityWords(wanted = true) {
  const { data } = useQuery({ queryKey: ['whistles', 'settings'], queryFn: () => call(showWhistleSettings, {}), staleTime: 600_000, enabled: wanted })
  return {
    settings: data,
    inWords: (text: string): string => {
      const words = data.value?.words
      if (!words) return text
      return language.value === 'zh' ? rewordZh(text, words) : rewordEn(text, words)
    },
    name: (wording: Wording | null | undefined): string => say(wording && data.value ? reword(wording, data.value.words) : wording),
  }
}
