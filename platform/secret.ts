import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto'

/** Keeps contact fields unreadable in the database, yet findable by an exact value. */
export interface Secrets {
  /** Authenticated encryption; the result carries its key id, so that keys can be changed. */
  encrypt(text: string): string
  decrypt(box: string): string
  /** Keyed hash for look-up by exact value. */
  hash(text: string): string
  /** A readable code of 80 bits that only the holder of the key can compute from `text`: the same text gives the same code, so the code need not be stored. */
  code(text: string): string
}

/** `key` is 32 random bytes. AES-256-GCM, a fresh 96-bit nonce each time. */
export function createSecrets(key: Uint8Array): Secrets {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, 32))
  // Key objects, made once: a key given as bytes is wrapped anew at every use, which cost a fifth of accepting a report (measured).
  const [boxKey, hashKey, codeKey] = [createSecretKey(derive('box')), createSecretKey(derive('hash')), createSecretKey(derive('code'))]
  const keyId = createHash('sha256').update(derive('box')).digest('hex').slice(0, 8)
  return {
    encrypt: (text) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', boxKey, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${keyId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    decrypt: (box) => {
      const [id, payload = ''] = box.split('.')
      if (id !== keyId) throw new Error(`encrypted with key ${id}, but the key at hand is ${keyId}`)
      const bytes = Buffer.from(payload, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', boxKey, bytes.subarray(0, 12))
      decipher.setAuthTag(bytes.subarray(12, 28))
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    },
    hash: (text) => createHmac('sha256', hashKey).update(text).digest('base64url'),
    code: (text) => Array.from(createHmac('sha256', codeKey).update(text).digest().subarray(0, 16), (byte) => ALPHABET[byte & 31]).join(''),
  }
}

/** Crockford base 32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Undoes what people do to a read-out code: spaces, dashes, lower case, O for 0, I and L for 1. */
export function normaliseCode(code: string): string {
  return code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
}
