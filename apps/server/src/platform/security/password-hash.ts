import { hash, type Options, verify } from '@node-rs/argon2'
import { defineErrors } from '../../kernel/errors.ts'
import { Turns } from '../turns.ts'

const securityErrors = defineErrors('security', {
  busy: {
    kind: 'unavailable',
    message: () => 'Too many people are signing in at this moment. Try again in a few seconds.',
    retryAfterS: () => 5,
  },
})

// OWASP Password Storage Cheat Sheet: Argon2id (this library's default), 19 MiB, two passes, one lane.
const ARGON2ID: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// A hash of nothing anyone knows, made with ARGON2ID: verifying against it costs what a real account costs.
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$cG9ydHJlZXZlLW5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

// Each hash takes a thread of libuv's four and 19 MiB: the rest of the server needs threads for files and DNS, too.
const LIMITS = { running: 2, waiting: 200 }

/**
 * Argon2id in PHC string form. `verify` without a hash takes as long as with one and answers false.
 * Both throw `security.busy` when too many callers wait.
 */
export class PasswordHash {
  readonly #turns: Turns

  constructor(limits = LIMITS) {
    this.#turns = new Turns(limits, securityErrors.busy)
  }

  async hash(password: string): Promise<string> {
    return this.#turns.take(() => hash(password, ARGON2ID))
  }

  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const matches = await this.#turns.take(() => verify(passwordHash ?? NOBODY, password))
    return matches && passwordHash !== undefined
  }
}
