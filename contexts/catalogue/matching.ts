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
/** A report is this long at most, in characters, before chance words become likely: of sixteen times as much, twice the score is asked. */
const PLAIN_LENGTH = 100
/** Words of a condition tell what is wrong (坏了), the matter's tell with what (路灯): the first without the second are worth half. */
const WITHOUT_SUBJECT = 0.5
/** And the second without the first: who asks for a clever traffic light does not complain about one. A matter's own name tells both. */
const WITHOUT_FAULT = 0.5
/** A lighter word of a condition tells where (小区) rather than what is wrong. */
const FAULT_WEIGHT = 0.5
/** Where one of the two is missing, the match is a guess, however many words there are. */
const GUESS = 0.5
/** What a letter is about is said in its first sentences; what stands further on is worth this much. */
const FIRST_SENTENCES = 120
const FURTHER_ON = 0.45
/** Words further apart than this, in characters, do not speak together: two or three sentences. */
const REACH = 60
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

/** A word of a condition where it stands in the text. */
interface Found {
  readonly entry: Entry
  readonly at: number
  readonly posting: Posting
}

/** Builds the index once; a look-up then walks the text and touches only conditions that share a word with it. */
export function buildMatcher(conditions: readonly WordedCondition[]): Matcher {
  const byStart = indexByStart(entriesOf(conditions))
  return {
    match: (text, most = 5) => {
      const plain = normalise(text)
      const foundBy = new Map<number, Found[]>()
      for (const { entry, at } of occurrences(plain, byStart))
        for (const posting of entry.postings) {
          const found = foundBy.get(posting.condition)
          if (found) found.push({ entry, at, posting })
          else foundBy.set(posting.condition, [{ entry, at, posting }])
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
  readonly fault: boolean
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
  const names = new Set([matterName.zh, matterName.en ?? ''].map(normalise))
  const add = ({ text, weight }: CatalogueWord, where: MatchReason['where']): void => {
    const key = normalise(text)
    const before = all.get(key)
    const subject = where === 'matter' || before !== undefined
    const fault = names.has(key) || (where === 'condition' && weight >= FAULT_WEIGHT) || before?.fault === true
    if (key !== '') all.set(key, { shown: text, weight: weight + (before?.weight ?? 0), where, subject, fault })
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

/** Every word at every place where it stands, in the order of the text. */
function occurrences(text: string, index: Index): { entry: Entry; at: number }[] {
  const found: { entry: Entry; at: number }[] = []
  const look = (entries: readonly Entry[] | undefined, at: number): void => {
    for (const entry of entries ?? []) if (standsAt(text, entry.text, at)) found.push({ entry, at })
  }
  for (let at = 0; at < text.length; at += 1) {
    look(index.get(startKey(text, at)), at)
    look(index.get(text.charCodeAt(at)), at)
  }
  return found
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

interface Judged {
  readonly score: number
  /** Both what it is about and what is wrong with it were said. */
  readonly isWhole: boolean
  readonly reasons: MatchReason[]
}

/** The best that words standing near each other say for a condition: in a long letter words far apart are seldom about the same thing. */
function judge(found: readonly Found[]): Judged {
  const free = found.filter((one) => !isExplained(one, found))
  const against = free.filter(({ posting }) => posting.points < 0)
  const speaking = free.filter(({ posting }) => posting.points > 0)
  let best: Judged = { score: 0, isWhole: false, reasons: [] }
  for (const [index, first] of speaking.entries()) {
    const near = speaking.slice(index).filter((one) => one.at + one.entry.text.length <= first.at + REACH)
    const said = judgeNear([...near, ...against], first.at <= FIRST_SENTENCES ? 1 : FURTHER_ON)
    if (said.score > best.score) best = said
  }
  return best
}

function judgeNear(near: readonly Found[], worth: number): Judged {
  const telling = [...new Map(near.map((one) => [one.entry, one])).values()].toSorted((a, b) => b.posting.points - a.posting.points)
  const sum = telling.reduce((total, one) => total + one.posting.points, 0)
  const tells = (what: 'subject' | 'fault'): boolean => telling.some(({ posting }) => posting.said[what] && posting.points > 0)
  const [subject, fault] = [tells('subject'), tells('fault')]
  return {
    score: sum * worth * (subject ? 1 : WITHOUT_SUBJECT) * (fault ? 1 : WITHOUT_FAULT),
    isWhole: subject && fault,
    reasons: telling.map(({ posting }) => ({ word: posting.said.shown, where: posting.said.where })),
  }
}

/** True when the word lies inside a longer found word of the same condition. */
function isExplained({ entry, at }: Found, found: readonly Found[]): boolean {
  const end = at + entry.text.length
  return found.some((other) => other.entry.text.length > entry.text.length && other.at <= at && end <= other.at + other.entry.text.length)
}

function withConfidence(scored: readonly (Judged & { index: number })[], conditions: readonly WordedCondition[], length: number): Match[] {
  const scale = STRENGTH_SCALE * Math.max(1, (length / PLAIN_LENGTH) ** 0.25)
  const leading = scored.slice(0, 5)
  const best = leading[0]?.score ?? 1
  const total = leading.reduce((sum, one) => sum + (one.score / best) ** SHARE_POWER, 0)
  const matches = scored.flatMap(({ index, score, isWhole, reasons }) => {
    const condition = conditions[index]
    if (!condition) return []
    const strength = 1 - Math.exp(-score / scale)
    const share = (strength * (score / best) ** SHARE_POWER) / total
    const confidence = isWhole ? share : share * GUESS
    return [{ conditionId: condition.id, matterId: condition.matterId, score, confidence, reasons }]
  })
  // A guess with many words may score above what was said whole, and is yet less sure.
  return matches.toSorted((a, b) => b.confidence - a.confidence)
}
