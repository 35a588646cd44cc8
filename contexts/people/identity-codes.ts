/** Codes of persons and organisations that carry a check character. Pure; says nothing about whether the code was ever given. */

const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const identityChecks = '10X98765432'
const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** 居民身份证号码 (GB 11643): 18 characters, a birthday in them, and the check character right. A small x is taken as X. */
export function isIdentityNumber(text: string): boolean {
  const code = text.toUpperCase()
  if (!/^[1-9]\d{5}(19|20)\d{9}[\dX]$/.test(code)) return false
  const [month, day] = [Number(code.slice(10, 12)), Number(code.slice(12, 14))]
  if (day < 1 || day > (daysOfMonth[month - 1] ?? 0)) return false
  const sum = identityWeights.reduce((total, weight, at) => total + weight * Number(code[at]), 0)
  return identityChecks[sum % 11] === code[17]
}

// No I, O, S, V and Z: they are taken for digits or for each other.
const creditLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** 统一社会信用代码 (GB 32100): 18 characters of its own alphabet, the check character right. */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false
  const values = Array.from(text, (letter) => creditLetters.indexOf(letter))
  if (values.includes(-1)) return false
  const sum = creditWeights.reduce((total, weight, at) => total + weight * (values[at] ?? 0), 0)
  return (31 - (sum % 31)) % 31 === values[17]
}
