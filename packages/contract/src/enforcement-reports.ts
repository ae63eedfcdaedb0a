import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { ListQuery } from './paged-result-list.ts'
import { PermissionTypeSchema } from './rules.ts'

const ReportedAudience = Type.Enum(['user', 'authenticated', 'everyone'], {
  description: 'Users by name; any signed-in user whom the repository’s rules do not name; anonymous visitors.',
})

const Users = Type.Integer({ description: 'How many users by name: 0 for the other audiences.' })
const Usernames = Type.Array(Type.String(), { description: 'The first 100 of them.' })
const count = () => Type.Integer({ minimum: 0 })

/** A rule that is not the same in two revisions. */
export const RuleChangeDto = Type.Object({
  ruleId: Uuid,
  ruleName: Type.String(),
  teamId: Uuid,
  teamName: Type.String(),
  change: Type.Enum(['ADDED', 'CHANGED', 'REMOVED']),
  fields: Type.Array(Type.String(), { description: 'Which of ruleName, description and audience are others now.' }),
  membersAdded: count(),
  membersRemoved: count(),
  permissionsAdded: count(),
  permissionsRemoved: count(),
  permissionsChanged: count(),
})

/** Who gains or loses what, from a path on downwards. */
export const AccessChangeDto = Type.Object({
  repositoryName: Type.String(),
  path: Type.String(),
  audience: ReportedAudience,
  before: PermissionTypeSchema,
  after: Type.Enum(['READ_WRITE', 'READ', 'NONE'], {
    description: 'The same as before where a change at a path above ends: from here down nothing changes for them.',
  }),
  users: Users,
  usernames: Usernames,
})

/** Which revisions to compare, and which changes of access to answer. */
export const DifferencesQuery = Type.Object(
  {
    from: Type.Optional(Type.Integer({ minimum: 0, description: 'A revision; the enforced one by default.' })),
    to: Type.Optional(
      Type.Integer({ minimum: 0, description: 'A revision, earlier or later; the newest by default.' }),
    ),
    repositoryName: Type.Optional(Type.String({ description: 'Only changes in this repository.' })),
    username: Type.Optional(Type.String({ description: 'Only changes that this user meets, by name or not.' })),
    pageSize: ListQuery.properties.pageSize,
    pageNumber: ListQuery.properties.pageNumber,
  },
  { additionalProperties: false },
)

/** What distinguishes two revisions of a model. Pages are pages of `access`. */
export const DifferencesDto = Type.Object(
  {
    fromRevision: Type.Integer(),
    toRevision: Type.Integer(),
    totalRules: Type.Integer(),
    rules: Type.Array(RuleChangeDto, { description: 'The first 1,000 rules that differ.' }),
    pageNumber: Type.Integer(),
    pageSize: Type.Integer(),
    totalResults: Type.Integer(),
    totalPages: Type.Integer(),
    access: Type.Array(AccessChangeDto),
  },
  { xml: { name: 'differences' } },
)

/** Something in the model that is allowed and probably not meant. */
export const ModelWarningDto = Type.Object(
  {
    type: Type.Enum(['unreachable_path'], {
      description: 'A rule lets users read a path, and they may not read a directory above it.',
    }),
    repositoryName: Type.String(),
    path: Type.String(),
    blockedAt: Type.String({ description: 'The topmost directory they may not read: where browsing ends.' }),
    audience: ReportedAudience,
    users: Users,
    usernames: Usernames,
    message: Type.String(),
  },
  { xml: { name: 'warning' }, xsiType: 'warningDTO' },
)
