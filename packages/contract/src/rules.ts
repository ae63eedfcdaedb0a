import { Type } from 'typebox'
import { Uuid } from './ids.ts'

export const AudienceSchema = Type.Enum(['members', 'authenticated', 'everyone'], {
  description: 'Of whom the rule speaks: its members, every signed-in user, or anonymous visitors too.',
})

export const PermissionTypeSchema = Type.Enum(['READ_WRITE', 'READ', 'NONE'], {
  description: 'NONE is an explicit denial.',
})

/** Members of a team joined with permissions on its resources (seed: `rule`). */
export const RuleDto = Type.Object(
  {
    id: Uuid,
    ruleName: Type.String(),
    description: Type.Optional(Type.String()),
    ownerTeam: Uuid,
    audience: AudienceSchema,
  },
  { xml: { name: 'rule' }, xsiType: 'ruleDTO' },
)

export const RuleBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    ruleName: Type.String({ minLength: 1, maxLength: 128, description: 'Unique within the team, whatever the case.' }),
    description: Type.Optional(Type.String({ maxLength: 4096 })),
    ownerTeam: Type.Optional(Uuid),
    audience: Type.Optional(AudienceSchema),
  },
  { additionalProperties: false, xml: { name: 'rule' } },
)

/** What a rule grants on a path below one of its team's resources (seed: `resourcePermissionDTO`). */
export const ResourcePermissionDto = Type.Object(
  { id: Uuid, permissionType: PermissionTypeSchema, path: Type.String(), ownerRule: Uuid, ownerResource: Uuid },
  { xml: { name: 'resourcepermission' }, xsiType: 'resourcePermissionDTO' },
)

export const ResourcePermissionBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    permissionType: PermissionTypeSchema,
    path: Type.Optional(
      Type.String({ maxLength: 4096, description: 'Relative to the resource; empty for the resource itself.' }),
    ),
    ownerRule: Type.Optional(Uuid),
    ownerResource: Uuid,
  },
  { additionalProperties: false },
)

/** A permission that the rule has already, as it is to be: a path that is left out is cleared. */
export const ResourcePermissionChangeBody = Type.Object(
  { ...ResourcePermissionBody.properties, id: Uuid },
  { additionalProperties: false },
)
