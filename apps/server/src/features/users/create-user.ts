import { refuseApps } from '../../kernel/access.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeUsers, isLongEntry, parseUsername, type User, userErrors } from './user.ts'
import type { UserReads, UserWrites } from './user-store.ts'

export interface NewUser {
  readonly username: string
  readonly email?: string
  readonly displayName?: string
  readonly enabled?: boolean
  readonly ldapAuthority?: string
  readonly ldapDn?: string
  /** Of the local password, if there is one; hashed before the proposal, which may wait in the database. */
  readonly passwordHash: string | null
}

/** Makes a user of the organisation. */
export const createUser: ProposalKind<UserReads, UserWrites, NewUser> = {
  type: 'user.create',
  creates: true,
  async check(reads, { caller, entityId }, input) {
    assertMayChangeUsers(caller)
    if (input.passwordHash !== null) refuseApps(caller)
    const { touches, ...user } = await checkNewUser(reads, entityId, input)
    return {
      object: { type: 'user', id: entityId, details: { username: user.username, enabled: user.enabled } },
      atOnce: true,
      touches,
      write: (writes) => writes.insertUser(user),
    }
  },
}

/** A user that may be made, and the repositories whose files differ for it. */
export type CheckedUser = User & { readonly passwordHash: string | null; readonly touches: readonly string[] }

/** Refuses users that the organisation cannot have, whoever proposes them. */
export async function checkNewUser(reads: UserReads, id: string, input: NewUser): Promise<CheckedUser> {
  const username = parseUsername(input.username)
  const { email, passwordHash, ldapAuthority } = input
  if (ldapAuthority === undefined && !(await reads.allowsLocalUsers())) throw userErrors.local_not_allowed()
  if (ldapAuthority !== undefined) await assertAuthorityKnown(reads, ldapAuthority)
  if (await reads.usernameTaken(username)) throw userErrors.username_taken(username)
  if (passwordHash !== null && ldapAuthority !== undefined) throw userErrors.password_beside_directory()
  if (passwordHash !== null && email === undefined) throw userErrors.password_without_email()
  const user: User = {
    id,
    username,
    email: email ?? null,
    displayName: input.displayName ?? null,
    enabled: input.enabled ?? true,
    ldapAuthority: ldapAuthority ?? null,
    ldapDn: input.ldapDn ?? null,
  }
  await checkSignIn(reads, { ...user, hasPassword: passwordHash !== null })
  return { ...user, passwordHash, touches: user.enabled ? [] : await reads.repositoriesOpenToMore() }
}

/**
 * Refuses an entry whose name no index holds, and what would let one account stand in the way of another: two that are one directory entry, of which a
 * synchronisation would take the wrong one, and two that sign in with one address.
 */
export async function checkSignIn(
  reads: Pick<UserReads, 'entryTaken' | 'signInEmailTaken'>,
  { id, email, ldapAuthority: authority, ldapDn: dn, hasPassword }: User & { readonly hasPassword: boolean },
): Promise<void> {
  if (dn !== null && isLongEntry(dn)) throw userErrors.long_entry()
  if (authority !== null && dn !== null && (await reads.entryTaken({ authority, dn }, id))) {
    throw userErrors.entry_taken(dn)
  }
  // Who belongs to a directory may get an entry, and so a way in, with the next synchronisation.
  const maySignIn = hasPassword || authority !== null
  if (maySignIn && email !== null && (await reads.signInEmailTaken(email, id))) throw userErrors.email_taken(email)
}

export async function assertAuthorityKnown(reads: Pick<UserReads, 'hasAuthority'>, id: string): Promise<void> {
  if (!(await reads.hasAuthority(id))) throw userErrors.unknown_authority(id)
}
