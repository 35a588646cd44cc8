/** A city's own words for a whistle and the answer to it, apart from the rules of whistles: the first screen of everybody needs them. */
import type { Wording } from '#kernel/refusal.ts'

/** What a city calls the summons and the answer to it. */
export interface WhistleWords {
  readonly word: Required<Wording>
  readonly answer: Required<Wording>
}

/** Says a Chinese text in the city's own words: 吹哨 and 报到 stand in every text for what the settings name. */
export function rewordZh(text: string, { word, answer }: WhistleWords): string {
  return text.replaceAll('吹哨', word.zh).replaceAll('报到', answer.zh)
}

/** The same in English; a capital stays a capital. */
export function rewordEn(text: string, { word, answer }: WhistleWords): string {
  const named = text.replaceAll('Whistle', word.en).replaceAll('whistle', word.en.toLowerCase())
  return named.replaceAll('Answer', answer.en).replaceAll('answer', answer.en.toLowerCase())
}

/** A name in the city's own words. */
export function reword(wording: Wording, words: WhistleWords): Wording {
  const zh = rewordZh(wording.zh, words)
  return wording.en === undefined ? { zh } : { zh, en: rewordEn(wording.en, words) }
}
