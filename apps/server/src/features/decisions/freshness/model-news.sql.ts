import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'

/** Where nodes tell one another that an organisation's model has changed: its id. */
export const MODEL_CHANNEL = 'model'

// Apart from the change itself: transactions that notify commit one after the other, and would not share an fsync.
const TELL = statement('decisions.tell', `select pg_notify('${MODEL_CHANNEL}', id::text) from unnest($1::int[]) as id`)

export async function tellOfModels(connection: Connection, organisations: readonly number[]): Promise<void> {
  await connection.query(TELL, [organisations])
}
