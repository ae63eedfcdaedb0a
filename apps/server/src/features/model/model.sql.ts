import type { Revisions } from '../../kernel/model-state.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type AuditEntry, type AuditStore, actorOf } from '../audit/index.ts'
import type { AcceptedEntry, AgreedOrder, Turn } from './agreed-order.ts'
import { enqueueTask, failTasks, insertTasks, listWaitingTasks } from './queued-tasks.sql.ts'

// The row lock is the agreement: whoever holds it is the only one to change this organisation's model, on any node.
const TAKE_TURN = statement<Revisions & { waits: boolean }>(
  'model.take-turn',
  `select head, enforced,
     exists (select from task where organisation_id = $1 and state = 'PENDING') as waits
   from organisation_model where organisation_id = $1 for update`,
)

// Published are files of an older revision than this, until the publisher has caught up.
const TOUCH = statement(
  'model.touch',
  `update repository set touched_revision = touched.revision
   from (select id, max(revision) as revision from unnest($1::uuid[], $2::bigint[]) as t (id, revision) group by id) touched
   where repository.id = touched.id`,
)

// Where no file can change, the new revision is as good as published: unless an older one still waits to be.
const MOVE_HEAD = statement(
  'model.move-head',
  `update organisation_model
   set head = $2, enforced = case when enforced = head and not $3::boolean then $2 else enforced end
   where organisation_id = $1`,
)

// A revision of its own, although no proposal makes it: what is published before it must not pass for up to date.
const OUTDATE_FILES = statement(
  'model.outdate-files',
  `with turn as (update organisation_model set head = head + 1 where organisation_id = $1 returning head)
   update repository set touched_revision = turn.head from turn where repository.organisation_id = $1`,
)

/** Makes every file of the organisation one that is to be generated again. */
export async function outdateFiles(tx: Connection, organisation: number): Promise<void> {
  await tx.query(OUTDATE_FILES, [organisation])
}

export interface AgreedOrderDeps<Reads, Writes> {
  readonly database: Database
  bindReads(tx: Connection, organisation: number): Reads
  bindWrites(tx: Connection, organisation: number, revision: number): Writes
  bindAudit(tx: Connection): AuditStore
  /** Makes sure, in the same transaction, that somebody comes to look at the queue. */
  wakeQueue(tx: Connection, organisation: number): Promise<void>
}

/** Turns at an organisation's model, agreed on through its row in `organisation_model`. */
export function sqlAgreedOrder<Reads, Writes>(deps: AgreedOrderDeps<Reads, Writes>): AgreedOrder<Reads, Writes> {
  return {
    inTurn: (organisation, work) =>
      deps.database.transaction(async (tx) => {
        const [row] = await tx.query(TAKE_TURN, [organisation])
        if (!row) throw new Error(`Organisation ${organisation} has no model.`)
        return await work(turnOf(deps, { tx, organisation, ...row }))
      }),
  }
}

interface Held extends Revisions {
  readonly tx: Connection
  readonly organisation: number
  readonly waits: boolean
}

function turnOf<Reads, Writes>(deps: AgreedOrderDeps<Reads, Writes>, held: Held): Turn<Reads, Writes> {
  const { tx, organisation } = held
  return {
    revisions: { head: held.head, enforced: held.enforced },
    somethingWaits: held.waits,
    reads: deps.bindReads(tx, organisation),
    writesAt: (revision) => deps.bindWrites(tx, organisation, revision),
    listWaiting: (limit) => listWaitingTasks(tx, organisation, limit),
    enqueue: async (entry, input) => {
      await enqueueTask(tx, entry, input)
      await deps.wakeQueue(tx, organisation)
    },
    settle: async (accepted, refused, at) => {
      await Promise.all([
        insertTasks(tx, accepted, at),
        refused.length > 0 && failTasks(tx, refused, at),
        accepted.length > 0 && recordRevisions(tx, deps.bindAudit(tx), { organisation, accepted, at }),
      ])
    },
  }
}

interface Made {
  readonly organisation: number
  readonly accepted: readonly AcceptedEntry[]
  readonly at: Date
}

async function recordRevisions(tx: Connection, audit: AuditStore, made: Made): Promise<void> {
  const recorded = audit.recordAll(made.accepted.map((entry) => auditEntryOf(entry, made.at)))
  const touched = made.accepted.flatMap(({ touches, revision }) => touches.map((id) => ({ id, revision })))
  const hasTouched = touched.length > 0
  await Promise.all([
    recorded,
    hasTouched && tx.query(TOUCH, [touched.map(({ id }) => id), touched.map(({ revision }) => revision)]),
    tx.query(MOVE_HEAD, [made.organisation, made.accepted.at(-1)?.revision, hasTouched]),
  ])
}

function auditEntryOf(entry: AcceptedEntry, at: Date): AuditEntry {
  const { type, id, details } = entry.object
  return {
    organisation: entry.caller.organisation,
    at,
    actor: actorOf(entry.caller),
    action: entry.type,
    object: { type, id },
    details: { ...details, revision: entry.revision },
    requestId: entry.requestId,
    taskId: entry.taskId,
  }
}
