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
export function rewordEn(text: string, { word }: WhistleWords): string {
  return text.replaceAll('Whistle', word.en).replaceAll('whistle', word.en.toLowerCase())
}

/** A name in the city's own words. */
export function reword(wording: Wording, words: WhistleWords): Wording {
  const zh = rewordZh(wording.zh, words)
  return wording.en === undefined ? { zh } : { zh, en: rewordEn(wording.en, words) }
}
