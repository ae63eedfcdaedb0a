import type { Connection, Database, Statement } from '../../apps/server/src/platform/database/database.ts'

export interface RecordedStatement {
  readonly statement: Statement<unknown>
  readonly values: readonly unknown[]
}

/** A database that also remembers what was run on it, so that a peer runs just the same. */
export function recordStatements(database: Database): { database: Database; statements: RecordedStatement[] } {
  const statements: RecordedStatement[] = []
  const recorded = (connection: Connection): Connection => ({
    query: (statement, values = []) => {
      statements.push({ statement, values })
      return connection.query(statement, values)
    },
  })
  return {
    statements,
    database: {
      query: recorded(database).query,
      transaction: (work, options) => database.transaction((tx) => work(recorded(tx)), options),
      listen: (channel, onNotice, onGap) => database.listen(channel, onNotice, onGap),
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    },
  }
}
