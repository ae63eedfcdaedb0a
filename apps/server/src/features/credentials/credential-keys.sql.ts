import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { StoredKey, WrappedKeyStore } from '../keys/index.ts'
import { secretRecord } from './credential.ts'

interface Row {
  readonly id: number
  readonly key_id: string
  readonly wrapped_key: string
}

// By the index (key_id, id) in two ranges would give two orders; by id alone each pass reads the table once.
const LIST_STALE = statement<Row>(
  'credential-keys.list-stale',
  `select id, key_id, wrapped_key from login_credential where key_id <> $1 and id > $2 order by id limit $3`,
)
const REPLACE = statement<{ readonly id: number }>(
  'credential-keys.replace',
  `update login_credential set key_id = changed.key_id, wrapped_key = changed.wrapped_key
   from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as changed (id, before, key_id, wrapped_key)
   where login_credential.id = changed.id and login_credential.wrapped_key = changed.before returning login_credential.id`,
)
// One look into the index for each master key.
const LIST_SAMPLES = statement<Row>(
  'credential-keys.list-samples',
  `with recursive sample as (
     (select id, key_id, wrapped_key from login_credential where key_id is not null order by key_id, id limit 1)
     union all
     select later.* from sample, lateral (
       select id, key_id, wrapped_key from login_credential where key_id > sample.key_id order by key_id, id limit 1
     ) later
   ) select id, key_id, wrapped_key from sample`,
)
const COUNT = statement<{ readonly keyId: string; readonly count: number }>(
  'credential-keys.count',
  `select key_id as "keyId", count(*)::int as count from login_credential
   where key_id is not null group by key_id order by key_id`,
)

/** The data keys of login credentials, as a rotation wraps them anew. */
export function sqlCredentialKeys(connection: Connection): WrappedKeyStore {
  return {
    async listStale({ currentKeyId, after = '0', limit }) {
      return (await connection.query(LIST_STALE, [currentKeyId, Number(after), limit])).map(toStoredKey)
    },
    async replaceAll(changes) {
      const rows = await connection.query(REPLACE, [
        changes.map(({ id }) => Number(id)),
        changes.map(({ before }) => before.wrapped),
        changes.map(({ after }) => after.keyId),
        changes.map(({ after }) => after.wrapped),
      ])
      return rows.length
    },
    listSamples: async () => (await connection.query(LIST_SAMPLES)).map(toStoredKey),
    countByKey: () => connection.query(COUNT),
  }
}

function toStoredKey({ id, key_id, wrapped_key }: Row): StoredKey {
  return { id: String(id), context: secretRecord(id), key: { keyId: key_id, wrapped: wrapped_key } }
}
