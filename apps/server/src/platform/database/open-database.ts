import { Pool, type PoolClient } from 'pg'
import { type ConnectionOptions, toPgConfig } from './connection-options.ts'
import type { Connection, Database, Statement, TransactionOptions } from './database.ts'
import { isConnectionLost, toDatabaseError } from './database-errors.ts'
import { listen } from './listen.ts'
import { retrySerializationFailures, runStatement, runTransaction } from './transaction.ts'

export interface DatabaseOptions extends ConnectionOptions {
  /** Connections held at most; 10 unless told. */
  readonly poolSize?: number
  /** Lets the process end while idle connections are open, for tests. */
  readonly allowExitOnIdle?: boolean
}

/** Longer than any request may take; a statement that reaches it is a bug or a stuck lock. */
const STATEMENT_TIMEOUT_MS = 30_000
/** Frees the locks of a transaction whose process stopped half-way without closing its connection. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 60_000

/** A pool of connections as we set them up, for libraries that need pg itself (the job queue). End it yourself. */
export function openPool(options: DatabaseOptions & { readonly pipeline?: boolean }): Pool {
  const { poolSize = 10, allowExitOnIdle = false, pipeline = false, ...connection } = options
  const pool = new Pool({
    ...toPgConfig(connection),
    max: poolSize,
    pipeline,
    allowExitOnIdle,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  })
  // An idle connection was lost: the pool has dropped it already, and makes another when one is wanted.
  pool.on('error', () => undefined)
  return pool
}

/** Opens no connection yet: a server that is down is noticed by the first statement, and by each until it is back. */
export function openDatabase(options: DatabaseOptions): Database {
  return new PooledDatabase(options)
}

class PooledDatabase implements Database {
  readonly #options: ConnectionOptions
  readonly #pool: Pool
  readonly #listeners = new Set<AsyncDisposable>()
  #disposed: Promise<void> | undefined

  constructor(options: DatabaseOptions) {
    this.#options = options
    this.#pool = openPool({ ...options, pipeline: true })
  }

  query<Row>(statement: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    return this.#withClient((client) => runStatement(client, statement, values))
  }

  transaction<T>(work: (tx: Connection) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return translateErrors(() =>
      retrySerializationFailures(() => this.#lend((client) => runTransaction(client, work, options))),
    )
  }

  async listen(channel: string, onNotice: (payload: string) => void, onGap: () => void): Promise<AsyncDisposable> {
    const listener = await translateErrors(() => listen(this.#options, channel, { onNotice, onGap }))
    this.#listeners.add(listener)
    return {
      [Symbol.asyncDispose]: async () => {
        this.#listeners.delete(listener)
        await listener[Symbol.asyncDispose]()
      },
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#close()
    return this.#disposed
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener[Symbol.asyncDispose]()))
    await this.#pool.end()
  }

  #withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return translateErrors(() => this.#lend(work))
  }

  /** Unlike `pool.query`, keeps a connection (and all it has prepared) after an error that is only the statement's. */
  async #lend<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    // While lent, a lost connection is reported here as well as by the statement; unheard, it would end the process.
    let lost = false
    const onError = () => {
      lost = true
    }
    client.on('error', onError)
    try {
      return await work(client)
    } catch (error) {
      lost ||= isConnectionLost(error)
      throw error
    } finally {
      client.off('error', onError)
      client.release(lost)
    }
  }
}

async function translateErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toDatabaseError(error)
  }
}
