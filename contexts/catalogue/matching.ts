/**
 * From a resident's words to a filing condition, by the words of the catalogue: no model, always able to say why.
 *
 * A word counts `weight × rarity × length`. Rarity is 1 for a word of a single matter and falls with the number of matters that have it; longer words are
 * seldom chance. A word inside a longer word of the same condition that explains it (井盖 in 井盖缺失) adds nothing, so a long negative word can take
 * back a short positive one. Confidence is strength (how much was found) times share (how far ahead of the others), so a tie is never above 0.5.
 */
import type { Wording } from '#kernel/refusal.ts'
import type { CatalogueWord } from './matter.ts'
import { normalise, wordLength } from './wording.ts'

export interface WordedCondition {
  readonly id: string
  readonly matterId: string
  readonly matterName: Wording
  readonly matterWords: readonly CatalogueWord[]
  readonly words: readonly CatalogueWord[]
}

export interface MatchReason {
  readonly word: string
  readonly where: 'matter' | 'condition'
}

export interface Match {
  readonly conditionId: string
  readonly matterId: string
  readonly score: number
  /** 0 to 1. From the floor of the catalogue on it is taken without a person. */
  readonly confidence: number
  /** Words that spoke for the condition, the weightiest first, and those that spoke against it. */
  readonly reasons: readonly MatchReason[]
}

export interface Matcher {
  /** The best conditions first, at most `most` (5 unless told). */
  match(text: string, most?: number): Match[]
}

/** Score at which strength reaches 63 %. One rare word of two characters (1 point) stays just below the shipped floor: naming a thing is not yet a complaint. */
const STRENGTH_SCALE = 1.3
/** A report is this long at most, in characters, before chance words become likely: of four times as much, twice the score is asked. */
const PLAIN_LENGTH = 100
/** Words of a condition tell what is wrong (坏了), the matter's tell with what (路灯): the first without the second are worth half. */
const WITHOUT_SUBJECT = 0.5
/** How steeply being ahead turns into share: half the leader's score leaves a rival 6 %. */
const SHARE_POWER = 4

interface Posting {
  readonly condition: number
  readonly points: number
  readonly said: Said
}

interface Entry {
  readonly text: string
  readonly postings: readonly Posting[]
}

interface Found {
  readonly entry: Entry
  readonly count: number
  readonly posting: Posting
}

/** Builds the index once; a look-up then walks the text and touches only conditions that share a word with it. */
export function buildMatcher(conditions: readonly WordedCondition[]): Matcher {
  const byStart = indexByStart(entriesOf(conditions))
  return {
    match: (text, most = 5) => {
      const plain = normalise(text)
      const foundBy = new Map<number, Found[]>()
      for (const [entry, count] of occurrences(plain, byStart))
        for (const posting of entry.postings) {
          const found = foundBy.get(posting.condition)
          if (found) found.push({ entry, count, posting })
          else foundBy.set(posting.condition, [{ entry, count, posting }])
        }
      const scored = [...foundBy].map(([index, found]) => ({ index, ...judge(found) })).filter((one) => one.score > 0)
      scored.sort((a, b) => b.score - a.score || a.index - b.index)
      return withConfidence(scored, conditions, plain.length).slice(0, most)
    },
  }
}

interface Said {
  /** As a person wrote it, for the reasons. */
  readonly shown: string
  readonly weight: number
  readonly where: MatchReason['where']
  readonly subject: boolean
}

/** All words of all conditions, with the conditions they point to. */
function entriesOf(conditions: readonly WordedCondition[]): Entry[] {
  const uses = new Map<string, { condition: number; said: Said }[]>()
  conditions.forEach((condition, index) => {
    for (const [text, said] of wordsOf(condition)) {
      const list = uses.get(text)
      if (list) list.push({ condition: index, said })
      else uses.set(text, [{ condition: index, said }])
    }
  })
  const matterOf = (index: number): string => conditions[index]?.matterId ?? ''
  const matters = new Set(conditions.map((condition) => condition.matterId)).size
  return [...uses].map(([text, list]) => {
    const having = new Set(list.map((use) => matterOf(use.condition))).size
    const points = (Math.log(1 + matters / having) / Math.log(1 + matters)) * (wordLength(text) / 2) ** 0.75
    return { text, postings: list.map(({ condition, said }) => ({ condition, said, points: points * said.weight })) }
  })
}

/** Words of one condition by their normalised text. A word of both matter and condition counts with both weights. The matter's name is one of its words. */
export function wordsOf({ matterName, matterWords, words }: WordedCondition): Map<string, Said> {
  const all = new Map<string, Said>()
  const add = ({ text, weight }: CatalogueWord, where: MatchReason['where']): void => {
    const key = normalise(text)
    const before = all.get(key)
    if (key !== '') all.set(key, { shown: text, weight: weight + (before?.weight ?? 0), where, subject: where === 'matter' || before !== undefined })
  }
  const listed = new Set(matterWords.map((word) => normalise(word.text)))
  for (const name of [matterName.zh, matterName.en ?? '']) if (!listed.has(normalise(name))) add({ text: name, weight: 1 }, 'matter')
  for (const word of matterWords) add(word, 'matter')
  for (const word of words) add(word, 'condition')
  return all
}

type Index = ReadonlyMap<number, readonly Entry[]>

/** Two characters decide where to look; words of a single character lie under that character alone. */
function startKey(text: string, at: number): number {
  return text.charCodeAt(at) * 0x1_0000 + text.charCodeAt(at + 1)
}

function indexByStart(entries: readonly Entry[]): Index {
  const index = new Map<number, Entry[]>()
  for (const entry of entries) {
    const key = entry.text.length === 1 ? entry.text.charCodeAt(0) : startKey(entry.text, 0)
    const list = index.get(key)
    if (list) list.push(entry)
    else index.set(key, [entry])
  }
  return index
}

function occurrences(text: string, index: Index): Map<Entry, number> {
  const counts = new Map<Entry, number>()
  const none: readonly Entry[] = []
  const count = (entries: readonly Entry[], at: number): void => {
    for (const entry of entries) if (standsAt(text, entry.text, at)) counts.set(entry, (counts.get(entry) ?? 0) + 1)
  }
  for (let at = 0; at < text.length; at += 1) {
    count(index.get(startKey(text, at)) ?? none, at)
    count(index.get(text.charCodeAt(at)) ?? none, at)
  }
  return counts
}

const latin = /[\p{Script=Latin}\p{Nd}]/u

/** Exact substring; a word of letters must not start or end inside a longer one (`tree` is not in `street`). */
function standsAt(text: string, word: string, at: number): boolean {
  if (!text.startsWith(word, at)) return false
  const end = at + word.length
  const cutsBefore = at > 0 && latin.test(word.charAt(0)) && latin.test(text.charAt(at - 1))
  const cutsAfter = end < text.length && latin.test(word.charAt(word.length - 1)) && latin.test(text.charAt(end))
  return !cutsBefore && !cutsAfter
}

function judge(found: readonly Found[]): { score: number; reasons: MatchReason[] } {
  const telling = found.filter((one) => !isExplained(one, found)).sort((a, b) => b.posting.points - a.posting.points)
  const sum = telling.reduce((total, one) => total + one.posting.points, 0)
  const namesSubject = telling.some(({ posting }) => posting.said.subject && posting.points > 0)
  return {
    score: namesSubject ? sum : sum * WITHOUT_SUBJECT,
    reasons: telling.map(({ posting }) => ({ word: posting.said.shown, where: posting.said.where })),
  }
}

/** True when every occurrence of the word lies inside longer found words of the same condition. */
function isExplained(one: Found, found: readonly Found[]): boolean {
  let free = one.count
  for (const other of found) if (other.entry.text.length > one.entry.text.length && other.entry.text.includes(one.entry.text)) free -= other.count
  return free <= 0
}

function withConfidence(
  scored: readonly { index: number; score: number; reasons: MatchReason[] }[],
  conditions: readonly WordedCondition[],
  length: number,
): Match[] {
  const scale = STRENGTH_SCALE * Math.max(1, Math.sqrt(length / PLAIN_LENGTH))
  const leading = scored.slice(0, 5)
  const best = leading[0]?.score ?? 1
  const total = leading.reduce((sum, one) => sum + (one.score / best) ** SHARE_POWER, 0)
  return scored.flatMap(({ index, score, reasons }) => {
    const condition = conditions[index]
    if (!condition) return []
    const strength = 1 - Math.exp(-score / scale)
    const confidence = (strength * (score / best) ** SHARE_POWER) / total
    return [{ conditionId: condition.id, matterId: condition.matterId, score, confidence, reasons }]
  })
}
