import { Type } from 'typebox'
import { Uuid } from './ids.ts'

/** What became of one proposal. Times are RFC 3339 in UTC. */
export const TaskDto = Type.Object(
  {
    id: Uuid,
    type: Type.String(),
    state: Type.Enum(['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED']),
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
