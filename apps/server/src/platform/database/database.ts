/** A statement that is prepared once per connection and run by its name, as a rule. */
export interface Statement<Row> {
  readonly name: string
  readonly text: string
  /** Planned for its values whenever it is run, and not prepared: its best plan depends on them too much for one plan to do. */
  readonly isPlannedEachTime?: boolean
  /** Only for the type checker: the shape of a row. */
  readonly row?: Row
}

/** Something statements can be run on: the pool, or one transaction. */
export interface Connection {
  query<Row>(statement: Statement<Row>, values?: readonly unknown[]): Promise<Row[]>
}

export interface TransactionOptions {
  readonly isolation?: 'read committed' | 'repeatable read' | 'serializable'
}

/**
 * A pool of connections to one PostgreSQL (15 or later).
 * Fails with `database.unavailable` (kind `unavailable`) while the server cannot be reached, and recovers by itself.
 */
export interface Database extends Connection, AsyncDisposable {
  /** Runs `work` in one transaction; the whole of it again (up to 5 times) after a serialization failure or deadlock. */
  transaction<T>(work: (tx: Connection) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** Listens on a channel until disposed; survives reconnects, and calls `onGap` after one, since notices may be lost. */
  listen(channel: string, onNotice: (payload: string) => void, onGap: () => void): Promise<AsyncDisposable>
}
