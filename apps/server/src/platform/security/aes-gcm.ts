import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
// NIST SP 800-38D, 5.2.1.1 and 8.2: 96 random bits are good for 2^32 messages under one key.
const NONCE_BYTES = 12
const TAG_BYTES = 16

export const KEY_BYTES = 32

/** AES-256-GCM: nonce, ciphertext and tag in one. It opens with the same additional data only. */
export function encrypt(key: Uint8Array, plain: Uint8Array, additionalData: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(additionalData))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws Error when any bit of it, the key or the additional data is another than it was */
export function decrypt(key: Uint8Array, encrypted: Uint8Array, additionalData: string): Buffer {
  const nonce = encrypted.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(additionalData))
  decipher.setAuthTag(encrypted.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(encrypted.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
}

/** A key for one purpose (RFC 5869): it says nothing about the key it comes from, or about those for other purposes. */
export function deriveKey(key: Uint8Array, purpose: string, bytes = KEY_BYTES): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', purpose, bytes))
}
