/** Codes for somebody whose phone is gone: 50 random bits each, in two groups that can be copied by hand. */
export const RECOVERY_CODES = 10

// Crockford base 32: no I, L, O or U; what people type for them is read as what was meant.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** One code, such as `7K3QD-0ZW9M`, from ten random bytes. */
export function newRecoveryCode(bytes: Uint8Array): string {
  const letters = Array.from(bytes.subarray(0, 10), (byte) => ALPHABET[byte & 31]).join('')
  return `${letters.slice(0, 5)}-${letters.slice(5)}`
}
