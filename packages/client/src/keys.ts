import type { KeysDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { HttpCore } from './http-core.ts'

export type KeysInUse = Static<typeof KeysDto>

/** The master keys that stored secrets are encrypted with, for superadmins. */
export class MasterKeys {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  get(): Promise<KeysInUse> {
    return this.#http.json({ method: 'GET', path: '/api/keys' })
  }

  /** Begins to change to a new master key, or with `keepKey` to the first one of the key file. */
  rotate({ keepKey = false } = {}): Promise<KeysInUse> {
    return this.#http.json({ method: 'POST', path: '/api/keys/rotate', body: { keepKey } })
  }
}
