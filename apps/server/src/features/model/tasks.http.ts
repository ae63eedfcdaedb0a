import { idParams, pagedResultList, TaskDto, TaskListQuery } from '@portreeve/contract'
import type { TObject } from 'typebox'
import { readPageRequest, trimFields } from '../../platform/http/list-request.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { abortTask, type TaskActDeps } from './abort-task.ts'
import { deleteTask } from './delete-task.ts'
import { getTask } from './get-task.ts'
import { type ListTasksDeps, listTasks } from './list-tasks.ts'
import type { Task } from './task.ts'
import type { TaskStore } from './task-store.ts'

export interface TaskRoutesDeps extends TaskActDeps, ListTasksDeps {
  readonly tasks: TaskStore
}

// ACP answers under both paths.
const MOUNTS = [
  { path: '/api/task', name: 'Task' },
  { path: '/api/dcone/task', name: 'DconeTask' },
] as const

const TO_LOOK = 'whoever submitted it; any admin of the organisation'
const TO_END = 'whoever submitted it; allow_modify_teams'

const COMMON = { dialect: 'teams', access: 'signed-in', formats: 'json+xml' } as const
const ONE = { ...COMMON, params: idParams('id') } as const
const ENTRY: TObject = TaskDto
const SHAPE = { fields: Object.keys(ENTRY.properties), keys: ['submittedAt'], defaultSort: 'submittedAt' }

/** Operations on tasks [found in ACP's other documents], and a list of them. */
export function taskRoutes(deps: TaskRoutesDeps): Route[] {
  return [listRoute(deps), ...MOUNTS.flatMap((mount) => oneRoutes(deps, mount))]
}

function listRoute(deps: TaskRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'listTasks',
    method: 'GET',
    url: '/api/task',
    summary: 'List tasks, the newest first',
    permission: 'any admin of the organisation; others see the tasks they submitted',
    query: TaskListQuery,
    answers: { 200: { description: 'A page of the list.', schema: pagedResultList(ENTRY) } },
    handle: async ({ caller, query }) => {
      const { pageNumber, pageSize } = readPageRequest(query, SHAPE)
      const { state, type, fieldList } = query
      const { items, total } = await listTasks(deps, { caller, state, type, pageNumber, pageSize })
      const tasks = items.map(toBody)
      const DTOs = fieldList ? tasks.map((task) => trimFields(task, fieldList)) : tasks
      const totalPages = Math.ceil(total / pageSize)
      return { status: 200, body: { pageNumber, pageSize, totalResults: total, totalPages, DTOs } }
    },
  })
}

function oneRoutes(deps: TaskRoutesDeps, mount: (typeof MOUNTS)[number]): Route[] {
  return [
    defineRoute({
      ...ONE,
      name: `get${mount.name}`,
      method: 'GET',
      url: `${mount.path}/{id}`,
      summary: 'Tell what became of a proposal',
      permission: TO_LOOK,
      answers: { 200: { description: 'The task.', schema: TaskDto } },
      handle: async ({ caller, params }) => ({ status: 200, body: toBody(await getTask(deps, caller, params.id)) }),
    }),
    ...removals(deps, mount),
    defineRoute({
      ...ONE,
      name: `abort${mount.name}`,
      method: 'PUT',
      url: `${mount.path}/{id}/abort`,
      summary: 'End a task that is still pending',
      permission: TO_END,
      answers: { 204: { description: 'It is aborted.', schema: null } },
      handle: async ({ caller, params, requestId }) => {
        await abortTask(deps, { caller, requestId, id: params.id })
        return { status: 204 }
      },
    }),
  ]
}

function removals(deps: TaskRoutesDeps, mount: (typeof MOUNTS)[number]): Route[] {
  return [
    { name: `delete${mount.name}`, suffix: '', force: false, summary: 'Take a finished task out of sight' },
    {
      name: `force${mount.name}Deletion`,
      suffix: '/force',
      force: true,
      summary: 'Abort a task and take it out of sight',
    },
  ].map(({ name, suffix, force, summary }) =>
    defineRoute({
      ...ONE,
      name,
      summary,
      permission: TO_END,
      method: 'DELETE',
      url: `${mount.path}/{id}${suffix}`,
      answers: { 204: { description: 'It is out of sight.', schema: null } },
      handle: async ({ caller, params, requestId }) => {
        await deleteTask(deps, { caller, requestId, id: params.id, force })
        return { status: 204 }
      },
    }),
  )
}

function toBody({ submitterId: _, submittedAt, finishedAt, ...task }: Task): object {
  return { ...task, submittedAt: submittedAt.toISOString(), finishedAt: finishedAt?.toISOString() }
}
