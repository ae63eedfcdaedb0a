import { defineErrors } from '../../kernel/errors.ts'
import type { WrappedKey } from '../../kernel/key-service.ts'
import type { Entry, EntryKind, Person } from '../data-sources/index.ts'

/** What an editor can set, but for the secret. */
export interface CredentialFields {
  readonly name: string
  readonly username: string
  /** Signed in by the operating system: then it needs neither username nor secret. */
  readonly trusted: boolean
  readonly trustedHost: string
  readonly role: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly userData: string
}

/** When the secret was set, and by whom. */
export interface SecretSet {
  readonly at: Date
  readonly by: Person
}

/** A stored account for data sources. Its secret is never part of it. */
export interface Credential extends CredentialFields, Entry {
  /** Undefined while it has none. */
  readonly secretSet: SecretSet | undefined
}

/** A secret as it is stored. */
export interface SealedSecret {
  readonly sealed: string
  readonly key: WrappedKey
}

/** Encrypts secrets, each with a key of its own and for one record only. */
export interface SecretEnvelopes {
  seal(secret: string, record: string): Promise<SealedSecret>
  /** Throws `envelope.not_authentic`, `master_key.*` or `key_command.failed`. */
  open(secret: SealedSecret, record: string): Promise<string>
}

/** What a secret is sealed for. */
export function secretRecord(id: number): string {
  return `login credential ${id}`
}

export const CREDENTIAL_KIND: EntryKind = {
  type: 'Login Credentials',
  collection: 'logincredentials',
  link: '/identityobject/view.spg?key=',
}

export const credentialErrors = defineErrors('login_credential', {
  not_found: { kind: 'not_found', message: (id: number) => `There are no login credentials ${id}.` },
  // As the original words it (spec: "Errors").
  field_required: { kind: 'invalid', message: (field: string) => `${field} field is required` },
  not_yours: {
    kind: 'forbidden',
    message: () =>
      'This is for whoever made them, for stewards of the data sources they are for, and for admins with allow_modify_datasources.',
  },
  by_app: {
    kind: 'forbidden',
    message: () =>
      'An app gets and uses no passwords: these outlive its own access. Sign in, or use a personal access token.',
  },
  not_linked: {
    kind: 'invalid',
    message: (id: number, dataSource: number) =>
      `dataSource must be one that the login credentials ${id} are linked to; ${dataSource} is not`,
  },
  not_for: {
    kind: 'invalid',
    message: (dataSource: number) => `loginCredentials must be linked to the data source ${dataSource}`,
  },
  no_secret: {
    kind: 'conflict',
    message: (id: number) => `The login credentials ${id} are trusted by their host and have no password.`,
  },
  too_many: {
    kind: 'limited',
    message: (most: number, _waitS: number) => `Nobody gets more than ${most} secrets an hour.`,
    retryAfterS: (_most: number, waitS: number) => waitS,
  },
  too_many_tests: {
    kind: 'limited',
    message: (most: number, _waitS: number) => `Nobody tries login credentials more than ${most} times an hour.`,
    retryAfterS: (_most: number, waitS: number) => waitS,
  },
  unknown_link: {
    kind: 'invalid',
    message: (index: number) => `loginCredentials[${index}] must be the id or the name of login credentials`,
  },
})

/** New ones, but for their name, until told otherwise. */
export const EMPTY_CREDENTIAL: Omit<CredentialFields, 'name'> = {
  username: '',
  trusted: false,
  trustedHost: '',
  role: '',
  description: '',
  status: '',
  aliases: '',
  abbreviations: '',
  userData: '',
}

/** Who is not trusted by their host signs in with a username and a password. Throws `login_credential.field_required`. */
export function assertComplete({ username, trusted }: CredentialFields, hasSecret: boolean): void {
  if (trusted) return
  if (username === '') throw credentialErrors.field_required('username')
  if (!hasSecret) throw credentialErrors.field_required('password')
}

/** The fields alone. */
export function fieldsOf(credential: CredentialFields): Readonly<Record<string, unknown>> {
  const { name, username, trusted, trustedHost, role, description, status, aliases, abbreviations, userData } =
    credential
  return { name, username, trusted, trustedHost, role, description, status, aliases, abbreviations, userData }
}
