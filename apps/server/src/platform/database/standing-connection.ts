import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { CONNECT_TIMEOUT_MS, type ConnectionOptions, toPgConfig } from './connection-options.ts'

/** A peer that vanished without a word (cut cable, frozen host) is noticed after this long. */
const HEARTBEAT_MS = 15_000
const LONGEST_PAUSE_MS = 5_000

export interface StandingConnectionHandlers {
  /** Makes a new connection what it is for: listen on a channel, hold a lock. */
  begin(client: Client): Promise<unknown>
  /** After a reconnect that has begun: in between there was nothing. */
  onGap?(): void
}

/** One connection of its own, for what lasts as long as it does; made again for as long as it is not disposed. */
export class StandingConnection implements AsyncDisposable {
  readonly #options: ConnectionOptions
  readonly #handlers: StandingConnectionHandlers
  readonly #stopped = new AbortController()
  #client: Client | undefined

  private constructor(options: ConnectionOptions, handlers: StandingConnectionHandlers) {
    this.#options = options
    this.#handlers = handlers
  }

  /** Resolves once it has begun; rejects when the first connection cannot be made. */
  static async open(options: ConnectionOptions, handlers: StandingConnectionHandlers): Promise<StandingConnection> {
    const standing = new StandingConnection(options, handlers)
    await standing.#connect()
    return standing
  }

  async #connect(): Promise<void> {
    const client = new Client({ ...toPgConfig(this.#options), query_timeout: CONNECT_TIMEOUT_MS })
    client.on('error', () => undefined) // always followed by 'end', which is where the loss is dealt with
    try {
      await client.connect()
      await this.#handlers.begin(client)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    if (this.#stopped.signal.aborted) return void (await client.end())
    this.#client = client
    const heartbeat = setInterval(() => void beat(client), HEARTBEAT_MS).unref()
    client.once('end', () => {
      clearInterval(heartbeat)
      this.#client = undefined
      void this.#reconnect()
    })
  }

  async #reconnect(): Promise<void> {
    const { signal } = this.#stopped
    for (let pauseMs = 50; !signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      // The pause rejects only because of disposal, and then there is nothing left to do.
      await delay(pauseMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      const connected = await this.#connect().then(
        () => true,
        () => false,
      )
      if (connected && !signal.aborted) return this.#handlers.onGap?.()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped.abort()
    await this.#client?.end()
  }
}

/** Asks for a sign of life; without one the connection is torn down, which makes another be made. */
async function beat(client: Client): Promise<void> {
  await client.query('select 1').catch(() => client.connection.stream.destroy())
}
