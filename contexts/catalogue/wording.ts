const marks = /[\p{P}\p{S}\p{C}]+/gu
const spaces = /[\s\p{Z}]+/gu
const betweenChinese = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu
const outer = /^[ |]+|[ |]+$/g

/**
 * One form for words and texts: full-width letters and digits become half-width, capitals small. Spaces between Chinese characters go, because people
 * break lines anywhere; marks stay as `|`, because a word does not run across a comma.
 */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(spaces, ' ').replace(marks, '|').replace(betweenChinese, '').replace(outer, '')
}

/** Length of a normalised word in Chinese characters; three letters or digits say about as much as one of them. */
export function wordLength(word: string): number {
  let length = 0
  for (const character of word) length += character > '⺀' ? 1 : 1 / 3
  return length
}
