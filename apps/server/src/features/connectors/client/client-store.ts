import type { UserId } from '../../../kernel/ids.ts'
import type { ConnectorState, CreatedBy } from '../connector.ts'
import type { Device } from './device.ts'
import type { Standing } from './standing.ts'

/** A connector, seen as what its client shows the secret of. */
export interface ClientConnector extends Standing {
  readonly id: number
  readonly createdBy: CreatedBy
  readonly lastUsedAt: Date | undefined
  /** Undefined for a registration under an address that nobody has: it stays Pending for ever. */
  readonly owner: ConnectorOwner | undefined
}

export interface ConnectorOwner {
  readonly userId: UserId
  readonly username: string
  readonly organisation: number
}

export interface NewConnector {
  readonly owner: ConnectorOwner
  readonly secretHash: Uint8Array
  readonly device: Device
  readonly state: ConnectorState
  readonly createdBy: CreatedBy
  readonly at: Date
}

export interface Confirmation {
  readonly connector: number
  readonly owner: ConnectorOwner
  readonly deviceName: string
}

/** What the mail that asks for a confirmation needs. */
export interface Unconfirmed {
  readonly email: string
  readonly username: string
  readonly deviceName: string
  readonly platform: string
}

/** Connectors as their clients see them. Whoever waits for a connector hears of each change of its state. */
export interface ClientStore {
  /** One for each hash, in that order. */
  findBySecrets(secretHashes: readonly Uint8Array[]): Promise<readonly (ClientConnector | undefined)[]>

  /** Locks the connector until the end of the transaction. */
  findForChange(secretHash: Uint8Array): Promise<ClientConnector | undefined>

  /** Those that are gone are absent. */
  findStandings(ids: readonly number[]): Promise<ReadonlyMap<number, Standing>>

  /** Leaves out those last used within the time before, and those that are being changed just now. */
  saveUses(uses: ReadonlyMap<number, Date>, unlessWithinMs: number): Promise<void>

  /**
   * Whose connector a registration under this address (compared without case) makes: an enabled user's, who has a password
   * or is the only one of that address.
   */
  findOwner(email: string): Promise<ConnectorOwner | undefined>

  add(connector: NewConnector): Promise<number>

  /** Keeps a registration under an address that nobody has, with an id as any connector's. */
  addUnclaimed(secretHash: Uint8Array, at: Date): Promise<number>

  /** A Pending connector whose user may confirm it. */
  findUnconfirmed(id: number): Promise<Unconfirmed | undefined>

  addCode(code: { readonly hash: Uint8Array; readonly connector: number; readonly expiresAt: Date }): Promise<void>

  /** Whose code it is, while it is good. */
  findConfirmation(codeHash: Uint8Array, now: Date): Promise<Confirmation | undefined>

  /** Enables the Pending connector of a good code and drops all its codes; of those that come at once, one succeeds. */
  confirm(codeHash: Uint8Array, now: Date): Promise<Confirmation | undefined>

  saveWiped(id: number, at: Date): Promise<void>

  remove(id: number): Promise<void>

  /** Drops the connector's expired tokens on the way. */
  addToken(token: {
    readonly hash: Uint8Array
    readonly connector: number
    readonly createdAt: Date
    readonly expiresAt: Date
  }): Promise<void>

  /** Counts one more registration in the window that began after `since`, or in a new one from `now`. */
  countRegistration(key: string, now: Date, since: Date): Promise<{ readonly count: number; readonly since: Date }>

  /** Drops expired tokens and codes, and what was counted and left unclaimed before. */
  purge(before: { readonly now: Date; readonly counted: Date; readonly unclaimed: Date }): Promise<void>
}
