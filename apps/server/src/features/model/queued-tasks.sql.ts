import type { Principal } from '../../kernel/principal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { AcceptedEntry, QueuedTask, RefusedEntry, TaskEntry } from './agreed-order.ts'
import { summaryOf } from './summary-of.ts'

const COMPLETE_NEW = statement(
  'task.complete-new',
  `insert into task (id, organisation_id, type, state, entity_id, revision, submitted_by, submitted_by_name,
                     submitted_via, submitted_at, finished_at, request_id, at_once, summary, warnings)
   select id, $1, type, 'COMPLETED', entity_id, revision, submitted_by, submitted_by_name, via, submitted_at, $10, request_id,
          at_once, summary, warnings
   from unnest($2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::uuid[], $7::text[], $8::text[], $9::timestamptz[],
               $11::text[], $12::boolean[], $13::text[], $14::jsonb[])
     as t (id, type, entity_id, revision, submitted_by, submitted_by_name, via, submitted_at, request_id, at_once, summary,
           warnings)`,
)

const COMPLETE_QUEUED = statement(
  'task.complete-queued',
  `update task set state = 'COMPLETED', revision = done.revision, finished_at = $3, input = null,
     at_once = done.at_once, summary = done.summary, warnings = done.warnings
   from unnest($1::uuid[], $2::bigint[], $4::boolean[], $5::text[], $6::jsonb[])
     as done (id, revision, at_once, summary, warnings) where task.id = done.id`,
)

const FAIL = statement(
  'task.fail',
  `update task set state = 'FAILED', finished_at = $4, input = null, error_code = refused.code, error_message = refused.message
   from unnest($1::uuid[], $2::text[], $3::text[]) as refused (id, code, message) where task.id = refused.id`,
)

const ENQUEUE = statement(
  'task.enqueue',
  `insert into task (id, organisation_id, type, state, entity_id, input, submitted_by, submitted_by_name,
                     submitted_via, submitted_at, request_id)
   values ($1, $2, $3, 'PENDING', $4, $5, $6, $7, $8, $9, $10)`,
)

interface WaitingRow {
  readonly id: string
  readonly organisation_id: number
  readonly type: string
  readonly entity_id: string | null
  readonly input: unknown
  readonly request_id: string | null
  readonly submitted_at: Date
  readonly submitted_by: string
  readonly submitted_by_name: string
  readonly submitted_via: Principal['via']
  readonly role: Principal['role']
  readonly flags: string[]
  readonly home_organisation: number
}

// The submitter's rights are those of now, not of then.
const LIST_WAITING = statement<WaitingRow>(
  'task.list-waiting',
  `select task.id, task.organisation_id, task.type, task.entity_id, task.input, task.request_id, task.submitted_at,
          task.submitted_by, task.submitted_by_name, task.submitted_via,
          submitter.role, submitter.flags, submitter.organisation_id as home_organisation
   from task
   join app_user submitter on submitter.id = task.submitted_by
   where task.organisation_id = $1 and task.state = 'PENDING'
   order by task.sequence limit $2`,
)

// Another organisation than their own is for superadmins.
const MAY_ACT = statement<{ may: boolean }>(
  'task.may-submitter-act',
  `select submitter.enabled and home.enabled and (home.id = $2 or submitter.role = 'superadmin') as may
   from app_user submitter join organisation home on home.id = submitter.organisation_id
   where submitter.id = $1`,
)

export async function maySubmitterAct(tx: Connection, { userId, organisation }: Principal): Promise<boolean> {
  return (await tx.query(MAY_ACT, [userId, organisation]))[0]?.may === true
}

/** Writes down accepted proposals: new rows for those that come straight from a request, the queued ones' own rows else. */
export async function insertTasks(tx: Connection, accepted: readonly AcceptedEntry[], at: Date): Promise<void> {
  const fresh = accepted.filter(({ queued }) => !queued)
  const [first] = fresh
  if (first) {
    await tx.query(COMPLETE_NEW, [
      first.caller.organisation,
      fresh.map((entry) => entry.taskId),
      fresh.map((entry) => entry.type),
      fresh.map((entry) => entry.entityId),
      fresh.map((entry) => entry.revision),
      fresh.map((entry) => entry.caller.userId),
      fresh.map((entry) => entry.caller.username),
      fresh.map((entry) => entry.caller.via),
      fresh.map((entry) => entry.submittedAt),
      at,
      fresh.map((entry) => entry.requestId),
      ...outcomeColumns(fresh),
    ])
  }
  const waited = accepted.filter(({ queued }) => queued)
  if (waited.length > 0) {
    const revisions = waited.map((entry) => entry.revision)
    await tx.query(COMPLETE_QUEUED, [waited.map((entry) => entry.taskId), revisions, at, ...outcomeColumns(waited)])
  }
}

function outcomeColumns(accepted: readonly AcceptedEntry[]): unknown[] {
  return [
    accepted.map((entry) => entry.atOnce),
    accepted.map(summaryOf),
    accepted.map(({ warnings }) => (warnings && warnings.length > 0 ? JSON.stringify(warnings) : null)),
  ]
}

/** Ends queued tasks that were refused when their turn came. */
export async function failTasks(tx: Connection, refused: readonly RefusedEntry[], at: Date): Promise<void> {
  await tx.query(FAIL, [
    refused.map((entry) => entry.taskId),
    refused.map((entry) => entry.error.code),
    refused.map((entry) => entry.error.message),
    at,
  ])
}

export async function enqueueTask(tx: Connection, entry: TaskEntry, input: unknown): Promise<void> {
  const { caller } = entry
  await tx.query(ENQUEUE, [
    entry.taskId,
    caller.organisation,
    entry.type,
    entry.entityId,
    JSON.stringify(input),
    caller.userId,
    caller.username,
    caller.via,
    entry.submittedAt,
    entry.requestId,
  ])
}

export async function listWaitingTasks(tx: Connection, organisation: number, limit: number): Promise<QueuedTask[]> {
  const rows = await tx.query(LIST_WAITING, [organisation, limit])
  return rows.map((row) => ({
    taskId: row.id,
    type: row.type,
    entityId: row.entity_id,
    input: row.input,
    requestId: row.request_id ?? '',
    submittedAt: row.submitted_at,
    caller: {
      userId: row.submitted_by,
      username: row.submitted_by_name,
      role: row.role,
      flags: new Set(row.flags) as Principal['flags'],
      homeOrganisation: row.home_organisation,
      organisation: row.organisation_id,
      via: row.submitted_via,
    },
  }))
}
