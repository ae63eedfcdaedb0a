import { withCause } from '../../kernel/errors.ts'
import type { KeyService, WrappedKey } from '../../kernel/key-service.ts'
import { decrypt, deriveKey, encrypt } from './aes-gcm.ts'
import { type MasterKeyFile, masterKeyErrors } from './master-key.ts'
import { masterKeyId } from './sealed-secret.ts'

const KEY_ID = /^[0-9a-f]{16}$/
const PURPOSE = 'portreeve key wrapping'

interface LocalKey {
  readonly id: string
  readonly wrapping: Uint8Array
}

/**
 * Master keys in a file. It is read again for every key that is wrapped, and for one that is not known yet: all nodes that
 * share the file wrap with its first key from the moment it is there.
 */
export class LocalKeys implements KeyService {
  readonly #file: MasterKeyFile
  readonly #known = new Map<string, LocalKey>()

  constructor(file: MasterKeyFile) {
    this.#file = file
  }

  owns(keyId: string): boolean {
    return KEY_ID.test(keyId)
  }

  async currentKeyId(): Promise<string> {
    return (await this.#current()).id
  }

  async renew(): Promise<string> {
    await this.#file.add()
    return await this.currentKeyId()
  }

  async wrap(key: Uint8Array, context: string): Promise<WrappedKey> {
    const { id, wrapping } = await this.#current()
    return { keyId: id, wrapped: encrypt(wrapping, key, additionalData(id, context)).toString('base64url') }
  }

  async unwrap({ keyId, wrapped }: WrappedKey, context: string): Promise<Uint8Array> {
    const { wrapping } = this.#known.get(keyId) ?? (await this.#find(keyId))
    try {
      return decrypt(wrapping, Buffer.from(wrapped, 'base64url'), additionalData(keyId, context))
    } catch (error) {
      throw withCause(masterKeyErrors.damaged(context), error)
    }
  }

  async #current(): Promise<LocalKey> {
    const [current] = await this.#read()
    if (!current) throw masterKeyErrors.bad_form(this.#file.path)
    return current
  }

  async #find(keyId: string): Promise<LocalKey> {
    const keys = await this.#read()
    const found = keys.find(({ id }) => id === keyId)
    if (found) return found
    const ids = keys.map(({ id }) => id)
    throw masterKeyErrors.wrong(keyId, this.#file.path, ids)
  }

  async #read(): Promise<LocalKey[]> {
    const keys = (await this.#file.read()).map((key) => ({ id: masterKeyId(key), wrapping: deriveKey(key, PURPOSE) }))
    for (const key of keys) this.#known.set(key.id, key)
    return keys
  }
}

function additionalData(keyId: string, context: string): string {
  return `${keyId}.${context}`
}
