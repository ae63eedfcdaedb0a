import { Type } from 'typebox'
import { AudienceSchema, PermissionTypeSchema } from './rules.ts'

/** An existing authz file to import; sent as `text/plain`, the body is the file itself. */
export const ImportBody = Type.Object(
  {
    authz: Type.String({ minLength: 1, description: 'The text of the authz file.' }),
    team: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description:
          'The root team to make, with the file’s groups as its subteams; named like the repository by default.',
      }),
    ),
  },
  { additionalProperties: false, xml: { name: 'import' }, plainText: 'authz' },
)

export const ImportQuery = Type.Object(
  {
    dryRun: Type.Optional(
      Type.Boolean({ description: 'true: nothing is made; the answer is what would be, and what stands in the way.' }),
    ),
    acceptLoss: Type.Optional(
      Type.Boolean({ description: 'true: import the rest, where the file says something that rules cannot.' }),
    ),
  },
  { additionalProperties: false },
)

const Count = Type.Integer({ minimum: 0 })
const Reason = Type.Object({ code: Type.String(), message: Type.String() })

const ImportedPermission = Type.Object({ permissionType: PermissionTypeSchema, path: Type.String() })

const ImportedRule = Type.Object({
  ruleName: Type.String(),
  audience: AudienceSchema,
  members: Type.Array(Type.String(), { description: 'Usernames.' }),
  permissions: Type.Array(ImportedPermission, { description: 'With paths from the root of the repository.' }),
})

const ImportedTeam = Type.Object({
  name: Type.String(),
  description: Type.String(),
  members: Type.Array(Type.String(), { description: 'Usernames.' }),
  resources: Type.Array(Type.String(), { description: 'Paths of the repository.' }),
  rules: Type.Array(ImportedRule),
})

/** What an import would make. */
export const ImportPlanDto = Type.Object(
  {
    repositoryName: Type.String(),
    team: Type.String({ description: 'The root team that the teams are put under.' }),
    counts: Type.Object({
      users: Count,
      teams: Count,
      members: Count,
      resources: Count,
      rules: Count,
      permissions: Count,
    }),
    obstacles: Type.Array(Reason, { description: 'Why the import would be refused as it is asked for; none is good.' }),
    unexpressed: Type.Array(Type.String(), { description: 'What the file says and rules cannot: left out.' }),
    warnings: Type.Array(Reason, { description: 'What to know; nothing is lost by it.' }),
    existingPermissions: Type.Integer({ minimum: 0, description: 'What rules say of the repository already.' }),
    newUsers: Type.Array(Type.String(), { description: 'Usernames to create.' }),
    knownUsers: Type.Array(Type.String(), { description: 'Usernames that there are already.' }),
    resources: Type.Array(Type.String(), { description: 'What the root team would hand out.' }),
    teams: Type.Array(ImportedTeam, { description: 'Its subteams.' }),
  },
  { xml: { name: 'importplan' } },
)
