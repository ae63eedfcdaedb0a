import { randomBytes } from 'node:crypto'
import { defineErrors, withCause } from '../../kernel/errors.ts'
import { decrypt, deriveKey, encrypt, KEY_BYTES } from './aes-gcm.ts'

const VERSION = 'v1'
const SEALED = /^v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/

const sealedSecretErrors = defineErrors('sealed_secret', {
  other_key: {
    kind: 'unavailable',
    message: (keyId: string, current: string) =>
      `A stored credential was encrypted with the key ${keyId}, and this server has ${current}. Restore the key file, or enter the credential again.`,
  },
  not_authentic: {
    kind: 'unavailable',
    message: () => 'A stored credential is damaged, or was moved from the record it was stored for. Enter it again.',
  },
})

/** What secrets are sealed with. */
export interface SealingKey {
  /** 16 hexadecimal digits. */
  readonly id: string
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** A new one, of nothing but chance. */
export function makeSealingKey(): SealingKey {
  return { id: randomBytes(8).toString('hex'), key: randomBytes(KEY_BYTES) }
}

/** The one that follows from a master key: what was sealed before sealing keys were stored opens with it. */
export function sealingKeyOf(masterKey: Uint8Array): SealingKey {
  return { id: masterKeyId(masterKey), key: deriveKey(masterKey, 'portreeve sealed secrets') }
}

/** The name of a master key, which may be shown. */
export function masterKeyId(masterKey: Uint8Array): string {
  return Buffer.from(deriveKey(masterKey, 'portreeve key id', 8)).toString('hex')
}

/**
 * Encrypts credentials that must be read again, with AES-256-GCM. A sealed secret is `v1.<key id>.<nonce, ciphertext, tag>`
 * and opens only for the record it was sealed for: copied to another one it is worthless.
 */
export class SealedSecrets {
  readonly #current: SealingKey
  readonly #keys: ReadonlyMap<string, Uint8Array>

  /** Seals with the first key; opens with any. */
  constructor(current: SealingKey, ...former: readonly SealingKey[]) {
    this.#current = current
    this.#keys = new Map([current, ...former].map(({ id, key }) => [id, key]))
  }

  /** @param record what it belongs to, and cannot be taken away from */
  seal(secret: string, record: string): string {
    const { id, key } = this.#current
    const sealed = encrypt(key, Buffer.from(secret), additionalData(id, record))
    return `${VERSION}.${id}.${sealed.toString('base64url')}`
  }

  /** Throws `sealed_secret.other_key` or `sealed_secret.not_authentic`. */
  open(sealed: string, record: string): string {
    const [, keyId, text = ''] = SEALED.exec(sealed) ?? []
    if (keyId === undefined) throw sealedSecretErrors.not_authentic()
    const key = this.#keys.get(keyId)
    if (!key) throw sealedSecretErrors.other_key(keyId, [...this.#keys.keys()].join(', '))
    try {
      return decrypt(key, Buffer.from(text, 'base64url'), additionalData(keyId, record)).toString()
    } catch (error) {
      throw withCause(sealedSecretErrors.not_authentic(), error)
    }
  }
}

function additionalData(keyId: string, record: string): string {
  return `${VERSION}.${keyId}.${record}`
}
