import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeUsers, parseUsername, userErrors } from './user.ts'
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
    const username = parseUsername(input.username)
    const { email, passwordHash } = input
    if (await reads.usernameTaken(username)) throw userErrors.username_taken(username)
    if (passwordHash !== null) {
      if (email === undefined) throw userErrors.password_without_email()
      if (await reads.signInEmailTaken(email)) throw userErrors.email_taken(email)
    }
    const enabled = input.enabled ?? true
    return {
      object: { type: 'user', id: entityId, details: { username, enabled } },
      touches: enabled ? [] : await reads.repositoriesOpenToMore(),
      write: (writes) =>
        writes.insertUser({
          id: entityId,
          username,
          email: email ?? null,
          displayName: input.displayName ?? null,
          enabled,
          ldapAuthority: input.ldapAuthority ?? null,
          ldapDn: input.ldapDn ?? null,
          passwordHash,
        }),
    }
  },
}
