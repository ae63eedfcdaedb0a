import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertAdminRemains } from '../organisations/index.ts'
import {
  type Account,
  type AccountReads,
  type AccountWrites,
  assertMayChangeAccount,
  assertMayChangeSomeAccount,
} from './account.ts'
import { userErrors } from './user.ts'

export interface UserNamed {
  readonly userId: string
}

/** A proposal that a user be enabled or disabled. */
export type Switch = ProposalKind<AccountReads, AccountWrites, UserNamed>

/** Takes all access from a user and ends their sessions: a safety act, enforced at once even where updates are batched. */
export const disableUser: Switch = {
  type: 'user.disable',
  creates: false,
  check: (reads, { caller }, { userId }) =>
    switchUser(reads, {
      userId,
      enabled: false,
      assertMay: async (account) => {
        assertMayChangeAccount(caller, account)
        const superadmins = account.role === 'superadmin' ? await reads.lockSuperadmins() : []
        const after = { ...account, enabled: false }
        assertAdminRemains({ callerId: caller.userId, before: account, after, superadmins })
      },
      assertMayAny: () => assertMayChangeSomeAccount(caller),
    }),
}

/** Gives a disabled user back what teams grant them; sessions stay ended. */
export const enableUser: Switch = {
  type: 'user.enable',
  creates: false,
  check: (reads, { caller }, { userId }) =>
    switchUser(reads, {
      userId,
      enabled: true,
      assertMay: async (account) => assertMayChangeAccount(caller, account),
      assertMayAny: () => assertMayChangeSomeAccount(caller),
    }),
}

interface Switching extends UserNamed {
  readonly enabled: boolean
  assertMayAny(): void
  assertMay(account: Account): Promise<void>
}

async function switchUser(reads: AccountReads, { userId, enabled, ...may }: Switching) {
  may.assertMayAny()
  const account = await reads.findAccount(userId)
  if (!account) throw userErrors.not_found(userId)
  await may.assertMay(account)
  const changes = account.enabled !== enabled
  return {
    object: { type: 'user', id: account.id, details: { username: account.username } },
    touches: changes ? await reads.repositoriesSpeakingTo(account.id) : [],
    atOnce: true,
    write: (writes: AccountWrites) => writes.setEnabled(account.id, enabled),
  }
}
