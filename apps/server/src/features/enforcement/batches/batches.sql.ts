import type { Connection } from '../../../platform/database/database.ts'
import type { ListSource, PagedLists } from '../../../platform/database/paged-list.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { EnforcementStatus, WaitingChange } from './batch.ts'
import type { BatchReadModel, BatchStore, HeldPosition } from './batch-store.ts'

const STATUS = statement<EnforcementStatus>(
  'batches.status',
  `select model.head as "pendingRevision", model.target as "targetRevision", model.enforced as "enforcedRevision",
          model.batched_updates as "batchedUpdates", setting.enforcement_schedule as "enforcementSchedule",
          setting.next_enforcement_at as "nextEnforcementAt", waiting.changes as "waitingChanges",
          waiting.since as "waitingSince", files.repositories as "waitingRepositories"
   from organisation_model model
   left join organisation_setting setting using (organisation_id)
   cross join lateral (
     select count(*) as changes, min(finished_at) as since from task
     where task.organisation_id = $1 and task.revision > model.enforced and not task.at_once) waiting
   cross join (
     select count(*) as repositories from (
       select id from repository where organisation_id = $1 and due_edition > published_edition
       union select repository_id from batched_touch where organisation_id = $1) waiting) files
   where model.organisation_id = $1`,
)

const DUE = statement<{ organisation: number }>(
  'batches.due',
  'select organisation_id as organisation from organisation_setting where next_enforcement_at <= $1',
)

const WAITING: ListSource<WaitingChange> = {
  name: 'waiting-changes',
  base: `select id, revision, type, summary, entity_id, submitted_by_name, submitted_at from task
    where organisation_id = $1 and not at_once
      and revision > (select enforced from organisation_model where organisation_id = $1)`,
  own: {
    revision: 'base.revision',
    type: 'base.type',
    summary: 'base.summary',
    submittedBy: 'base.submitted_by_name',
    submittedAt: 'base.submitted_at',
  },
  select: `base.revision, base.type, base.summary, base.entity_id as "entityId", base.submitted_by_name as "submittedBy",
    base.submitted_at as "submittedAt", base.id as "taskId"`,
  tieBreak: 'revision',
}

/** What waits, in the tables `task`, `batched_touch` and `organisation_model`. */
export function sqlBatchReadModel(connection: Connection, lists: PagedLists): BatchReadModel {
  return {
    readStatus: async (organisation) => {
      const [status] = await connection.query(STATUS, [organisation])
      if (!status) throw new Error(`Organisation ${organisation} has no model.`)
      return status
    },
    listWaiting: (organisation, request) => lists.page(WAITING, { scope: [organisation], request }),
    listDue: async (at) => (await connection.query(DUE, [at])).map(({ organisation }) => organisation),
  }
}

const TAKE_TURN = statement<HeldPosition>(
  'batches.take-turn',
  'select head, target from organisation_model where organisation_id = $1 for update',
)

const MAKE_DUE = statement(
  'batches.make-due',
  `with applied as (delete from batched_touch where organisation_id = $1 and revision <= $2 returning repository_id)
   update repository set due_edition = due_edition + 1 where id in (select repository_id from applied) and type = 'SVN'`,
)

// Where no file is to change, the new target is as good as published.
const MOVE_TARGET = statement(
  'batches.move-target',
  `update organisation_model set target = $2, enforced = case
     when enforced < target or exists (
       select from repository where organisation_id = $1 and due_edition > published_edition) then enforced
     else $2 end
   where organisation_id = $1`,
)

const DUE_SCHEDULE = statement<{ schedule: string }>(
  'batches.due-schedule',
  `select enforcement_schedule as schedule from organisation_setting
   where organisation_id = $1 and next_enforcement_at <= $2 and enforcement_schedule is not null`,
)

const SET_NEXT_TIME = statement(
  'batches.set-next-time',
  'update organisation_setting set next_enforcement_at = $2 where organisation_id = $1',
)

/** What waits and where the files stand, changed through a transaction. */
export function sqlBatchStore(tx: Connection): BatchStore {
  const takeTurn = async (organisation: number): Promise<HeldPosition> => {
    const [position] = await tx.query(TAKE_TURN, [organisation])
    if (!position) throw new Error(`Organisation ${organisation} has no model.`)
    return position
  }
  const applyUpTo = async (organisation: number, revision: number): Promise<void> => {
    await Promise.all([tx.query(MAKE_DUE, [organisation, revision]), tx.query(MOVE_TARGET, [organisation, revision])])
  }
  return {
    takeTurn,
    applyUpTo,
    applyAll: async (organisation) => {
      const { head } = await takeTurn(organisation)
      await applyUpTo(organisation, head)
    },
    findDueSchedule: async (organisation, at) => (await tx.query(DUE_SCHEDULE, [organisation, at]))[0]?.schedule,
    setNextTime: async (organisation, next) => {
      await tx.query(SET_NEXT_TIME, [organisation, next])
    },
  }
}
