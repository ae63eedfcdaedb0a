import type { ProposalKind } from '../../kernel/proposal.ts'
import {
  type Account,
  type AccountReads,
  type AccountWrites,
  assertMayChangeAccount,
  assertMayChangeSomeAccount,
} from './account.ts'
import { assertAuthorityKnown } from './create-user.ts'
import { userErrors } from './user.ts'
import type { UserReads } from './user-store.ts'

export interface UserChange {
  readonly userId: string
  readonly id?: string
  readonly username?: string
  readonly email?: string
  readonly displayName?: string
  readonly enabled?: boolean
  readonly ldapAuthority?: string
  readonly ldapDn?: string
}

/**
 * Gives a user the fields of `input`: what is left out is cleared. Names stay, since files and histories know users by
 * them; being enabled has acts of its own.
 */
export const changeUser: ProposalKind<UserReads & AccountReads, AccountWrites, UserChange> = {
  type: 'user.change',
  creates: false,
  async check(reads, { caller }, input) {
    assertMayChangeSomeAccount(caller)
    const before = await reads.findAccount(input.userId)
    if (!before) throw userErrors.not_found(input.userId)
    assertMayChangeAccount(caller, before)
    assertFixedFields(before, input)
    const { role: _role, flags: _flags, hasPassword: _hasPassword, ...user } = before
    const after = {
      ...user,
      email: input.email ?? null,
      displayName: input.displayName ?? null,
      ldapAuthority: input.ldapAuthority ?? null,
      ldapDn: input.ldapDn ?? null,
    }
    if (after.ldapAuthority !== null && after.ldapAuthority !== before.ldapAuthority) {
      await assertAuthorityKnown(reads, after.ldapAuthority)
    }
    if (before.hasPassword) await checkSignInEmail(reads, before.email, after.email)
    return {
      object: { type: 'user', id: before.id, details: { before: user, after } },
      touches: [],
      atOnce: true,
      write: (writes) => writes.changeAccount(after),
    }
  },
}

function assertFixedFields(before: Account, { id, username, enabled }: UserChange): void {
  if (id !== undefined && id !== before.id) throw userErrors.fixed('id', before.id)
  if (username !== undefined && username !== before.username) throw userErrors.fixed('username', before.username)
  if (enabled !== undefined && enabled !== before.enabled) throw userErrors.has_acts()
}

async function checkSignInEmail(reads: UserReads, before: string | null, after: string | null): Promise<void> {
  if (after === null) throw userErrors.password_without_email()
  const isOther = after.toLowerCase() !== before?.toLowerCase()
  if (isOther && (await reads.signInEmailTaken(after))) throw userErrors.email_taken(after)
}
