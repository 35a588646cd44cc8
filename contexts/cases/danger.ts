import type { Danger } from '#contexts/catalogue/index.ts'
import { emergencyNames } from '#kernel/emergency.ts'
import type { Wording } from '#kernel/refusal.ts'

/**
 * Sentences in which a word of danger is feared, past, denied or a figure of speech. Most are: of 81 among three thousand real letters that held such
 * a word, two told of a danger of that day. A missed word costs nothing that a person would not see; a false one every time hides the true one.
 */
const notNow =
  /如果|一旦|一但|万一|假如|假设|假使|倘若|要是|若有|若是|若发|哪天|到时|可能|容易|极易|易发|随时|引发|引起|造成|导致|存在|隐患|风险|怕[会起着引再发]|担心|担忧|预防|防止|以防|避免|消防演练|曾|以前|之前|去年|前年|上个?月|年前|早几年|当时|几次|多次|时有|不时|经常|发生过|出过|案例|假想|没有?发生|未发生|不是|简直|等于|就是在|是不是|像|好比|变相|看着火/
/** Words that go on after a word of danger and make another thing of it. */
const otherThing = /^(?:隐患|风险|事故频|事件|报警|警报|器|柜|具|点|线|的?案例|预案|演练|罪|险|灾)/
/** A call about danger says so at once; what a long letter mentions further on is its story. */
const AT_ONCE = 150

/** The first word of danger that a text says of now; null without one. */
export function dangerIn(text: string, dangers: readonly Danger[]): Danger | null {
  const sentences = text
    .normalize('NFKC')
    .slice(0, AT_ONCE)
    .split(/[。！？!?；;\n]/)
    .map((sentence) => sentence.replace(/\s/g, ''))
  return dangers.find(({ word }) => sentences.some((sentence) => says(sentence, word))) ?? null
}

function says(sentence: string, word: string): boolean {
  if (notNow.test(sentence)) return false
  for (let at = sentence.indexOf(word); at >= 0; at = sentence.indexOf(word, at + 1))
    if (!otherThing.test(sentence.slice(at + word.length))) return true
  return false
}

/** What to do first, in words. The platform never dials by itself. */
export function adviceFor({ service, word }: Danger): Wording {
  const { zh, en } = emergencyNames[service]
  return {
    zh: `文中有“${word}”：先拨 ${service}（${zh.replace(` ${service}`, '')}）`,
    en: `It says “${word}”: dial ${service} first (${en.replace(` ${service}`, '')})`,
  }
}
