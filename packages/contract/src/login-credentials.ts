import { Type } from 'typebox'
import {
  EntryId,
  EntryName,
  entryFields,
  entryId,
  entryListFields,
  entryTextFields,
  PersonDto,
  readOnlyEntryFields,
  UnixSeconds,
} from './team-server.ts'

/** `stale` is ours. */
export const LoginCredentialListQuery = Type.Object({
  ...entryListFields,
  stale: Type.Optional(
    Type.Boolean({
      description: 'true: only those whose password is older than the setting `secretReminderDays` wants it to be.',
    }),
  ),
})

/** A login credential (seed: "Login Credential Fields"). Its password is in no answer; when and by whom it was set is. */
export const LoginCredentialDto = Type.Object({
  ...entryFields('Login Credentials'),
  username: Type.String(),
  trusted: Type.Boolean(),
  trustedHost: Type.String(),
  role: Type.String(),
  passwordSetAt: Type.Optional(UnixSeconds),
  passwordSetBy: Type.Optional(PersonDto),
})

const Username = Type.String({ minLength: 1, maxLength: 255 })
const optionalFields = {
  ...entryTextFields,
  trusted: Type.Optional(
    Type.Boolean({ description: 'Signed in by the operating system; username and password may then be left out.' }),
  ),
  trustedHost: Type.Optional(Type.String({ maxLength: 255 })),
  role: Type.Optional(Type.String({ maxLength: 255, description: 'The role of the username.' })),
  username: Type.Optional(Username),
}
const Password = Type.String({ minLength: 1, maxLength: 4096, writeOnly: true, description: 'Write only.' })

export const LoginCredentialBody = Type.Object({
  name: EntryName,
  ...optionalFields,
  password: Type.Optional(Password),
})

/** What is left out stays as it is. */
export const LoginCredentialChangeBody = Type.Object({
  name: Type.Optional(EntryName),
  ...optionalFields,
  password: Type.Optional(
    Type.Union([Password, Type.Null()], {
      description: 'Write only; null: none any more, for one that is trusted.',
      expected: 'a string that is not empty',
    }),
  ),
  ...readOnlyEntryFields,
  passwordSetAt: Type.Optional(Type.Unknown({ description: 'Read only: taken, and not looked at.' })),
  passwordSetBy: Type.Optional(Type.Unknown({ description: 'Read only: taken, and not looked at.' })),
})

const Reason = Type.Optional(
  Type.String({
    maxLength: 1000,
    // It is shown in consoles and terminals: nothing that moves a cursor, or makes one record look like two.
    pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$',
    expected: 'one line of printable characters',
    description: 'What it is for. Kept in the audit record.',
  }),
)

export const CheckoutBody = Type.Object({ dataSource: entryId('What to log in to.'), reason: Reason })

/** The one answer that holds a password. */
export const CheckoutDto = Type.Object({
  loginCredentials: EntryId,
  dataSource: EntryId,
  username: Type.String(),
  password: Type.String(),
  checkedOutAt: UnixSeconds,
})

export const CredentialUsageDto = Type.Object({
  checkouts: Type.Integer(),
  users: Type.Integer({ description: 'How many people have checked it out.' }),
  lastCheckout: Type.Optional(
    Type.Object({ at: UnixSeconds, by: PersonDto, dataSource: EntryId }, { description: 'The latest.' }),
  ),
  dataSources: Type.Array(
    Type.Object({
      id: EntryId,
      name: Type.String(),
      url: Type.String(),
      checkouts: Type.Integer(),
      lastCheckoutAt: Type.Optional(UnixSeconds),
    }),
  ),
})

export const DataSourceTestBody = Type.Object({
  loginCredentials: entryId('One that is linked to the data source.'),
  reason: Reason,
})

export const DataSourceTestDto = Type.Object({
  success: Type.Boolean(),
  message: Type.String(),
  durationMs: Type.Integer(),
})
