import { CLIENTS, type Pool } from '../harness/bench-database.ts'
import type { RecordedStatement } from '../harness/recorded-connection.ts'

/** Rounds of these statements a second, each round's side by side, by the bare driver with as many clients as of HTTP. */
export async function loadDatabase(
  pool: Pool,
  statements: readonly RecordedStatement[],
  durationMs: number,
): Promise<number> {
  const queries = statements.map(({ statement, values }) => ({ ...statement, values: [...values] }))
  const start = performance.now()
  let rounds = 0
  const client = async (): Promise<void> => {
    while (performance.now() < start + durationMs) {
      await Promise.all(queries.map((query) => pool.query(query)))
      rounds += 1
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return rounds / ((performance.now() - start) / 1000)
}
