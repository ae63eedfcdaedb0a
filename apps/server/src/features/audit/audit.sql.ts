import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { AuditStore } from './audit-store.ts'

// Identity values are drawn in the order in which `unnest ... with ordinality` hands out the rows.
const INSERT = statement(
  'audit.insert',
  `
    insert into audit_record (organisation_id, at, actor_id, actor_name, via, action, object_type, object_id,
                              details, request_id, task_id)
    select organisation_id, at, actor_id, actor_name, via, action, object_type, object_id, details, request_id, task_id
    from unnest($1::int[], $2::timestamptz[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::jsonb[], $10::text[], $11::uuid[]) with ordinality
      as entry (organisation_id, at, actor_id, actor_name, via, action, object_type, object_id,
                details, request_id, task_id, position)
    order by position`,
)

const INSERT_FOR_EACH = statement(
  'audit.insert-for-each',
  `
    insert into audit_record (organisation_id, at, actor_id, actor_name, via, action, object_type, object_id,
                              details, request_id, task_id)
    select organisation_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
    from unnest($1::int[]) with ordinality as entry (organisation_id, position) order by position`,
)

/** Audit records in `audit_record`, written through `connection`: a transaction, as a rule. */
export function sqlAuditStore(connection: Connection): AuditStore {
  async function recordAll(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return
    await connection.query(INSERT, [
      entries.map((entry) => entry.organisation),
      entries.map((entry) => entry.at),
      entries.map((entry) => entry.actor.id),
      entries.map((entry) => entry.actor.name),
      entries.map((entry) => entry.actor.via),
      entries.map((entry) => entry.action),
      entries.map((entry) => entry.object.type),
      entries.map((entry) => entry.object.id),
      entries.map((entry) => (entry.details ? JSON.stringify(entry.details) : null)),
      entries.map((entry) => entry.requestId ?? null),
      entries.map((entry) => entry.taskId ?? null),
    ])
  }
  return {
    recordAll,
    record: (entry) => recordAll([entry]),
    async recordForEach(organisations, entry) {
      if (organisations.length === 0) return
      await connection.query(INSERT_FOR_EACH, [
        organisations,
        entry.at,
        entry.actor.id,
        entry.actor.name,
        entry.actor.via,
        entry.action,
        entry.object.type,
        entry.object.id,
        entry.details ? JSON.stringify(entry.details) : null,
        entry.requestId ?? null,
        entry.taskId ?? null,
      ])
    },
  }
}
