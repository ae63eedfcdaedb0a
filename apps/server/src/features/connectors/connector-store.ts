import type { UserId } from '../../kernel/ids.ts'
import type { Page } from '../../kernel/page.ts'
import type { Connector, ConnectorAct, ConnectorState } from './connector.ts'

/** Which connectors of an organisation; what is absent does not narrow. */
export interface ConnectorFilter {
  readonly userId?: UserId | undefined
  readonly state?: ConnectorState | undefined
  readonly clientId?: string | undefined
  /** One that was never used counts as used when it was created. */
  readonly lastUsedBefore?: Date | undefined
  readonly lastUsedAfter?: Date | undefined
}

export const CONNECTOR_SORTS = ['connector_id', 'created_at', 'last_used_at', 'state_changed_at', 'username'] as const

export type ConnectorSort = (typeof CONNECTOR_SORTS)[number]

export interface ConnectorQuery {
  readonly organisation: number
  readonly filter: ConnectorFilter
  readonly sort: { readonly field: ConnectorSort; readonly ascending: boolean }
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
}

/** Connectors as admins see them. */
export interface ConnectorReadModel {
  list(query: ConnectorQuery): Promise<Page<Connector>>
}

export interface StateChange {
  readonly to: Exclude<ConnectorAct, 'delete'>
  readonly at: Date
  readonly by: string
}

/** What a sweep took away. */
export interface SweptConnector extends Pick<Connector, 'id' | 'state' | 'organisation' | 'userId' | 'lastUsedAt'> {
  readonly periodDays: number
}

/** Whoever waits for a connector hears of each change of its state, and of its end. */
export interface ConnectorStore {
  find(id: number): Promise<Connector | undefined>

  /** In the order of their ids, and locked in it until the end of the transaction; those that are gone are absent. */
  findForChange(ids: readonly number[]): Promise<readonly Connector[]>

  /** The first ids after `after` and up to `upTo` that match, in their order. */
  findIds(
    organisation: number,
    filter: ConnectorFilter,
    slice: IdSlice & { readonly upTo: number },
  ): Promise<readonly number[]>

  /** How many match, and the highest id among them; 0 when there is none. */
  measure(organisation: number, filter: ConnectorFilter): Promise<{ readonly total: number; readonly lastId: number }>

  /** Changes those of them that still are in state `from`; answers their ids. */
  changeState(ids: readonly number[], from: ConnectorState, change: StateChange): Promise<readonly number[]>

  /** Deletes those of them that still are in state `from`; answers their ids. */
  remove(ids: readonly number[], from: ConnectorState): Promise<readonly number[]>

  /**
   * Deletes the first registrations after `slice.after` that by `now` were unused for longer than their organisation
   * keeps them. Never one to be wiped: an order to wipe is not forgotten. Those somebody changes just now are left.
   */
  removeUnused(now: Date, slice: IdSlice): Promise<readonly SweptConnector[]>
}

export interface IdSlice {
  readonly after: number
  readonly limit: number
}
