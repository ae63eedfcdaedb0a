import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { sealingKeyContext } from './open-sealing-keys.ts'
import type { SealingKeyStore } from './sealing-key-store.ts'
import type { StoredKey, WrappedKeyStore } from './wrapped-key-store.ts'

interface Row {
  readonly id: string
  readonly is_current: boolean
  readonly key_id: string
  readonly wrapped_key: string
}

// Exclusive among those that start, for as long as the transaction; readers and rotations go on.
const LOCK = statement('sealing-key.lock', `select from pg_advisory_xact_lock(hashtext('portreeve sealing keys'))`)

const LIST = statement<Row>(
  'sealing-key.list',
  'select id, is_current, key_id, wrapped_key from sealing_key order by is_current desc, id',
)

const ADD = statement(
  'sealing-key.add',
  `insert into sealing_key (id, is_current, key_id, wrapped_key)
   select * from unnest($1::text[], $2::boolean[], $3::text[], $4::text[])`,
)

const LIST_FORMER_IDS = statement<{ id: string }>(
  'sealing-key.list-former-ids',
  `select distinct split_part(sealed, '.', 2) as id from (
     select bind_password as sealed from ldap_authority where bind_password is not null
     union all select sealed_secret from second_factor
     union all select input ->> 'sealedPassword' from task where state = 'PENDING' and input ? 'sealedPassword'
   ) everything where sealed like 'v1.%' order by id`,
)

const LIST_STALE = statement<Row>(
  'sealing-key.list-stale',
  'select id, key_id, wrapped_key from sealing_key where key_id <> $1 and id > $2 order by id limit $3',
)

const REPLACE = statement<{ id: string }>(
  'sealing-key.replace',
  `update sealing_key set key_id = changed.key_id, wrapped_key = changed.wrapped_key
   from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as changed (id, before, key_id, wrapped_key)
   where sealing_key.id = changed.id and sealing_key.wrapped_key = changed.before returning sealing_key.id`,
)

const COUNT = statement<{ keyId: string; count: number }>(
  'sealing-key.count',
  'select key_id as "keyId", count(*)::int as count from sealing_key group by key_id order by key_id',
)

export function sqlSealingKeyStore(connection: Connection): SealingKeyStore {
  return {
    async listForStart() {
      await connection.query(LOCK)
      const rows = await connection.query(LIST)
      return rows.map((row) => ({ id: row.id, isCurrent: row.is_current, key: toStoredKey(row).key }))
    },
    async addAll(keys) {
      await connection.query(ADD, [
        keys.map(({ id }) => id),
        keys.map(({ isCurrent }) => isCurrent),
        keys.map(({ key }) => key.keyId),
        keys.map(({ key }) => key.wrapped),
      ])
    },
    listFormerIds: async () => (await connection.query(LIST_FORMER_IDS)).map(({ id }) => id),
  }
}

/** Sealing keys as data keys that a rotation wraps anew. */
export function sqlSealingKeys(connection: Connection): WrappedKeyStore {
  return {
    async listStale({ currentKeyId, after = '', limit }) {
      return (await connection.query(LIST_STALE, [currentKeyId, after, limit])).map(toStoredKey)
    },
    async replaceAll(changes) {
      const rows = await connection.query(REPLACE, [
        changes.map(({ id }) => id),
        changes.map(({ before }) => before.wrapped),
        changes.map(({ after }) => after.keyId),
        changes.map(({ after }) => after.wrapped),
      ])
      return rows.length
    },
    listSamples: async () => (await connection.query(LIST)).map(toStoredKey),
    countByKey: () => connection.query(COUNT),
  }
}

function toStoredKey({ id, key_id, wrapped_key }: Row): StoredKey {
  return { id, context: sealingKeyContext(id), key: { keyId: key_id, wrapped: wrapped_key } }
}
