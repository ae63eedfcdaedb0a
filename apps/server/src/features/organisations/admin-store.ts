import type { UserId } from '../../kernel/ids.ts'
import type { AdminCandidate, AdminRights } from './admin.ts'

/** Works inside a transaction, but for `find` and `hasSuperadmin`. */
export interface AdminStore {
  find(id: UserId): Promise<AdminCandidate | undefined>

  /** Whether anybody can act for all organisations now. */
  hasSuperadmin(): Promise<boolean>

  /**
   * Every superadmin who is enabled in an enabled organisation. Whoever makes or unmakes a superadmin (changes rights,
   * disables, deletes, bootstraps) calls this first: such transactions run one after the other.
   */
  lockSuperadmins(): Promise<readonly AdminCandidate[]>

  /** Locks the user until the end of the transaction. */
  findForChange(id: UserId): Promise<AdminCandidate | undefined>

  saveRights(id: UserId, rights: AdminRights): Promise<void>
}
