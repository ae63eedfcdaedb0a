import { defineErrors } from '../../kernel/errors.ts'
import { Turns } from '../turns.ts'
import {
  type Account,
  type DatabasePlace,
  type ProbeOptions,
  type ProbeOutcome,
  probeDatabase,
} from './probe-database.ts'

const probeErrors = defineErrors('database_probe', {
  busy: {
    kind: 'unavailable',
    message: () => 'Too many data sources are being tried at this moment. Try again in a few seconds.',
    retryAfterS: () => 5,
  },
})

// Whoever has many hosts tried that say nothing must not hold all of the server's sockets, nor wait longer than a probe takes.
const LIMITS = { running: 10, waiting: 0 }

/** Log-ins to databases, a bounded number at a time. */
export class DatabaseProbes {
  readonly #options: ProbeOptions
  readonly #turns = new Turns(LIMITS, probeErrors.busy)

  constructor(options: ProbeOptions) {
    this.#options = options
  }

  /** Throws `database_probe.busy`. */
  probe(place: DatabasePlace, account: Account): Promise<ProbeOutcome> {
    return this.#turns.take(() => probeDatabase(place, account, this.#options))
  }
}
