import type { UserId } from '../../kernel/ids.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'

/** A user, seen as somebody who signs in. */
export interface Account {
  readonly id: UserId
  readonly username: string
  readonly email: string | undefined
  readonly enabled: boolean
  readonly role: Principal['role']
  readonly flags: ReadonlySet<PermissionFlag>
  readonly organisation: number
  readonly organisationEnabled: boolean
  /** Absent for those who sign in through a directory, or not at all. */
  readonly passwordHash: string | undefined
  readonly inDirectory: boolean
  /** True for the user that a client application acts as: nobody signs in as it. */
  readonly isOfClient: boolean
  /** The entry of a directory by which they sign in: of those that have one, and no local password. */
  readonly directoryEntry: DirectoryEntry | undefined
}

/** An entry of a directory that the organisation knows. */
export interface DirectoryEntry {
  readonly organisation: number
  readonly authority: string
  readonly dn: string
}
