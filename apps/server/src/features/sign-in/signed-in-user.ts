import type { UserId } from '../../kernel/ids.ts'
import type { ModelPosition } from '../../kernel/model-state.ts'
import type { CallersSession, PermissionFlag, Principal } from '../../kernel/principal.ts'

/** What one lookup finds out about who owns a session or an access token, and about the organisation the request names. */
export interface SignedInUser {
  readonly userId: UserId
  readonly username: string
  readonly enabled: boolean
  readonly role: Principal['role']
  readonly flags: ReadonlySet<PermissionFlag>
  readonly organisation: number
  readonly organisationEnabled: boolean
  /** Undefined when the request names none, or there is none of that id. */
  readonly namedOrganisationEnabled: boolean | undefined
  /** Of the named organisation if there is one of that id, else of their own. */
  readonly position: ModelPosition
  readonly createdAt: Date
  /** Undefined for a token that does not expire. */
  readonly expiresAt: Date | undefined
  readonly lastUsedAt: Date | undefined
  /** Undefined for a token. */
  readonly session: CallersSession | undefined
  /** Of the connector that an access token stands for; undefined for every other credential. */
  readonly connectorState: string | undefined
  /** The client application that acts for the user; undefined when none does, and for connectors of one that is not known. */
  readonly client: ActingClient | undefined
}

/** A client application, as the user's organisation lets it in. */
export interface ActingClient {
  readonly id: string
  /** For everyone. */
  readonly isClientEnabled: boolean
  readonly isPermitted: boolean
}
