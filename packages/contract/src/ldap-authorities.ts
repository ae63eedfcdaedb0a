import { Type } from 'typebox'
import { Uuid } from './ids.ts'
import { MAX_PAGE_SIZE } from './paged-result-list.ts'

const optionalText = (description: string, maxLength: number) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description }))

const attribute = (description: string) =>
  Type.Optional(
    Type.String({
      pattern: '^[A-Za-z][A-Za-z0-9-]*$',
      maxLength: 128,
      expected: 'the name of an attribute',
      description,
    }),
  )

/** A directory that users and teams come from. Its bind password is never answered. */
export const LdapAuthorityDto = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    url: Type.String(),
    startTls: Type.Boolean(),
    caCertificate: Type.Optional(Type.String()),
    bindDn: Type.Optional(Type.String()),
    userBase: Type.String(),
    userFilter: Type.String(),
    groupBase: Type.Optional(Type.String()),
    usernameAttribute: Type.String(),
    emailAttribute: Type.String(),
    displayNameAttribute: Type.String(),
    pageSize: Type.Integer(),
    timeoutMs: Type.Integer(),
  },
  { xml: { name: 'ldapAuthority' }, xsiType: 'ldapAuthorityDTO' },
)

export const LdapAuthorityBody = Type.Object(
  {
    id: Type.Optional(Uuid),
    name: Type.String({ minLength: 1, maxLength: 128, description: 'Unique in the organisation, whatever the case.' }),
    url: Type.String({ maxLength: 1024, description: '`ldap://host:389` or `ldaps://host:636`.' }),
    startTls: Type.Optional(Type.Boolean({ description: 'Encrypt an ldap:// connection; false by default.' })),
    caCertificate: optionalText('PEM; trusted instead of the public authorities.', 65_536),
    bindDn: optionalText('Whom to search as; nobody (anonymous) by default.', 2048),
    bindPassword: Type.Optional(
      Type.Union([Type.String({ maxLength: 1024 }), Type.Null()], {
        writeOnly: true,
        description: 'Of the bind DN. Left out of a change it stays as it is; null forgets it.',
      }),
    ),
    userBase: Type.String({ minLength: 1, maxLength: 2048, description: 'DN below which the users are.' }),
    userFilter: optionalText('What makes an entry a user (RFC 4515); (objectClass=person) by default.', 4096),
    groupBase: optionalText('DN below which the groups are.', 2048),
    usernameAttribute: attribute('Attribute with the username; uid by default.'),
    emailAttribute: attribute('Attribute with the email address; mail by default.'),
    displayNameAttribute: attribute('Attribute with the name to show; cn by default.'),
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'Entries asked for at a time; 500 by default.' }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 60_000,
        description: 'For connecting, and for each answer; 10000 by default.',
      }),
    ),
  },
  { additionalProperties: false, xml: { name: 'ldapAuthority' } },
)

/** Query parameters of a test connection (seed: "Parameters" of `testConnection`). */
export const TestConnectionQuery = Type.Object(
  {
    pageSize: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_PAGE_SIZE, description: 'Entries to answer; 20 by default.' }),
    ),
    filter: Type.Optional(
      Type.String({ maxLength: 4096, description: 'What users must match besides being users (RFC 4515).' }),
    ),
  },
  { additionalProperties: false },
)

/** What a directory shows of a user. */
const DirectoryUserDto = Type.Object({
  dn: Type.String(),
  username: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  displayName: Type.Optional(Type.String()),
})

/** What became of a test connection (seed: element `testConnectionResult`); a failure is a result like any other. */
export const TestConnectionResultDto = Type.Object(
  {
    success: Type.Boolean(),
    message: Type.String({ description: 'What was found, or why nothing was.' }),
    durationMs: Type.Integer(),
    totalResults: Type.Integer({ description: 'Users found in all.' }),
    DTOs: Type.Array(Type.Object(DirectoryUserDto.properties, { xsiType: 'directoryUserDTO' })),
  },
  { xml: { name: 'testConnectionResult' } },
)
