import { setImmediate as immediate } from 'node:timers/promises'
import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import { sqlAuditStore } from '../audit.sql.ts'
import { type AuditEntry, SYSTEM_ACTOR } from '../audit-entry.ts'
import type { Anchor } from '../chain/anchor.ts'
import { type SealRecordsDeps, sealRecords } from '../chain/seal-records.ts'
import { sqlChainReader, sqlSealStore } from '../chain/seals.sql.ts'
import { type Verification, verifyChain } from '../chain/verify-chain.ts'

export interface AuditChain extends AsyncDisposable {
  readonly database: Database
  readonly url: string
  /** A record of each of these objects. */
  record(...ids: string[]): Promise<void>
  seal(): Promise<number>
  /** Objects in the order of the chain. */
  sealed(): Promise<readonly string[]>
  anchor(): Promise<Anchor>
  /** The last line. */
  verify(anchors?: readonly Anchor[]): Promise<Extract<Verification, { readonly outcome: string }>>
  /** As somebody could who administers the database itself. */
  tamper(...commands: string[]): Promise<void>
}

const LIST_SEALED = statement<{ id: string }>(
  'test.list-sealed',
  'select object_id as id from audit_seal join audit_record on audit_record.id = record_id order by seq',
)

export function entryOf(id: string): AuditEntry {
  const at = new Date('2026-01-01T00:00:00Z')
  return { organisation: 1, at, actor: SYSTEM_ACTOR, action: 'team.create', object: { type: 'team', id } }
}

export function sealingOn(database: Database): SealRecordsDeps {
  return {
    chain: sqlChainReader(database),
    inTransaction: (work) => database.transaction((tx) => work(sqlSealStore(tx))),
    breathe: immediate,
  }
}

/** The audit of an empty database, with everything that can be done to it. */
export async function startAuditChain(): Promise<AuditChain> {
  const { db: database, url, ...test } = await testDatabase()
  const chain = sqlChainReader(database)
  return {
    database,
    url,
    record: (...ids) => sqlAuditStore(database).recordAll(ids.map(entryOf)),
    seal: () => sealRecords(sealingOn(database)),
    sealed: async () => (await database.query(LIST_SEALED)).map(({ id }) => id),
    async anchor() {
      const head = await chain.findHead()
      if (!head) throw new Error('There is no head yet.')
      return { seq: head.seq, hash: Buffer.from(head.hash).toString('hex') }
    },
    async verify(anchors = []) {
      const lines = await Array.fromAsync(verifyChain({ chain, breathe: immediate }, anchors))
      const last = lines.at(-1)
      if (!last || !('outcome' in last)) throw new Error('A verification ended without an outcome.')
      return last
    },
    tamper: (...commands) =>
      database.transaction(async (tx) => {
        for (const text of ['set local session_replication_role = replica', ...commands])
          await tx.query({ name: '', text })
      }),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  }
}
