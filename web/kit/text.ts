/**
 * Texts of the screens: one small typed catalogue per screen, Chinese and English side by side, so that a missing or misspelt key
 * does not compile. Used by the apps and by the server-rendered portal.
 */
import { shallowRef } from 'vue'
import type { Language, Wording } from '#kernel/refusal.ts'

/** Both languages of one catalogue. `{name}` in a text is filled by the parameter of that name. */
export interface Texts<K extends string = string> {
  readonly zh: Readonly<Record<K, string>>
  readonly en: Readonly<Record<K, string>>
}
export type TextParams = Readonly<Record<string, string | number>>
export type Say<K extends string> = (key: K, params?: TextParams) => string

/** Declares a catalogue; every Chinese text must have its English twin. */
export function texts<const Z extends Readonly<Record<string, string>>>(zh: Z, en: { readonly [K in keyof Z]: string }): Texts<keyof Z & string> {
  return { zh, en }
}

/** The language that the apps show now. The portal renders per request and passes its language instead. */
export const language = shallowRef<Language>('zh')

/** Reader of a catalogue in a fixed language, for the server. */
export function textIn<K extends string>(catalogue: Texts<K>, chosen: Language): Say<K> {
  return (key, params = {}) => fill(catalogue[chosen][key], params)
}

/** Reader of a catalogue in the language shown now; reactive inside templates and computed values. */
export function useText<K extends string>(catalogue: Texts<K>): Say<K> {
  return (key, params = {}) => fill(catalogue[language.value][key], params)
}

/** A name or rule text in a language; Chinese where nobody wrote English. */
export function wordingIn(wording: Wording, chosen: Language): string {
  return chosen === 'en' ? wording.en || wording.zh : wording.zh
}

/** A name or rule text in the language shown now. */
export function say(wording: Wording | null | undefined): string {
  return wording ? wordingIn(wording, language.value) : ''
}

/** English needs two forms: `{n} case|{n} cases` takes the first when n is 1. */
function fill(template: string, params: TextParams): string {
  const [one, many] = template.split('|')
  const chosen = many !== undefined && params['n'] !== 1 ? many : (one ?? '')
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}
