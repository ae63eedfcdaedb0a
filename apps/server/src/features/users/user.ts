import { isExpressibleUsername } from '@portreeve/svn-authz'
import { requireFlag } from '../../kernel/access.ts'
import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { versionOf } from '../../kernel/version.ts'

/** A person's account in an organisation, as the interfaces show it. */
export interface User {
  readonly id: string
  readonly username: string
  readonly email: string | null
  readonly displayName: string | null
  readonly enabled: boolean
  readonly ldapAuthority: string | null
  readonly ldapDn: string | null
}

/** Which version of itself an account is. That it is enabled counts: whoever changes it should know. */
export function versionOfUser(user: User): string {
  const { id, username, email, displayName, enabled, ldapAuthority, ldapDn } = user
  return versionOf([id, username, email, displayName, enabled, ldapAuthority, ldapDn])
}

/** What an index of PostgreSQL holds, with room for what stands beside it. */
const LONGEST_ENTRY_BYTES = 2048

export const userErrors = defineErrors('user', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no user ${id}.` },
  unknown_username: {
    kind: 'not_found',
    message: (username: string) => `username: there is no user "${username}" in this organisation.`,
  },
  unknown_ids: { kind: 'not_found', message: (ids: readonly string[]) => `ids: there is no user ${ids.join(', ')}.` },
  bad_username: {
    kind: 'invalid',
    message: (name: string) =>
      `username: "${name}" cannot be a username: it must be printable, without blanks at its ends, and such that a Subversion authz file can name it.`,
  },
  username_taken: {
    kind: 'invalid',
    message: (name: string) => `username: there is a user "${name}" in this organisation already.`,
  },
  local_not_allowed: {
    kind: 'invalid',
    message: () => 'ldapAuthority: this organisation knows people from its directory alone; name the authority.',
  },
  unknown_authority: {
    kind: 'invalid',
    message: (id: string) => `ldapAuthority: there is no LDAP authority ${id}.`,
  },
  email_taken: {
    kind: 'invalid',
    message: (email: string) => `email: "${email}" is the address another account signs in with.`,
  },
  entry_taken: {
    kind: 'invalid',
    message: (dn: string) => `ldapDn: another user is the directory entry "${dn}" already.`,
  },
  long_entry: {
    kind: 'invalid',
    message: () => `ldapDn: it is longer than ${LONGEST_ENTRY_BYTES} bytes of UTF-8.`,
  },
  fixed: {
    kind: 'invalid',
    message: (field: string, value: string) =>
      `${field}: it stays ${JSON.stringify(value)}; leave it out or send that.`,
  },
  of_client: {
    kind: 'conflict',
    message: () =>
      'ldapAuthority, ldapDn: a client application acts as this user, and nobody signs in as it; leave them out.',
  },
  has_acts: {
    kind: 'invalid',
    message: () => 'enabled: users are enabled and disabled by PUT …/enable and …/disable; leave it out.',
  },
  password_beside_directory: {
    kind: 'invalid',
    message: () => 'password: a user of a directory signs in with the one they have there; leave it out.',
  },
  password_without_email: {
    kind: 'invalid',
    message: () => 'password: a user with a local password needs an email to sign in with.',
  },
})

/** Whether the name of a directory entry is too long to be kept; it is compared, and so indexed, in lower case. */
export function isLongEntry(dn: string): boolean {
  return Buffer.byteLength(dn.toLowerCase()) > LONGEST_ENTRY_BYTES
}

/** Refuses names that no authz file can hold, before anything is built on them. */
export function parseUsername(text: string): string {
  if (!isExpressibleUsername(text)) throw userErrors.bad_username(text)
  return text
}

export function assertMayViewUsers(caller: Principal): void {
  requireFlag(caller, 'allow_view_users', 'allow_modify_users', 'allow_modify_teams')
}

export function assertMayChangeUsers(caller: Principal): void {
  requireFlag(caller, 'allow_modify_users')
}
