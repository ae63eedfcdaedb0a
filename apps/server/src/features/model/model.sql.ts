import type { Revisions } from '../../kernel/model-state.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type AuditEntry, type AuditStore, actorOf } from '../audit/index.ts'
import type { AcceptedEntry, AgreedOrder, Turn } from './agreed-order.ts'
import { batchChanges } from './batch-changes.ts'
import { enqueueTask, failTasks, insertTasks, listWaitingTasks, maySubmitterAct } from './queued-tasks.sql.ts'

// The row lock is the agreement: whoever holds it is the only one to change this organisation's model, on any node.
const TAKE_TURN = statement<TurnRow>(
  'model.take-turn',
  `select head, enforced, target, batched_updates as batched,
     exists (select from task where organisation_id = $1 and state = 'PENDING') as waits
   from organisation_model where organisation_id = $1 for update`,
)

interface TurnRow extends Revisions {
  readonly target: number
  readonly waits: boolean
  readonly batched: boolean
}

// Older than this is what is published, until the publisher has caught up.
const TOUCH = statement(
  'model.touch',
  "update repository set due_edition = due_edition + 1 where id = any($1::uuid[]) and type = 'SVN'",
)

const TOUCH_LATER = statement(
  'model.touch-later',
  `insert into batched_touch (organisation_id, revision, repository_id)
   select distinct $1::int, revision, id from unnest($2::bigint[], $3::uuid[]) as t (revision, id)`,
)

// Where no file is to change, the new target is as good as published.
const MOVE_HEAD = statement(
  'model.move-head',
  `update organisation_model
   set head = $2, target = $3, enforced = case
     when enforced < target or exists (
       select from repository where organisation_id = $1 and due_edition > published_edition) then enforced
     else $3 end
   where organisation_id = $1`,
)

const OUTDATE_FILES = statement(
  'model.outdate-files',
  "update repository set due_edition = due_edition + 1 where organisation_id = $1 and type = 'SVN'",
)

/** Makes every file of the organisation one that is to be generated again, from the state that is enforced anyway. */
export async function outdateFiles(tx: Connection, organisation: number): Promise<void> {
  // Two statements: the second sees repositories that were made while the first waited.
  await Promise.all([tx.query(TAKE_TURN, [organisation]), tx.query(OUTDATE_FILES, [organisation])])
}

const RENEW_LINEAGE = statement(
  'model.renew-lineage',
  'update organisation_model set lineage = left(gen_random_uuid()::text, 8) where organisation_id = $1',
)

/**
 * For what changes answers at a revision that was made already, since it is no proposal: nothing that anybody keeps of the
 * organisation's model, compiled or under an entity tag, is good any longer.
 */
export async function renewLineage(tx: Connection, organisation: number): Promise<void> {
  await tx.query(RENEW_LINEAGE, [organisation])
}

export interface AgreedOrderDeps<Reads, Writes> extends TurnDeps<Reads, Writes> {
  readonly database: Database
}

export interface TurnDeps<Reads, Writes> {
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
      deps.database.transaction(async (tx) => await work(await takeTurn(deps, tx, organisation))),
  }
}

/** A turn that ends with the transaction, whatever else that does. */
export async function takeTurn<Reads, Writes>(
  deps: TurnDeps<Reads, Writes>,
  tx: Connection,
  organisation: number,
): Promise<Turn<Reads, Writes>> {
  const [row] = await tx.query(TAKE_TURN, [organisation])
  if (!row) throw new Error(`Organisation ${organisation} has no model.`)
  return turnOf(deps, { tx, organisation, ...row })
}

interface Held extends TurnRow {
  readonly tx: Connection
  readonly organisation: number
}

function turnOf<Reads, Writes>(deps: TurnDeps<Reads, Writes>, held: Held): Turn<Reads, Writes> {
  const { tx, organisation } = held
  return {
    revisions: { head: held.head, enforced: held.enforced },
    somethingWaits: held.waits,
    reads: deps.bindReads(tx, organisation),
    writesAt: (revision) => deps.bindWrites(tx, organisation, revision),
    listWaiting: (limit) => listWaitingTasks(tx, organisation, limit),
    mayStillAct: (caller) => maySubmitterAct(tx, caller),
    enqueue: async (entry, input) => {
      await enqueueTask(tx, entry, input)
      await deps.wakeQueue(tx, organisation)
    },
    settle: async (accepted, refused, at) => {
      await Promise.all([
        insertTasks(tx, accepted, at),
        refused.length > 0 && failTasks(tx, refused, at),
        accepted.length > 0 && recordRevisions(held, deps.bindAudit(tx), { accepted, at }),
      ])
    },
  }
}

interface Made {
  readonly accepted: readonly AcceptedEntry[]
  readonly at: Date
}

async function recordRevisions(held: Held, audit: AuditStore, { accepted, at }: Made): Promise<void> {
  const { tx, organisation } = held
  const { target, due, later } = batchChanges(held, accepted)
  await Promise.all([
    audit.recordAll(accepted.map((entry) => auditEntryOf(entry, at))),
    due.length > 0 && tx.query(TOUCH, [due]),
    later.length > 0 &&
      tx.query(TOUCH_LATER, [
        organisation,
        later.map(({ revision }) => revision),
        later.map(({ repository }) => repository),
      ]),
    tx.query(MOVE_HEAD, [organisation, accepted.at(-1)?.revision, target]),
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
