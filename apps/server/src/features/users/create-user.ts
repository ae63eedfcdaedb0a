import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeUsers, parseUsername, type User, userErrors } from './user.ts'
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
  if (passwordHash !== null) {
    if (email === undefined) throw userErrors.password_without_email()
    if (await reads.signInEmailTaken(email)) throw userErrors.email_taken(email)
  }
  const enabled = input.enabled ?? true
  return {
    id,
    username,
    email: email ?? null,
    displayName: input.displayName ?? null,
    enabled,
    ldapAuthority: ldapAuthority ?? null,
    ldapDn: input.ldapDn ?? null,
    passwordHash,
    touches: enabled ? [] : await reads.repositoriesOpenToMore(),
  }
}

export async function assertAuthorityKnown(reads: Pick<UserReads, 'hasAuthority'>, id: string): Promise<void> {
  if (!(await reads.hasAuthority(id))) throw userErrors.unknown_authority(id)
}
