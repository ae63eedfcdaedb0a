import { setTimeout as delay } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import type { Connection, Statement, TransactionOptions } from './database.ts'
import { isRetryable } from './database-errors.ts'

const MAX_ATTEMPTS = 5

/** Upper bound of the pause before each retry: doubling, and random below it, so that rivals do not meet again. */
function backoffMs(attempt: number): number {
  return Math.random() * 5 * 2 ** attempt
}

/** Runs `attempt`, and again up to five times in all while it fails for a reason that goes away by itself. */
export async function retrySerializationFailures<T>(attempt: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (failures + 1 >= MAX_ATTEMPTS || !isRetryable(error)) throw error
    }
    await delay(backoffMs(failures))
  }
}

/** Runs a statement by its name: parsed and planned once for each connection, unless it is to be planned each time. */
export async function runStatement<Row>(
  client: PoolClient,
  { name, text, isPlannedEachTime = false }: Statement<Row>,
  values: readonly unknown[],
): Promise<Row[]> {
  // pg's row type must be an object with string keys; a statement's declared row always is one.
  const result = await client.query({ ...(!isPlannedEachTime && { name }), text, values: [...values] })
  return result.rows as Row[]
}

/** One attempt: everything `work` did is committed when this resolves, and undone when it rejects. */
export async function runTransaction<T>(
  client: PoolClient,
  work: (tx: Connection) => Promise<T>,
  { isolation = 'read committed' }: TransactionOptions,
): Promise<T> {
  let open = true
  const tx: Connection = {
    query(statement, values = []) {
      if (!open) throw new Error(`The statement "${statement.name}" came after its transaction had ended.`)
      return runStatement(client, statement, values)
    },
  }
  // Not waited for: the first statement goes out right behind it. If it fails the connection is gone, and so is that one.
  const begun = client.query(`begin isolation level ${isolation}`)
  begun.catch(() => undefined)
  try {
    const result = await work(tx)
    await begun
    open = false
    await commit(client)
    return result
  } catch (error) {
    open = false
    // A rollback that fails means that the connection is gone; the pool drops it, and the server has rolled back.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** PostgreSQL answers the commit of a failed transaction with a rollback, and no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command === 'ROLLBACK') throw new Error('A statement had failed, and the work went on as if it had not.')
}
