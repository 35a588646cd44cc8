/**
 * Names of areas as people write them, found inside a text: 军门社区居委会 is written 军门社区, 后屿村委会 is written 后屿村. Only whole names count:
 * a stem such as 上街 (of 上街镇) is a word of everyday language as well.
 */
import { codeDigits } from '#kernel/codes.ts'
import type { AreaName } from './area.ts'

/** What the names in a text say about the place. */
export interface PlaceInWords {
  /** The most specific area that all found names agree on; null where they agree on none. */
  readonly areaCode: string | null
  /** The names that speak for it, or those that contradict each other. */
  readonly words: readonly string[]
  /** False where names contradict each other, or one name stands for several areas: a person decides. */
  readonly clear: boolean
}

export interface PlaceNames {
  /** Null when the text names no area inside one of the areas `within`. */
  find(text: string, within: readonly string[]): PlaceInWords | null
}

/** Shorter names are chance: 上村 stands in every 以上村民. */
const SHORTEST = 3

/** Endings of offices that run an area; people say 社区 or 村 instead. */
const offices: readonly (readonly [ending: RegExp, plain: string])[] = [
  [/(?:社区)?(?:居民委员会|居委会)$/, '社区'],
  [/村?(?:村民委员会|村委会|村委|民委员会)$/, '村'],
]

/** The ways in which people write an area's name, the official one first. */
export function namesOf({ name, level }: Pick<AreaName, 'name' | 'level'>): string[] {
  const official = plain(name.zh)
  const said = level === 'community' ? offices.flatMap(([ending, word]) => (ending.test(official) ? [official.replace(ending, word)] : [])) : []
  return [...new Set([official, ...said])].filter((one) => one.length >= SHORTEST)
}

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')

/** Builds the index once; a look-up walks the text. Provinces and cities say too little and are left out. */
export function buildPlaceNames(areas: Iterable<AreaName>): PlaceNames {
  const codes = new Map<string, string[]>()
  for (const area of areas) {
    if (area.code.length < codeDigits.district || area.gridKind === 'unit') continue
    for (const name of namesOf(area)) {
      const known = codes.get(name)
      if (known) known.push(area.code)
      else codes.set(name, [area.code])
    }
  }
  const byStart = Map.groupBy(
    [...codes.keys()].toSorted((a, b) => b.length - a.length),
    (name) => name.slice(0, 2),
  )
  return {
    find: (text, within) => {
      const found = namesIn(plain(text), byStart)
        .map((word) => ({ word, codes: (codes.get(word) ?? []).filter((code) => within.some((outer) => code.startsWith(outer))) }))
        .filter((one) => one.codes.length > 0)
      return found.length === 0 ? null : agree(found)
    },
  }
}

/** Names that stand in the text, the longest at each place: inside 上渡街道 there is no 渡街道. */
function namesIn(text: string, byStart: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>()
  for (let at = 0; at < text.length;) {
    const name = byStart.get(text.slice(at, at + 2))?.find((one) => text.startsWith(one, at))
    if (name !== undefined) found.add(name)
    at += name?.length ?? 1
  }
  return [...found]
}

interface Named {
  readonly word: string
  readonly codes: readonly string[]
}

const related = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)

/** A name of several areas means the one that fits the names that mean one area only: 和平社区 beside 鼓东街道. */
function agree(found: readonly Named[]): PlaceInWords {
  const anchors = found.filter(({ codes }) => codes.length === 1).map(({ codes }) => codes[0] as string)
  const fitting = found.map(({ word, codes }) => {
    const near = anchors.length === 0 || codes.length === 1 ? codes : codes.filter((code) => anchors.some((anchor) => related(code, anchor)))
    return { word, codes: near.length === 0 ? codes : near }
  })
  const words = fitting.map(({ word }) => word)
  const certain = fitting.filter(({ codes }) => codes.length === 1).map(({ codes }) => codes[0] as string)
  const deepest = certain.filter((code) => !certain.some((other) => other !== code && other.startsWith(code)))
  const [only, ...others] = [...new Set(deepest)]
  if (only === undefined) return { areaCode: sharedArea(fitting.flatMap(({ codes }) => codes)), words, clear: false }
  if (others.length > 0) return contradicting([only, ...others], words)
  const speaking = fitting.filter(({ codes }) => codes.length === 1 && only.startsWith(codes[0] as string)).map(({ word }) => word)
  return { areaCode: only, words: speaking, clear: true }
}

/** Two communities of one street are still a street; two streets are for a person. */
function contradicting(codes: readonly string[], words: readonly string[]): PlaceInWords {
  const shared = sharedArea(codes)
  return { areaCode: shared, words, clear: shared !== null && shared.length >= codeDigits.street }
}

function sharedArea(codes: readonly string[]): string | null {
  const levels = [codeDigits.community, codeDigits.street, codeDigits.district]
  for (const digits of levels) {
    const shared = new Set(codes.map((code) => code.slice(0, digits)))
    const [code = ''] = shared
    if (shared.size === 1 && code.length === digits) return code
  }
  return null
}
