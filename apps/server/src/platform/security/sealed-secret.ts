import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { defineErrors, withCause } from '../../kernel/errors.ts'

const ALGORITHM = 'aes-256-gcm'
// NIST SP 800-38D, 5.2.1.1 and 8.2: 96 random bits are good for 2^32 secrets under one key.
const NONCE_BYTES = 12
const TAG_BYTES = 16
const VERSION = 'v1'
const SEALED = /^v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/

const sealedSecretErrors = defineErrors('sealed_secret', {
  other_key: {
    kind: 'unavailable',
    message: (keyId: string, current: string) =>
      `A stored credential was encrypted with the master key ${keyId}, and this server has ${current}. Restore the key file, or enter the credential again.`,
  },
  not_authentic: {
    kind: 'unavailable',
    message: () => 'A stored credential is damaged, or was moved from the record it was stored for. Enter it again.',
  },
})

/**
 * Encrypts credentials that must be read again, with AES-256-GCM. A sealed secret is `v1.<key id>.<nonce, ciphertext, tag>`
 * and opens only for the record it was sealed for: copied to another one it is worthless.
 */
export class SealedSecrets {
  readonly #key: Uint8Array
  readonly #keyId: string

  /** @param masterKey 32 bytes */
  constructor(masterKey: Uint8Array) {
    // One key for one purpose: the name of the key comes from it, too, and says nothing about the one that encrypts.
    this.#key = derive(masterKey, 'portreeve sealed secrets', 32)
    this.#keyId = Buffer.from(derive(masterKey, 'portreeve key id', 8)).toString('hex')
  }

  /** @param record what it belongs to, and cannot be taken away from */
  seal(secret: string, record: string): string {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES })
    cipher.setAAD(additionalData(this.#keyId, record))
    const sealed = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${VERSION}.${this.#keyId}.${sealed.toString('base64url')}`
  }

  /** Throws `sealed_secret.other_key` or `sealed_secret.not_authentic`. */
  open(sealed: string, record: string): string {
    const [, keyId, text = ''] = SEALED.exec(sealed) ?? []
    if (keyId === undefined) throw sealedSecretErrors.not_authentic()
    if (keyId !== this.#keyId) throw sealedSecretErrors.other_key(keyId, this.#keyId)
    const bytes = Buffer.from(text, 'base64url')
    const nonce = bytes.subarray(0, NONCE_BYTES)
    try {
      const decipher = createDecipheriv(ALGORITHM, this.#key, nonce, { authTagLength: TAG_BYTES })
      decipher.setAAD(additionalData(keyId, record))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    } catch (error) {
      throw withCause(sealedSecretErrors.not_authentic(), error)
    }
  }
}

function additionalData(keyId: string, record: string): Uint8Array {
  return Buffer.from(`${VERSION}.${keyId}.${record}`)
}

function derive(key: Uint8Array, purpose: string, bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', purpose, bytes))
}
