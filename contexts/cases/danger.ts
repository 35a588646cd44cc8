import type { Danger } from '#contexts/catalogue/index.ts'
import type { Wording } from '#kernel/refusal.ts'
import { emergencyNames } from '#kernel/emergency.ts'

/** Said right before a word of danger, these mean that it is not there, or that it is long over. */
const denied = /(?:没有|没|不会|不是|以防|防止|预防|避免|防|上次|曾经|之前|去年)(?:发生|出现|引起|造成)?$/

/** The first word of danger that stands in a text and is not denied there; null without one. */
export function dangerIn(text: string, dangers: readonly Danger[]): Danger | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  return dangers.find(({ word }) => stands(plain, word)) ?? null
}

function stands(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!denied.test(text.slice(Math.max(0, at - 8), at))) return true
  return false
}

/** What to do first, in words. The platform never dials by itself. */
export function adviceFor({ service, word }: Danger): Wording {
  const { zh, en } = emergencyNames[service]
  return { zh: `文中有“${word}”：先拨 ${service}（${zh.replace(` ${service}`, '')}）`, en: `It says “${word}”: dial ${service} first (${en.replace(` ${service}`, '')})` }
}
