import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'

const EXPIRED = [
  statement('oauth.purge-tokens', 'delete from oauth_access_token where expires_at <= $1'),
  statement('oauth.purge-records', 'delete from oauth_record where expires_at <= $1'),
  statement('oauth.purge-registration-tokens', 'delete from oauth_registration_token where expires_at <= $1'),
  statement('oauth.purge-grants', 'delete from oauth_grant where expires_at <= $1'),
] as const

// Nothing comes of a grant that has neither a code nor a token: a code is redeemed within its minute.
const EMPTY = statement(
  'oauth.purge-empty-grants',
  `delete from oauth_grant
   where created_at < $1::timestamptz - interval '1 day'
     and not exists (select from oauth_record where grant_id = oauth_grant.id)
     and not exists (select from oauth_access_token where grant_id = oauth_grant.id)`,
)

/** Drops what has expired, by its indexes. For a job every few minutes: whoever asks for a sign-in page leaves a record. */
export async function purgeExpiredOAuth(connection: Connection, now: Date): Promise<void> {
  for (const each of EXPIRED) await connection.query(each, [now])
}

/** Drops the sign-ins that nothing is left of, which takes a look at each. For a daily job. */
export async function purgeEmptyGrants(connection: Connection, now: Date): Promise<void> {
  await connection.query(EMPTY, [now])
}
