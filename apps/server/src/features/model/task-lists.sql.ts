import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import { type TaskRow, taskColumns, toTask } from './task-row.sql.ts'
import type { TaskQuery, TaskReadModel } from './task-store.ts'

const NEWEST_FIRST = { field: 'submittedAt', ascending: false }

/** Tasks in the table `task`. */
export function sqlTaskReadModel(lists: PagedLists): TaskReadModel {
  return {
    async list({ pageNumber, pageSize, ...query }) {
      const { source, scope } = narrow(query)
      const request = { pageNumber, pageSize, sort: NEWEST_FIRST, search: [] }
      const { items, total } = await lists.page(source, { scope, request })
      return { items: items.map(toTask), total }
    },
  }
}

/** A list for each way of narrowing it, so that each is planned for its own index. */
function narrow({ organisation, submitter, state, type }: Omit<TaskQuery, 'pageNumber' | 'pageSize'>) {
  const scope: unknown[] = [organisation]
  const names = ['tasks']
  const conditions = ['organisation_id = $1', 'dismissed_at is null']
  if (submitter !== undefined) {
    names.push('submitted')
    conditions.push(`submitted_by = $${scope.push(submitter)}`)
  }
  if (type !== undefined) {
    names.push('typed')
    conditions.push(`type = $${scope.push(type)}`)
  }
  if (state !== undefined) {
    names.push(state.toLowerCase())
    // One of five, and as it is: the index of those that are not completed can be told from no parameter.
    conditions.push(`state = '${state}'`)
  }
  const source: ListSource<TaskRow> = {
    name: names.join('-'),
    base: `select * from task where ${conditions.join(' and ')}`,
    own: { submittedAt: 'base.sequence' },
    join: 'join organisation_model model on model.organisation_id = base.organisation_id',
    select: taskColumns('base'),
    tieBreak: 'sequence',
  }
  return { source, scope }
}
