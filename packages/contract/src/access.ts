import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { ListQuery } from './paged-result-list.ts'
import { AudienceSchema, PermissionTypeSchema } from './rules.ts'

/** How many checks one request takes. */
export const MAX_CHECKS = 1000

const Name = Type.String({ minLength: 1, maxLength: 256 })
const DataSourceId = Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'The id of a data source.' })
const Repository = Type.String({ minLength: 1, maxLength: 128, description: 'The name of a repository.' })
const Path = Type.String({
  maxLength: 4096,
  description: 'From the root of the repository, such as /trunk/src; the root itself when absent.',
})
const Asked = Type.Enum(['READ', 'READ_WRITE'], { description: 'What is to be done there; READ when absent.' })

const State = Type.Enum(['enforced', 'pending'], {
  description:
    'The model to ask: as it is enforced, which is the default, or as it will be once what waits is applied.',
})
const AtLeastRevision = Type.Integer({
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
  description: 'Waits a few seconds until that revision is what is asked; answers 409 when it is not by then.',
})

/** Who, by way of what, wants to do what where. Exactly one of `user`, `username` and `token`; `repository` or `dataSource`. */
const checkFields = {
  user: Type.Optional(Uuid),
  username: Type.Optional(Name),
  token: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 512,
      description:
        'An access token: personal, of a connector, or of an app. It stands for its user, and for the connector and the app it was issued to.',
    }),
  ),
  repository: Type.Optional(Repository),
  dataSource: Type.Optional(DataSourceId),
  path: Type.Optional(Path),
  permission: Type.Optional(Asked),
  client: Type.Optional(
    Type.String({ minLength: 1, maxLength: 256, description: 'The id of the app that the user comes with.' }),
  ),
  connector: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'The id of the connector that the user comes with.',
    }),
  ),
}

export const AccessCheckBody = Type.Object(
  {
    ...checkFields,
    atLeastRevision: Type.Optional(AtLeastRevision),
    state: Type.Optional(State),
    explain: Type.Optional(
      Type.Boolean({
        description: 'false: leave the chain out, which takes a fraction of the time where there are many checks.',
      }),
    ),
    checks: Type.Optional(
      Type.Array(Type.Object(checkFields, { additionalProperties: false }), {
        minItems: 1,
        maxItems: MAX_CHECKS,
        description: 'Many checks at once, answered in their order; instead of the fields of one.',
      }),
    ),
  },
  { additionalProperties: false, xml: { name: 'check' } },
)

const TeamRef = Type.Object({ id: Uuid, name: Type.String() })

/** One condition of a decision. */
export const AccessLinkDto = Type.Object({
  link: Type.Enum([
    'token',
    'organisation',
    'user',
    'connector',
    'client',
    'stewardship',
    'team',
    'rule',
    'permission',
  ]),
  outcome: Type.Enum(['allows', 'refuses', 'does_not_apply']),
  because: Type.String(),
  change: Type.Optional(Type.String({ description: 'Of what refuses: what would make it allow.' })),
  id: Type.Optional(Type.String({ description: 'Of what the link is about.' })),
  name: Type.Optional(Type.String()),
  path: Type.Optional(Type.String({ description: 'Of a permission: the path it speaks of.' })),
  teams: Type.Optional(
    Type.Array(TeamRef, { description: 'Of the link team: the teams above it and itself, root first.' }),
  ),
})

const decisionFields = {
  allowed: Type.Boolean(),
  chain: Type.Optional(
    Type.Array(AccessLinkDto, { description: 'In this order; the first link that refuses is the last.' }),
  ),
}

/** To one check `allowed` and `chain`, to many `results`. */
export const AccessDecisionDto = Type.Object(
  {
    revision: Type.Integer({ description: 'Of the model that was asked.' }),
    allowed: Type.Optional(decisionFields.allowed),
    chain: decisionFields.chain,
    results: Type.Optional(Type.Array(Type.Object(decisionFields), { description: 'In the order of the checks.' })),
  },
  { xml: { name: 'decision' } },
)

const listFields = {
  atLeastRevision: Type.Optional(AtLeastRevision),
  state: Type.Optional(State),
  pageSize: ListQuery.properties.pageSize,
  pageNumber: ListQuery.properties.pageNumber,
}

export const AccessWhoQuery = Type.Object(
  {
    repository: Type.Optional(Repository),
    dataSource: Type.Optional(DataSourceId),
    path: Type.Optional(Path),
    permission: Type.Optional(Asked),
    ...listFields,
  },
  { additionalProperties: false },
)

export const AccessWhatQuery = Type.Object(
  { user: Type.Optional(Uuid), username: Type.Optional(Name), ...listFields },
  { additionalProperties: false },
)

/** What decides a right: the first of the rules that give it, or a part in the data source. */
const reasonFields = {
  because: Type.Enum(['rule', 'no_rule', 'creator', 'steward', 'admin'], {
    description: 'A rule, or for data sources who made them, looks after them, or administers all of them.',
  }),
  audience: Type.Optional(AudienceSchema),
  decidedAt: Type.Optional(Type.String({ description: 'The path that the rule speaks of: this one or one above it.' })),
  ruleId: Type.Optional(Uuid),
  ruleName: Type.Optional(Type.String()),
  teamId: Type.Optional(Uuid),
  teamName: Type.Optional(Type.String()),
  permissionId: Type.Optional(Uuid),
}

/** A user who reaches what was asked about. */
export const AccessWhoDto = Type.Object(
  { userId: Uuid, username: Type.String(), permission: PermissionTypeSchema, ...reasonFields },
  { xml: { name: 'reaching' }, xsiType: 'reachingDTO' },
)

/** What a user may do at a path and below it, up to the next path of the list. */
export const AccessWhatDto = Type.Object(
  {
    repositoryName: Type.Optional(Type.String()),
    dataSource: Type.Optional(Type.Integer()),
    path: Type.String(),
    permission: PermissionTypeSchema,
    ...reasonFields,
  },
  { xml: { name: 'reached' }, xsiType: 'reachedDTO' },
)

const pageFields = {
  pageNumber: Type.Integer(),
  pageSize: Type.Integer(),
  totalResults: Type.Integer(),
  totalPages: Type.Integer(),
}
const Revision = Type.Integer({ description: 'Of the model that was asked.' })

export const AccessWhoPage = Type.Object(
  {
    revision: Revision,
    anonymous: Type.Boolean({ description: 'Whether whoever does not sign in reaches it, too.' }),
    ...pageFields,
    DTOs: Type.Array(AccessWhoDto),
  },
  { xml: { name: 'pagedresultlist' } },
)

export const AccessWhatPage = Type.Object(
  { revision: Revision, ...pageFields, DTOs: Type.Array(AccessWhatDto) },
  { xml: { name: 'pagedresultlist' } },
)
