import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'

const PURGE = [
  statement('oauth.purge-tokens', 'delete from oauth_access_token where expires_at <= $1'),
  statement('oauth.purge-records', 'delete from oauth_record where expires_at <= $1'),
  statement('oauth.purge-grants', 'delete from oauth_grant where expires_at <= $1'),
] as const

/** Drops what has no effect any more. For a daily job. */
export async function purgeOAuth(connection: Connection, now: Date): Promise<void> {
  for (const each of PURGE) await connection.query(each, [now])
}
