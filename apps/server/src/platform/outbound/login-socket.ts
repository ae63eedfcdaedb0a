import { Socket } from 'node:net'
import { isRefused, type Reach } from './address-rules.ts'
import type { LoginOutcome } from './database-login.ts'

// What a database says to a log-in and a query without rows fits in a few hundred bytes.
const MOST_BYTES = 1024 * 1024
const WATCH_MS = 10

/** The socket that a driver logs in over, closed when disposed of, and before that where the log-in must not go on. */
export class LoginSocket implements Disposable {
  readonly socket = new Socket()
  readonly #watch: NodeJS.Timeout
  #stopped: LoginOutcome | undefined

  constructor(reach: Reach) {
    // Before the driver says a word: whatever a later version of it makes of a host, it is checked.
    this.socket.once('connect', () => {
      if (reach === 'network' && isRefused(this.socket.remoteAddress ?? '')) this.stop('refused_address')
    })
    this.#watch = setInterval(() => {
      if (this.socket.bytesRead > MOST_BYTES) this.socket.destroy(new Error('It says too much.'))
    }, WATCH_MS)
  }

  /** Ends the log-in; this is what became of it, whatever the driver makes of it. */
  stop(outcome: LoginOutcome): void {
    this.#stopped = outcome
    this.socket.destroy()
  }

  get stopped(): LoginOutcome | undefined {
    return this.#stopped
  }

  [Symbol.dispose](): void {
    clearInterval(this.#watch)
    this.socket.destroy()
  }
}
