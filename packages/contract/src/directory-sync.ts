import { Type } from 'typebox'
import { Uuid } from './ids.ts'

const Count = Type.Integer({ minimum: 0 })

const Failure = Type.Object({ code: Type.String(), message: Type.String() })

/** What became of the last synchronisation of a team with its directory. */
export const TeamSyncDto = Type.Object(
  {
    outcome: Type.Enum(['COMPLETED', 'NEEDS_CONFIRMATION', 'FAILED']),
    startedAt: Type.String({ description: 'RFC 3339, in UTC.' }),
    finishedAt: Type.String(),
    found: Type.Integer({ minimum: 0, description: 'People whom the query finds.' }),
    added: Type.Integer({ minimum: 0, description: 'People who joined the team.' }),
    created: Type.Integer({ minimum: 0, description: 'Of these, people who had no account.' }),
    removed: Type.Integer({ minimum: 0, description: 'Members who left; would leave, where confirmation is needed.' }),
    skipped: Type.Integer({ minimum: 0, description: 'Entries that cannot be members; the preview says why.' }),
    taskId: Type.Optional(Uuid),
    error: Type.Optional(Failure),
  },
  { xml: { name: 'teamsync' } },
)

const SyncPerson = Type.Object({
  username: Type.String(),
  dn: Type.Optional(Type.String()),
  id: Type.Optional(Uuid),
})

/** What a synchronisation would change now. The lists are cut off; the counts are not. */
export const TeamSyncPreviewDto = Type.Object(
  {
    found: Count,
    members: Count,
    added: Count,
    created: Count,
    removed: Count,
    relinked: Count,
    skipped: Count,
    removalShare: Type.Integer({ description: 'How many per cent of a team may leave unasked.' }),
    needsConfirmation: Type.Boolean({ description: 'True when more would leave: send maxRemovals.' }),
    joining: Type.Array(SyncPerson, { description: 'The first 1,000 who would join.' }),
    leaving: Type.Array(SyncPerson, { description: 'The first 1,000 who would leave.' }),
    leftOut: Type.Array(Type.Object({ dn: Type.String(), reason: Type.String() }), {
      description: 'The first 1,000 entries that cannot be members, and why.',
    }),
  },
  { xml: { name: 'teamsyncpreview' } },
)

export const TeamSyncBody = Type.Object(
  {
    maxRemovals: Type.Optional(
      Type.Integer({ minimum: 0, description: 'So many may leave although it is more than the usual share.' }),
    ),
  },
  { additionalProperties: false, xml: { name: 'teamsync' } },
)
