import type { ProposalKind } from '../../kernel/proposal.ts'
import { type Conditional, requireVersion } from '../../kernel/version.ts'
import {
  type Account,
  type AccountReads,
  type AccountWrites,
  assertMayChangeAccount,
  assertMayChangeSomeAccount,
  assertMayLink,
} from './account.ts'
import { assertAuthorityKnown, checkSignIn } from './create-user.ts'
import { type User, userErrors, versionOfUser } from './user.ts'
import type { UserReads } from './user-store.ts'

export interface UserChange extends Conditional {
  readonly userId: string
  readonly id?: string
  readonly username?: string
  readonly email?: string
  readonly displayName?: string
  readonly enabled?: boolean
  readonly ldapAuthority?: string
  readonly ldapDn?: string
}

const DIRECTORY_FIELDS = ['ldapAuthority', 'ldapDn'] as const

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
    requireVersion(input, versionOfUser(before))
    assertFixedFields(before, input)
    const { role: _role, flags: _flags, hasPassword, isOfClient, ...user } = before
    const after = {
      ...user,
      email: input.email ?? null,
      displayName: input.displayName ?? null,
      ldapAuthority: input.ldapAuthority ?? null,
      ldapDn: input.ldapDn ?? null,
    }
    if (DIRECTORY_FIELDS.some((field) => before[field] !== after[field])) {
      if (isOfClient) throw userErrors.of_client()
      assertMayLink(caller, before)
    }
    if (after.ldapAuthority !== null && after.ldapAuthority !== before.ldapAuthority) {
      await assertAuthorityKnown(reads, after.ldapAuthority)
    }
    if (hasPassword && after.email === null) throw userErrors.password_without_email()
    if (changesSignIn(before, after)) await checkSignIn(reads, { ...after, hasPassword })
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

/** What a directory brought may clash, and must not keep anybody from changing a display name. */
function changesSignIn(before: User, after: User): boolean {
  return (['email', ...DIRECTORY_FIELDS] as const).some((field) => before[field] !== after[field])
}
