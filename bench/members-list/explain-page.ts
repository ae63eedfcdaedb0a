import type { Pool } from '../harness/bench-database.ts'
import { median } from '../harness/interleave.ts'
import type { RecordedStatement } from '../harness/recorded-connection.ts'

export interface PageCost {
  /** Pages of 8 KiB that the database looked at. */
  readonly buffers: number
  readonly milliseconds: number
}

const RUNS = 31

interface Explained {
  readonly 'QUERY PLAN': readonly [
    { readonly 'Execution Time': number; readonly Plan: { 'Shared Hit Blocks': number; 'Shared Read Blocks': number } },
  ]
}

/** What the prepared statement costs by PostgreSQL's own account, after as many runs as it takes to settle on a plan. */
export async function explainPage(pool: Pool, { statement, values }: RecordedStatement): Promise<PageCost> {
  const client = await pool.connect()
  try {
    for (let run = 0; run < 6; run += 1) await client.query({ ...statement, values: [...values] })
    const given = values.map((value) => client.escapeLiteral(String(value))).join(', ')
    const explain = `explain (analyze, buffers, format json) execute ${client.escapeIdentifier(statement.name)}(${given})`
    const times: number[] = []
    let buffers = 0
    for (let run = 0; run < RUNS; run += 1) {
      const [row] = (await client.query<Explained>(explain)).rows
      const [explained] = row?.['QUERY PLAN'] ?? []
      if (!explained) throw new Error(`PostgreSQL did not explain ${statement.name}.`)
      times.push(explained['Execution Time'])
      buffers = explained.Plan['Shared Hit Blocks'] + explained.Plan['Shared Read Blocks']
    }
    return { buffers, milliseconds: median(times) }
  } finally {
    client.release()
  }
}
