import type { Connection } from '../../../platform/database/database.ts'
import type { AuditFilter, AuditList, ListedRecord } from './audit-list.ts'

type Condition = (value: string) => string

/** By field of a filter: what it asks of a record, over the value's placeholder. */
const CONDITIONS: Readonly<Record<keyof AuditFilter, Condition>> = {
  organisation: (value) => `organisation_id = ${value}`,
  actorId: (value) => `actor_id = ${value}`,
  actorName: (value) => `actor_name = ${value}`,
  objectType: (value) => `object_type = ${value}`,
  objectId: (value) => `object_id = ${value}`,
  action: (value) => `action collate "C" = ${value}`,
  // A range, which the index has, in place of LIKE.
  actionPrefix: (value) => `action collate "C" >= ${value} and action collate "C" < ${value} || U&'\\+10FFFF'`,
  from: (value) => `at >= ${value}`,
  to: (value) => `at < ${value}`,
  requestId: (value) => `request_id = ${value}`,
  taskId: (value) => `task_id = ${value}`,
}

/** The audit, a page at a time: however far down, a page costs what the first one does. */
export function sqlAuditList(connection: Connection): AuditList {
  return {
    list: (filter, { before, limit }) => {
      const fields = (Object.keys(CONDITIONS) as (keyof AuditFilter)[]).filter((field) => filter[field] !== undefined)
      // Ids and times go up together, but the planner does not know: by id it would look for old times from the newest on.
      const byTime = filter.from !== undefined || filter.to !== undefined
      const values: unknown[] = fields.map((field) => filter[field])
      const conditions = fields.map((field, index) => CONDITIONS[field](`$${index + 1}`))
      if (before !== undefined) {
        const id = `$${values.push(before)}`
        conditions.push(byTime ? `(at, id) < ((select at from audit_record where id = ${id}), ${id})` : `id < ${id}`)
      }
      return connection.query<ListedRecord>(
        {
          // Without a name: there are thousands of combinations, and each is to be planned for the values it has.
          name: '',
          text: compileList(conditions, byTime, `$${values.push(limit)}`),
        },
        values,
      )
    },
  }
}

function compileList(conditions: readonly string[], byTime: boolean, limit: string): string {
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''
  return `select page.id, seal.seq, at, organisation_id as organisation, actor_id as "actorId", actor_name as "actorName",
      via, action, object_type as "objectType", object_id as "objectId", details, request_id as "requestId",
      task_id as "taskId", encode(seal.hash, 'hex') as hash
    from (select * from audit_record ${where} order by ${byTime ? 'at desc, id desc' : 'id desc'} limit ${limit}) page
    left join audit_seal seal on seal.record_id = page.id
    order by ${byTime ? 'page.at desc, page.id desc' : 'page.id desc'}`
}
