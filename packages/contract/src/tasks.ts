import { Type } from 'typebox'
import { PageQuery } from './enforcement.ts'
import { Uuid } from './ids.ts'

export const TASK_STATES = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED'] as const

/** What became of one proposal. Times are RFC 3339 in UTC. */
export const TaskDto = Type.Object(
  {
    id: Uuid,
    type: Type.String(),
    state: Type.Enum([...TASK_STATES]),
    summary: Type.Optional(Type.String({ description: 'The change in a few words, once it is made.' })),
    entityId: Type.Optional(Uuid),
    revision: Type.Optional(Type.Integer()),
    enforced: Type.Boolean(),
    submittedBy: Type.String(),
    submittedAt: Type.String(),
    finishedAt: Type.Optional(Type.String()),
    error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
    warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }), {
      description: 'What is allowed and probably not meant.',
    }),
  },
  { xml: { name: 'task' }, xsiType: 'taskDTO' },
)

const { pageSize, pageNumber, fieldList } = PageQuery.properties

/** Which of the tasks to list. */
export const TaskListQuery = Type.Object(
  {
    pageSize,
    pageNumber,
    fieldList,
    state: Type.Optional(Type.Enum([...TASK_STATES], { description: 'Those in this state alone.' })),
    type: Type.Optional(
      Type.String({ maxLength: 100, description: 'Those of this kind alone, such as `team.create`.' }),
    ),
  },
  { additionalProperties: false },
)
