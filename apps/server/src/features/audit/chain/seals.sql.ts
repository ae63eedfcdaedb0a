import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { SealableRecord } from './seal-hash.ts'
import type { ChainReader, Seal, SealStore } from './seal-store.ts'

/** Any number will do, so long as every node takes the same and nothing else takes it: "audit" as bytes. */
const LOCK_KEY = 0x61_75_64_69_74

// As text throughout: what is hashed must not depend on how a driver reads a type.
const RECORD = `record.id::text as id, record.organisation_id::text as organisation,
  (extract(epoch from record.at) * 1000000)::bigint::text as at, record.actor_id::text as "actorId",
  record.actor_name as "actorName", record.via, record.action, record.object_type as "objectType",
  record.object_id as "objectId", record.details::text as details, record.request_id as "requestId",
  record.task_id::text as "taskId"`

const TAKE_TURN = statement<{ taken: boolean }>('audit-seal.take-turn', 'select pg_try_advisory_xact_lock($1) as taken')
const FIND_HEAD = statement<Seal>('audit-seal.find-head', 'select seq, hash from audit_seal order by seq desc limit 1')
const HAS_UNSEALED = statement<{ found: boolean }>(
  'audit-seal.has-unsealed',
  'select exists (select from audit_unsealed) as found',
)
// `offset 0` keeps each of these look-ups by key: planned for a limit that is not known yet, a join would read all of a table.
const LIST_UNSEALED = statement<SealableRecord>(
  'audit-seal.list-unsealed',
  `select ${RECORD} from (select record_id from audit_unsealed order by record_id limit $1) waiting
   cross join lateral (select * from audit_record where id = waiting.record_id offset 0) record
   order by waiting.record_id`,
)
const APPEND = statement(
  'audit-seal.append',
  `with placed as (
     insert into audit_seal (seq, record_id, hash)
     select seq, record_id, decode(hash, 'hex') from unnest($1::bigint[], $2::bigint[], $3::text[]) as given (seq, record_id, hash)
     returning record_id
   )
   delete from audit_unsealed using placed where audit_unsealed.record_id = placed.record_id`,
)
const LIST_PLACED = statement<Omit<SealableRecord, 'id'> & Seal & { recordId: number; id: string | null }>(
  'audit-seal.list-placed',
  `select seal.seq, seal.hash, seal.record_id as "recordId", ${RECORD}
   from (select * from audit_seal where seq > $1 order by seq limit $2) seal
   left join lateral (select * from audit_record where id = seal.record_id offset 0) record on true
   order by seal.seq`,
)
const FIND_UNPLACED = statement<{ last: number | null; unplaced: number | null }>(
  'audit-seal.find-unplaced',
  `select max(record.id) as last, min(record.id) filter (where seal is null and waiting is null) as unplaced
   from (select id from audit_record where id > $1 order by id limit $2) record
   left join lateral (select seq from audit_seal where record_id = record.id offset 0) seal on true
   left join lateral (select record_id from audit_unsealed where record_id = record.id offset 0) waiting on true`,
)
const FIND_VANISHED = statement<{ recordId: number }>(
  'audit-seal.find-vanished',
  `select record_id as "recordId" from audit_unsealed waiting
   where not exists (select from audit_record record where record.id = waiting.record_id) order by record_id limit 1`,
)

/** The chain in `audit_seal`, and the queue for it in `audit_unsealed`. */
export function sqlSealStore(tx: Connection): SealStore {
  return {
    takeTurn: async () => (await tx.query(TAKE_TURN, [LOCK_KEY]))[0]?.taken ?? false,
    findHead: () => findHead(tx),
    listUnsealed: (limit) => tx.query(LIST_UNSEALED, [limit]),
    append: async (sealed) => {
      await tx.query(APPEND, [
        sealed.map(({ seq }) => seq),
        sealed.map(({ record }) => record.id),
        sealed.map(({ hash }) => Buffer.from(hash).toString('hex')),
      ])
    },
  }
}

export function sqlChainReader(connection: Connection): ChainReader {
  return {
    findHead: () => findHead(connection),
    hasUnsealed: async () => (await connection.query(HAS_UNSEALED))[0]?.found ?? false,
    listPlaced: async (after, limit) =>
      (await connection.query(LIST_PLACED, [after, limit])).map(({ seq, hash, recordId, id, ...rest }) => ({
        seq,
        hash,
        recordId,
        record: id === null ? null : { id, ...rest },
      })),
    findUnplaced: async (after, limit) =>
      (await connection.query(FIND_UNPLACED, [after, limit]))[0] ?? { last: null, unplaced: null },
    findVanished: async () => (await connection.query(FIND_VANISHED))[0]?.recordId,
  }
}

async function findHead(connection: Connection): Promise<Seal | undefined> {
  return (await connection.query(FIND_HEAD))[0]
}
