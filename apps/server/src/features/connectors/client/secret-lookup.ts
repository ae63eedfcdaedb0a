import type { ClientConnector, ClientStore } from './client-store.ts'

export interface SecretLookupDeps {
  readonly clients: Pick<ClientStore, 'findBySecrets'>
}

interface Ask {
  readonly secretHash: Uint8Array
  resolve(found: ClientConnector | undefined): void
  reject(error: unknown): void
}

/** So many are looked up in one statement. */
const CHUNK = 500

/**
 * Finds connectors by their secrets. Whoever asks while a statement is under way is answered by the next one, together with
 * all others: when thousands of clients come back at once, after a restart, they need few statements and no long queue.
 */
export class SecretLookup {
  readonly #deps: SecretLookupDeps
  #asks: Ask[] = []
  #isReading = false

  constructor(deps: SecretLookupDeps) {
    this.#deps = deps
  }

  /** As it stands at some time after the call. */
  find(secretHash: Uint8Array): Promise<ClientConnector | undefined> {
    return new Promise((resolve, reject) => {
      this.#asks.push({ secretHash, resolve, reject })
      if (!this.#isReading) void this.#readAll()
    })
  }

  async #readAll(): Promise<void> {
    this.#isReading = true
    while (this.#asks.length > 0) {
      const rest = this.#asks
      this.#asks = rest.splice(CHUNK)
      await this.#read(rest)
    }
    this.#isReading = false
  }

  async #read(asks: readonly Ask[]): Promise<void> {
    try {
      const found = await this.#deps.clients.findBySecrets(asks.map(({ secretHash }) => secretHash))
      for (const [n, { resolve }] of asks.entries()) resolve(found[n])
    } catch (error) {
      for (const { reject } of asks) reject(error)
    }
  }
}
