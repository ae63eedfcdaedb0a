import { Type } from 'typebox'
import {
  EnclosingGroupId,
  EntryId,
  EntryName,
  entryFields,
  entryId,
  entryListFields,
  entryTextFields,
  integerOrNull,
  PersonDto,
  readOnlyEntryFields,
  StewardsBody,
} from './team-server.ts'

/** What kind of database it is. */
export const DATABASE_TYPES = ['PostgreSQL', 'MySQL', 'Oracle', 'SQL Server', 'DB2', 'SQLite', 'Other'] as const

const DatabaseType = Type.Enum([...DATABASE_TYPES])
const Properties = Type.Record(Type.String({ minLength: 1, maxLength: 255 }), Type.String({ maxLength: 4000 }), {
  maxProperties: 100,
  description: 'Texts by names of your own. Never a secret: that is what login credentials are for.',
})

/** Login credentials, each by id or by name, or as the interface itself shows them. */
const LoginCredentials = Type.Array(
  Type.Union([
    entryId('Its id.'),
    Type.String({ minLength: 1, maxLength: 255 }),
    Type.Object({
      id: Type.Optional(entryId('Its id.')),
      name: Type.Optional(Type.String()),
      type: Type.Optional(Type.String()),
      url: Type.Optional(Type.String()),
    }),
  ]),
  {
    maxItems: 100,
    description: 'What one logs in to it with: ids or names of login credentials, or {"id"} or {"name"}.',
  },
)

const LinkedCredentialDto = Type.Object({
  id: EntryId,
  name: Type.String(),
  type: Type.Literal('Login Credentials'),
  url: Type.String(),
})

export const DataSourceDto = Type.Object({
  ...entryFields('Data Source'),
  databaseType: DatabaseType,
  host: Type.String(),
  port: Type.Optional(Type.Integer()),
  database: Type.String(),
  properties: Properties,
  groupId: Type.Optional(EntryId),
  isCurrentUserFollowing: Type.Boolean(),
  stewards: Type.Array(PersonDto),
  loginCredentials: Type.Array(LinkedCredentialDto),
})

const optionalFields = {
  ...entryTextFields,
  host: Type.Optional(Type.String({ maxLength: 255 })),
  port: Type.Optional(integerOrNull(65_535, 'Null: the usual one.')),
  database: Type.Optional(Type.String({ maxLength: 255 })),
  properties: Type.Optional(Properties),
  groupId: Type.Optional(EnclosingGroupId),
  stewards: Type.Optional(StewardsBody),
  loginCredentials: Type.Optional(LoginCredentials),
}

export const DataSourceBody = Type.Object({ name: EntryName, databaseType: DatabaseType, ...optionalFields })

/** What is left out stays as it is. */
export const DataSourceChangeBody = Type.Object({
  name: Type.Optional(EntryName),
  databaseType: Type.Optional(DatabaseType),
  ...optionalFields,
  isCurrentUserFollowing: Type.Optional(Type.Boolean()),
  ...readOnlyEntryFields,
})

export const DataSourceListQuery = Type.Object({
  ...entryListFields,
  groupId: Type.Optional(entryId('Only data sources directly in this group.')),
})
