import { idParams, TaskDto } from '@portreeve/contract'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { abortTask, type TaskActDeps } from './abort-task.ts'
import { deleteTask } from './delete-task.ts'
import { getTask } from './get-task.ts'
import type { TaskStore } from './task-store.ts'

export interface TaskRoutesDeps extends TaskActDeps {
  readonly tasks: TaskStore
}

// ACP answers under both paths.
const MOUNTS = [
  { path: '/api/task', name: 'Task' },
  { path: '/api/dcone/task', name: 'DconeTask' },
] as const

const TO_LOOK = 'whoever submitted it; any admin of the organisation'
const TO_END = 'whoever submitted it; allow_modify_teams'

const COMMON = {
  dialect: 'teams',
  access: 'signed-in',
  formats: 'json+xml',
  params: idParams('id'),
} as const

/** Operations on tasks [found in ACP's other documents]. */
export function taskRoutes(deps: TaskRoutesDeps): Route[] {
  return MOUNTS.flatMap((mount) => [
    defineRoute({
      ...COMMON,
      name: `get${mount.name}`,
      method: 'GET',
      url: `${mount.path}/{id}`,
      summary: 'Tell what became of a proposal',
      permission: TO_LOOK,
      answers: { 200: { description: 'The task.', schema: TaskDto } },
      handle: async ({ caller, params }) => {
        const { submitterId: _, submittedAt, finishedAt, ...task } = await getTask(deps, caller, params.id)
        return {
          status: 200,
          body: { ...task, submittedAt: submittedAt.toISOString(), finishedAt: finishedAt?.toISOString() },
        }
      },
    }),
    ...removals(deps, mount),
    defineRoute({
      ...COMMON,
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
  ])
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
      ...COMMON,
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
