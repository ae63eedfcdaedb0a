import type { ProposalKind } from '../../../kernel/proposal.ts'
import { type AdminCandidate, assertAdminRemains } from '../../organisations/index.ts'
import type { AccountReads, UserWrites } from '../../users/index.ts'
import type { ClientApplication } from './client-application.ts'
import { metadataOf } from './client-audit.ts'
import { clientErrors } from './client-errors.ts'
import type { ClientWrites } from './client-store.ts'

export type OwnClientReads = Pick<AccountReads, 'findAccount' | 'repositoriesSpeakingTo'> & {
  lockSuperadmins(): Promise<readonly AdminCandidate[]>
  hasClient(clientId: string): Promise<boolean>
}
export type OwnClientWrites = UserWrites & ClientWrites & { setEnabled(user: string, enabled: boolean): Promise<void> }

/** A client that acts for itself, and whose user is made with it. */
export type NewOwnClient = Omit<ClientApplication, 'actsAs'>

/**
 * Makes a client of the organisation, and the user that it acts as: one that nobody signs in as. A proposal, since lists of
 * users are read by the revision of the model. Never queued: who makes it waits for its secret.
 */
export const createOwnClient: ProposalKind<unknown, OwnClientWrites, NewOwnClient> = {
  type: 'client.create',
  creates: true,
  async check(_reads, { caller: { organisation }, entityId: userId }, client) {
    const username = usernameOf(client.clientId)
    return {
      object: { type: 'client', id: client.clientId, details: { ...metadataOf(client), user: userId } },
      touches: [],
      atOnce: true,
      write: async (writes) => {
        const nobody = { email: null, passwordHash: null, ldapAuthority: null, ldapDn: null }
        await writes.insertUser({ id: userId, username, displayName: client.name, enabled: true, ...nobody })
        await writes.insertClient({ ...client, actsAs: { organisation, userId } })
      },
    }
  },
}

/** Deletes such a client. Its user stays, disabled: what it did is told under its name. */
export const deleteOwnClient: ProposalKind<OwnClientReads, OwnClientWrites, OwnClientNamed> = {
  type: 'client.delete',
  creates: false,
  async check(reads, { caller }, { clientId, name, userId }) {
    const account = await reads.findAccount(userId)
    if (!account || !(await reads.hasClient(clientId))) throw clientErrors.not_found(clientId)
    const superadmins = account.role === 'superadmin' ? await reads.lockSuperadmins() : []
    const after = { ...account, enabled: false }
    assertAdminRemains({ callerId: caller.userId, before: account, after, superadmins })
    return {
      object: { type: 'client', id: clientId, details: { name, user: userId } },
      touches: account.enabled ? await reads.repositoriesSpeakingTo(userId) : [],
      atOnce: true,
      write: async (writes) => {
        await writes.setEnabled(userId, false)
        await writes.removeClient(clientId)
      },
    }
  },
}

interface OwnClientNamed {
  readonly clientId: string
  readonly name: string
  readonly userId: string
}

/** Of no other user: ids of clients are unique. */
function usernameOf(clientId: string): string {
  return `app-${clientId}`
}
