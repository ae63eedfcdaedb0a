import { Type } from 'typebox'
import { Uuid } from './ids.ts'

const Time = Type.String({ format: 'date-time' })

/** Long work over many things, as admins see it. */
export const BulkJobDto = Type.Object({
  bulk_id: Uuid,
  kind: Type.String(),
  status: Type.Enum(['InProgress', 'Finished', 'Error'], {
    description: 'Finished also when single items failed; Error when it could not go on',
  }),
  organisation_id: Type.Optional(Type.Integer({ description: 'Absent for work over all organisations' })),
  dry_run: Type.Boolean({ description: 'Nothing is changed; counts and results say what would be' }),
  total: Type.Integer({ description: 'As counted when it was ordered; exact when it has finished' }),
  done: Type.Integer(),
  changed: Type.Integer(),
  failed: Type.Integer(),
  ordered_by: Uuid,
  ordered_by_username: Type.String(),
  retry_of: Type.Optional(Uuid),
  started_at: Time,
  progressed_at: Time,
  finished_at: Type.Optional(Time),
  error: Type.Optional(Type.String({ description: 'Why it could not go on: an error code' })),
  message: Type.Optional(Type.String()),
  progress_url: Type.String(),
  results_url: Type.String(),
})

/** How long an answer may be held back, in seconds, for a job to end. */
export const BulkWait = Type.Integer({
  minimum: 0,
  maximum: 60,
  default: 0,
  description: 'Seconds to wait at most for the job to end',
})
