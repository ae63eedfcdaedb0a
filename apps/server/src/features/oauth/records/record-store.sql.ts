import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { Payload } from './oauth-record.ts'
import type { FoundRecord, RecordStore } from './record-store.ts'

interface Row {
  readonly payload: Payload
  readonly consumed_at: Date | null
}

// A grant that is just being revoked is waited for.
const PUT = statement<{ readonly kind: string }>(
  'oauth-records.put',
  `with going_on as (select id from oauth_grant where id = $4 for key share)
   insert into oauth_record (id_hash, kind, payload, grant_id, session_uid, expires_at)
   select $1, $2, $3::jsonb, $4, $5, $6::timestamptz where $4::text is null or exists (select from going_on)
   on conflict (id_hash, kind) do update
     set payload = excluded.payload, grant_id = excluded.grant_id, session_uid = excluded.session_uid,
         expires_at = excluded.expires_at
   returning kind`,
)
const FIND = statement<Row>(
  'oauth-records.find',
  'select payload, consumed_at from oauth_record where id_hash = $1 and kind = $2',
)
const FIND_SESSION = statement<Row>(
  'oauth-records.find-session',
  `select payload, consumed_at from oauth_record where session_uid = $1 and kind = 'Session' order by expires_at desc limit 1`,
)
const CONSUME = statement<{ readonly kind: string }>(
  'oauth-records.consume',
  'update oauth_record set consumed_at = $3 where id_hash = $1 and kind = $2 and consumed_at is null returning kind',
)
const REMOVE = statement('oauth-records.remove', 'delete from oauth_record where id_hash = $1 and kind = $2')

/** Records in the table `oauth_record`. */
export function sqlRecordStore(connection: Connection): RecordStore {
  return {
    async put({ idHash, kind, payload, grantId, sessionUid, expiresAt }) {
      const values = [idHash, kind, JSON.stringify(payload), grantId ?? null, sessionUid ?? null, expiresAt]
      return (await connection.query(PUT, values)).length > 0
    },
    async find(kind, idHash) {
      const [row] = await connection.query(FIND, [idHash, kind])
      return row && toRecord(row)
    },
    async findSession(uid) {
      const [row] = await connection.query(FIND_SESSION, [uid])
      return row && toRecord(row)
    },
    async consume(kind, idHash, at) {
      return (await connection.query(CONSUME, [idHash, kind, at])).length > 0
    },
    async remove(kind, idHash) {
      await connection.query(REMOVE, [idHash, kind])
    },
  }
}

function toRecord({ payload, consumed_at }: Row): FoundRecord {
  return { payload, consumedAt: consumed_at ?? undefined }
}
