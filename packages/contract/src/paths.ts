import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { MAX_PAGE_SIZE, StateQuery } from './paged-result-list.ts'
import { AudienceSchema, PermissionTypeSchema } from './rules.ts'

/** Which path of a repository, and which page of what is asked about it. */
export const PathQuery = Type.Object(
  {
    ...StateQuery.properties,
    path: Type.String({ default: '/', maxLength: 4096, description: 'Begins with a slash; / by default.' }),
    pageNumber: Type.Integer({ minimum: 1, maximum: 2_147_483_647, default: 1, description: 'From 1 on.' }),
    pageSize: Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, default: 20, description: 'Entries a page; 20.' }),
  },
  { additionalProperties: false },
)

/** A path that rules speak of, or of something below it. */
export const SpokenPathDto = Type.Object(
  {
    name: Type.String({ description: 'Its last segment.' }),
    path: Type.String(),
    statements: Type.Integer({ description: 'How often rules speak of it and of what is below it.' }),
  },
  { xml: { name: 'spokenpath' }, xsiType: 'spokenPathDTO' },
)

/** What a rule says at a path, and whose rule it is. */
export const PlacedStatementDto = Type.Object(
  {
    id: Uuid,
    path: Type.String({ description: 'Where it is said.' }),
    inherited: Type.Boolean({ description: 'true: said above the path that was asked about.' }),
    permissionType: PermissionTypeSchema,
    audience: AudienceSchema,
    ruleId: Uuid,
    ruleName: Type.String(),
    teamId: Uuid,
    teamName: Type.String(),
  },
  { xml: { name: 'statement' }, xsiType: 'statementDTO' },
)
