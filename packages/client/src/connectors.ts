import type { ConnectorDto, ConnectorStateSchema } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { BulkJob } from './bulk-jobs.ts'
import { type HttpCore, path } from './http-core.ts'
import { listNumbered } from './list-numbered.ts'
import { getNumberedPage, type Page, type PageRequest } from './page.ts'

export type Connector = Static<typeof ConnectorDto>
type ConnectorState = Static<typeof ConnectorStateSchema>
/** What an admin can set; the other states are the client's and its user's to bring about. */
export type SettableState = Exclude<ConnectorState, 'Pending' | 'Wiped'>

/** Of which connectors; all of what is given must hold. */
export interface ConnectorFilter {
  readonly user_id?: string
  readonly connector_state?: ConnectorState
  readonly client_id?: string
  /** RFC 3339. One never used counts as used when it was created. */
  readonly last_used_before?: string
  readonly last_used_after?: string
}

export interface ListConnectorsOptions {
  readonly filter?: ConnectorFilter
  readonly sort?: 'connector_id' | 'created_at' | 'last_used_at' | 'state_changed_at' | 'username'
  readonly descending?: boolean
  /** Entries a request; as many as the server allows when absent. */
  readonly pageSize?: number
}

/** Which connectors a bulk change is about: these, or all of the organisation that match. */
export type ConnectorSelection = { readonly connector_ids: readonly number[] } | { readonly filter: ConnectorFilter }

/** What a bulk change does to each of them. */
export type ConnectorAct = { readonly connector_state: SettableState } | { readonly delete: true }

/** Installations and logins of client applications, as admins act on them. */
export class Connectors {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** All connectors of the organisation that match, page after page. */
  list({ filter, sort, descending, pageSize }: ListConnectorsOptions = {}): AsyncGenerator<Connector, void> {
    const order = { sort, descending: descending === undefined ? undefined : String(descending) }
    const query = { ...filter, ...order }
    return listNumbered(this.#http, { path: '/v1/admin/connectors/', member: 'connectors', query, pageSize })
  }

  /** A page of the same, for a table; `request.filter` has the members of a `ConnectorFilter`. */
  page(request: PageRequest): Promise<Page<Connector>> {
    return getNumberedPage(this.#http, { path: '/v1/admin/connectors/', member: 'connectors' }, request)
  }

  /** How many match. */
  async count(filter: ConnectorFilter = {}): Promise<number> {
    const query = { ...filter, page_size: '1' }
    return (await this.#http.json<{ readonly total: number }>({ method: 'GET', path: '/v1/admin/connectors/', query }))
      .total
  }

  get(id: number): Promise<Connector> {
    return this.#http.json({ method: 'GET', path: connectorPath(id) })
  }

  /** Resolves when it is so; to wipe takes a session that is fresh. */
  async changeState(id: number, state: SettableState): Promise<void> {
    await this.#http.perform({ method: 'PUT', path: connectorPath(id), body: { connector_state: state } })
  }

  /** Only one that is Pending, Disabled or Wiped. */
  async delete(id: number): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: connectorPath(id) })
  }

  /** Orders a change of many, each as if it were the only one; `bulkJobs` tells what becomes of it. */
  changeMany(
    selection: ConnectorSelection,
    act: ConnectorAct,
    { dryRun = false }: { readonly dryRun?: boolean } = {},
  ): Promise<BulkJob> {
    const body = { ...selection, ...act, dry_run: dryRun }
    return this.#http.json({ method: 'POST', path: '/v1/admin/connectors/bulk/', body })
  }
}

function connectorPath(id: number): string {
  return path`/v1/admin/connectors/${String(id)}/`
}
