import { randomBytes } from 'node:crypto'
import { defineErrors, withCause } from '../../kernel/errors.ts'
import type { KeyService, WrappedKey } from '../../kernel/key-service.ts'
import { decrypt, encrypt, KEY_BYTES } from './aes-gcm.ts'

const VERSION = 'e1'
const SEALED = /^e1\.([A-Za-z0-9_-]+)$/

const envelopeErrors = defineErrors('envelope', {
  not_authentic: {
    kind: 'unavailable',
    message: (record: string) =>
      `The secret of ${record} is damaged, or was moved from the record it was stored for. Enter it again.`,
  },
})

/** A secret under a data key of its own, and that key, wrapped. */
export interface Envelope {
  readonly sealed: string
  readonly key: WrappedKey
}

/**
 * Encrypts secrets with AES-256-GCM, each with a key of its own that a key service wraps. Secret and key belong to their
 * record: in another one neither opens. Wrapping the key anew leaves the secret as it is.
 */
export class Envelopes {
  readonly #keys: KeyService

  constructor(keys: KeyService) {
    this.#keys = keys
  }

  async seal(secret: string, record: string): Promise<Envelope> {
    const dataKey = randomBytes(KEY_BYTES)
    try {
      const sealed = encrypt(dataKey, Buffer.from(secret), additionalData(record)).toString('base64url')
      return { sealed: `${VERSION}.${sealed}`, key: await this.#keys.wrap(dataKey, record) }
    } finally {
      dataKey.fill(0)
    }
  }

  /** Throws `envelope.not_authentic`, and what the key service does. */
  async open({ sealed, key }: Envelope, record: string): Promise<string> {
    const dataKey = await this.#keys.unwrap(key, record)
    try {
      const [, text] = SEALED.exec(sealed) ?? []
      if (text === undefined) throw new Error('It does not begin with e1.')
      return decrypt(dataKey, Buffer.from(text, 'base64url'), additionalData(record)).toString()
    } catch (error) {
      throw withCause(envelopeErrors.not_authentic(record), error)
    } finally {
      dataKey.fill(0)
    }
  }
}

function additionalData(record: string): string {
  return `${VERSION}.${record}`
}
