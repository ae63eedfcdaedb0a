import type { UserId } from '../../../kernel/ids.ts'
import { type AuditStore, SYSTEM_ACTOR } from '../../audit/index.ts'
import type { AdminStore } from '../../organisations/index.ts'
import type { AccountStore, NewSuperadmin } from '../account-store.ts'
import type { SecondFactorStore } from '../second-factor/second-factor-store.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import type { SetupCodeStore } from './setup-code-store.ts'

/** Where `putSuperadmin` puts them. */
const HOME = 1

export interface MakeSuperadminStores {
  readonly admins: Pick<AdminStore, 'hasSuperadmin' | 'lockSuperadmins'>
  readonly accounts: Pick<AccountStore, 'putSuperadmin'>
  readonly sessions: Pick<SessionStore, 'endAllOf'>
  readonly secondFactors: Pick<SecondFactorStore, 'remove'>
  readonly setupCodes: Pick<SetupCodeStore, 'removeAll'>
  readonly audit: AuditStore
  /** Makes every file of the organisation one that is to be generated again. */
  outdateFiles(organisation: number): Promise<void>
  /** Has nobody rely on what they keep of the organisation's model. */
  renewLineage(organisation: number): Promise<void>
}

export interface SuperadminMaking {
  readonly superadmin: NewSuperadmin
  readonly at: Date
  /** Where the order came from, for the audit record. */
  readonly by: 'configuration' | 'set-up link'
  readonly requestId?: string
}

/** Makes the first superadmin inside a transaction. Undefined when there is one: of many nodes at once, one succeeds. */
export async function makeSuperadmin(
  stores: MakeSuperadminStores,
  { superadmin, at, by, requestId }: SuperadminMaking,
): Promise<UserId | undefined> {
  if (await stores.admins.hasSuperadmin()) return undefined
  // No proposal makes this user, or enables it again, so that no revision tells of it. Before the lock: proposals about
  // superadmins take theirs in this order.
  await stores.outdateFiles(HOME)
  await stores.renewLineage(HOME)
  if ((await stores.admins.lockSuperadmins()).length > 0) return undefined
  const id = await stores.accounts.putSuperadmin(superadmin)
  await stores.sessions.endAllOf(id)
  // Whoever sets the server up has the new password, and nothing that an earlier `admin` had.
  await stores.secondFactors.remove(id)
  await stores.setupCodes.removeAll()
  await stores.audit.record({
    organisation: HOME,
    at,
    actor: SYSTEM_ACTOR,
    action: 'admin.bootstrap',
    object: { type: 'user', id },
    details: { username: 'admin', by },
    ...(requestId !== undefined && { requestId }),
  })
  return id
}
