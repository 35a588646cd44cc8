/** How the screens look to this person: theme, text size and language, kept on the device and put on <html> for the style tokens. */
import { shallowRef, watch } from 'vue'
import type { Language } from '#kernel/refusal.ts'
import { language } from '../text.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]
export const sizes = ['standard', 'large', 'elder'] as const
export type Size = (typeof sizes)[number]

export const theme = shallowRef<Theme>('system')
export const size = shallowRef<Size>('standard')

const darkWanted = window.matchMedia('(prefers-color-scheme: dark)')
const contrastWanted = window.matchMedia('(prefers-contrast: more)')

/** Reads what was kept, puts it on the page, and keeps it up to date. Call once before mounting. */
export function startAppearance(): void {
  theme.value = kept('theme', themes) ?? 'system'
  size.value = kept('size', sizes) ?? 'standard'
  language.value = languageOfDevice()
  watch([theme, size, language], apply, { immediate: true })
  darkWanted.addEventListener('change', apply)
  contrastWanted.addEventListener('change', apply)
}

/** The theme that the page really shows. */
export function shownTheme(): Exclude<Theme, 'system'> {
  if (theme.value !== 'system') return theme.value
  if (contrastWanted.matches) return 'contrast'
  return darkWanted.matches ? 'dark' : 'light'
}

function apply(): void {
  const root = document.documentElement
  root.dataset['theme'] = shownTheme()
  root.dataset['size'] = size.value
  root.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  keep('theme', theme.value)
  keep('size', size.value)
  // The server reads the same cookie, so that its refusals and the resident portal speak the same language.
  document.cookie = `lang=${language.value}; path=/; max-age=31536000; samesite=lax`
}

function languageOfDevice(): Language {
  const cookie = /(?:^|; )lang=(zh|en)/.exec(document.cookie)?.[1]
  if (cookie) return cookie as Language
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

// Storage may be refused (private windows); the choice then lasts as long as the page.
function kept<T extends string>(name: string, known: readonly T[]): T | undefined {
  try {
    const value = localStorage.getItem(`huying.${name}`)
    return known.find((one) => one === value)
  } catch {
    return undefined
  }
}
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`huying.${name}`, value)
  } catch {
    // Nothing to do: see above.
  }
}
