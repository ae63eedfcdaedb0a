import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { ListQuery } from './paged-result-list.ts'

/** A person's account in an organisation. */
export const UserDto = Type.Object(
  {
    id: Uuid,
    username: Type.String(),
    email: Type.Optional(Type.String()),
    displayName: Type.Optional(Type.String()),
    enabled: Type.Boolean(),
    ldapAuthority: Type.Optional(Uuid),
    ldapDn: Type.Optional(Type.String()),
  },
  { xml: { name: 'user' }, xsiType: 'userDTO' },
)

export const USER_ROLES = ['user', 'admin', 'superadmin'] as const

/** What users are narrowed down by, in a list and where many are chosen; all of what is given must hold. */
export const UserFilterFields = {
  search: Type.Optional(
    Type.String({
      maxLength: 256,
      description: 'What the username, the display name or the email address contains, whatever the case.',
    }),
  ),
  role: Type.Optional(Type.Enum([...USER_ROLES], { description: 'Those of this role alone.' })),
  enabled: Type.Optional(Type.Boolean({ description: 'true: those enabled alone; false: those disabled.' })),
}

export const UserListQuery = Type.Object(
  { ...ListQuery.properties, ...UserFilterFields },
  { additionalProperties: false },
)

/** What of a user can be changed; `id`, `username` and `enabled`, when sent, must be as they are. */
export const UserChangeBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    username: Type.Optional(Type.String({ maxLength: 256 })),
    email: Type.Optional(Type.String({ maxLength: 254, format: 'email' })),
    displayName: Type.Optional(Type.String({ maxLength: 256 })),
    enabled: Type.Optional(Type.Boolean()),
    ldapAuthority: Type.Optional(Uuid),
    ldapDn: Type.Optional(Type.String({ maxLength: 2048 })),
  },
  { additionalProperties: false, xml: { name: 'user' } },
)

export const UserBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    username: Type.String({
      minLength: 1,
      maxLength: 256,
      description: 'Unique in the organisation; the case matters.',
    }),
    email: Type.Optional(Type.String({ maxLength: 254, format: 'email' })),
    displayName: Type.Optional(Type.String({ maxLength: 256 })),
    password: Type.Optional(Type.String({ minLength: 8, maxLength: 1024, writeOnly: true })),
    enabled: Type.Optional(Type.Boolean()),
    ldapAuthority: Type.Optional(Uuid),
    ldapDn: Type.Optional(Type.String({ maxLength: 2048 })),
  },
  { additionalProperties: false, xml: { name: 'user' } },
)
