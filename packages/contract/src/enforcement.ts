import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { ListQuery } from './paged-result-list.ts'

const Revision = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Time = Type.String({ description: 'RFC 3339, in UTC.' })

/** Where the model and the files that are made from it stand. */
export const EnforcementDto = Type.Object(
  {
    pendingRevision: Type.Integer({ description: 'Of the model as all accepted changes left it.' }),
    targetRevision: Type.Integer({
      description: 'The one that files are made from: those above it wait to be applied.',
    }),
    enforcedRevision: Type.Integer({ description: 'The one that all files say.' }),
    batchedUpdates: Type.Boolean(),
    enforcementSchedule: Type.Optional(Type.String({ description: 'A cron expression, in UTC.' })),
    nextEnforcementAt: Type.Optional(Time),
    waitingChanges: Type.Integer({ description: 'Changes that are not enforced, applied or not.' }),
    waitingRepositories: Type.Integer({ description: 'Repositories whose files they may change.' }),
    waitingSince: Type.Optional(Time),
  },
  { xml: { name: 'enforcement' } },
)

/** A change that is not enforced yet. */
export const WaitingChangeDto = Type.Object(
  {
    revision: Type.Integer({ description: 'The revision of the model that it made.' }),
    type: Type.String(),
    summary: Type.String({ description: 'The change in a few words.' }),
    entityId: Type.Optional(Uuid),
    submittedBy: Type.String(),
    submittedAt: Time,
    taskId: Uuid,
  },
  { xml: { name: 'change' }, xsiType: 'changeDTO' },
)

const { queryEnforced: _enforced, revision: _revision, ...pageParameters } = ListQuery.properties

/** Query parameters of a list that is no part of the model, and so has no states. */
export const PageQuery = Type.Object(pageParameters, { additionalProperties: false })

/** Which of the waiting changes to enforce. */
export const ApplyBody = Type.Object(
  { revision: Type.Optional({ ...Revision, description: 'Those up to this revision; all of them by default.' }) },
  { additionalProperties: false, xml: { name: 'apply' } },
)

export const RevertBody = Type.Object(
  { revision: { ...Revision, description: 'The revision whose teams and rules are to hold again.' } },
  { additionalProperties: false, xml: { name: 'revert' } },
)

/** The published files that a host keeps copies of. */
export const FileIndexDto = Type.Object(
  {
    files: Type.Array(
      Type.Object(
        {
          repositoryId: Uuid,
          name: Type.String({ description: "The repository's." }),
          sha256: Type.String({
            description: "SHA-256 of the file's bytes, base64url without padding; its ETag is made of it.",
          }),
        },
        { xml: { name: 'file' } },
      ),
    ),
  },
  { xml: { name: 'files' } },
)

export const FileIndexQuery = Type.Object(
  {
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 60,
        default: 0,
        description: 'Seconds to wait for a change, where the caller holds the present version.',
      }),
    ),
  },
  { additionalProperties: false },
)
