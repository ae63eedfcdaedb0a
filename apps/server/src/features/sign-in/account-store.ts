import type { UserId } from '../../kernel/ids.ts'
import type { Account } from './account.ts'

export interface NewSuperadmin {
  /** Used unless organisation 1 has a user `admin` already, who is promoted then. */
  readonly id: UserId
  readonly email: string
  readonly passwordHash: string
}

/** `setPassword` and `putSuperadmin` throw `sign_in.email_taken`. */
export interface AccountStore {
  /**
   * Who signs in with this email address (compared without case): the account with a local password; without one, that of
   * a directory. Where several of a directory share the address, nobody: a password is shown to no directory but its own.
   */
  findByEmail(email: string): Promise<Account | undefined>

  /**
   * Who has this username, in that organisation if one is given; where several organisations have one of the name, nobody.
   * Without one, whoever signs in with it as an email address.
   */
  findByName(name: string, organisation: number | undefined): Promise<Account | undefined>

  /** Locks the user until the end of the transaction. */
  findForChange(id: UserId): Promise<Account | undefined>

  setPassword(id: UserId, passwordHash: string): Promise<void>

  /** Makes user `admin` of organisation 1 an enabled superadmin with every flag; answers who that is. */
  putSuperadmin(superadmin: NewSuperadmin): Promise<UserId>
}
