import { isIdentityNumber } from './identity-codes.ts'

/** What a person without a purpose sees of personal fields: enough to recognise, too little to use. */

const STARS = '****'

/** `13812341234` → `138****1234`; a landline keeps its last two digits; anything shorter shows nothing. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  const local = digits.length === 13 && digits.startsWith('86') ? digits.slice(2) : digits
  if (local.length === 11 && local.startsWith('1')) return `${local.slice(0, 3)}${STARS}${local.slice(-4)}`
  return local.length >= 7 ? `${STARS}${local.slice(-2)}` : STARS
}

/** `张小三` → `张**`, `John Smith` → `J***`. The number of stars follows a Chinese name's length only up to three characters. */
export function maskName(name: string): string {
  const letters = Array.from(name.trim())
  const first = letters[0]
  if (first === undefined) return ''
  if (!/\p{Script=Han}/u.test(first)) return `${first}***`
  return `${first}${'*'.repeat(Math.min(Math.max(letters.length - 1, 1), 2))}`
}

/** Identity number (GB 11643) or another certificate: first three and last two characters of a long one, nothing of a short one. */
export function maskIdNumber(number: string): string {
  const letters = number.replace(/\s/g, '')
  return letters.length >= 15 ? `${letters.slice(0, 3)}${'*'.repeat(letters.length - 5)}${letters.slice(-2)}` : STARS
}

// The street or estate may be known; house, building, unit and room may not. FF10–FF19 are the full-width digits.
const houseNumber = /[0-9\uFF10-\uFF19A-Za-z一二三四五六七八九十百甲乙丙丁]+\s*(?=号|栋|幢|座|弄|单元|楼|层|室|房|户)|[0-9\uFF10-\uFF19]+/g

/** `滨江路12号3栋402室` → `滨江路**号**栋**室`: the street is read, the door is not. */
export function maskAddress(address: string): string {
  return address.replace(houseNumber, '**')
}

// A phone or identity number inside free text. Longest first, so that an identity number is not taken for a phone inside it.
const numbersInText = /(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15}|(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}|0\d{2,3}[- ]?\d{7,8})(?![0-9A-Za-z])/g

// Eighteen digits as people write them: in groups, in full width, beside letters or inside a longer number. Looked for at every position.
const identityAsWritten = /(?=([0-9\uFF10-\uFF19](?:[ -]?[0-9\uFF10-\uFF19]){16}[ -]?[0-9\uFF10-\uFF19Xx\uFF38\uFF58]))/g

/** Hides phone and identity numbers that somebody typed into a text: what the check character proves, and what merely looks like one. */
export function maskNumbersInText(text: string): string {
  let shown = ''
  let at = 0
  for (const { index, 1: written = '' } of text.matchAll(identityAsWritten)) {
    const number = written.normalize('NFKC').replace(/[ -]/g, '')
    if (index < at || !isIdentityNumber(number)) continue
    shown += maskByLook(text.slice(at, index)) + maskIdNumber(number)
    at = index + written.length
  }
  return shown + maskByLook(text.slice(at))
}

function maskByLook(text: string): string {
  return text.replace(numbersInText, (number) => (/^(\d{15}|\d{17}[\dXx])$/.test(number) ? maskIdNumber(number) : maskPhone(number)))
}
