import { Type } from 'typebox'
import { Uuid } from './ids.ts'

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
