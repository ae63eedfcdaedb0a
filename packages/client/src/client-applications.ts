import { type HttpCore, path } from './http-core.ts'
import { getNumberedPage, type Page, type PageRequest } from './page.ts'

/** What an OAuth 2.0 client is and may do, in the names of RFC 7591. */
export interface ClientMetadata {
  readonly client_name: string
  readonly redirect_uris?: readonly string[]
  readonly grant_types?: readonly string[]
  /** `none` for a public client, which keeps no secret. */
  readonly token_endpoint_auth_method?: string
  /** Of a client with `client_credentials`: whose it is. */
  readonly organisation?: number
}

export interface ClientApplication extends Required<Omit<ClientMetadata, 'organisation'>> {
  readonly client_id: string
  readonly organisation?: number
  /** Whom it acts as with `client_credentials`. */
  readonly user_id?: string
  /** False: disabled for everyone. */
  readonly enabled: boolean
  /** Seconds since 1970. */
  readonly client_id_issued_at: number
  /** Absent for one that registered itself. */
  readonly created_by?: string
}

export interface NewClientApplication extends ClientApplication {
  /** Told this once; absent for public clients. */
  readonly client_secret?: string
}

export interface RotatedSecret {
  readonly client_id: string
  /** Told this once. */
  readonly client_secret: string
}

/** Client applications, as superadmins manage them. */
export class ClientApplications {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** In the order of their names. */
  page({ page, pageSize, signal }: PageRequest): Promise<Page<ClientApplication>> {
    const request = { page, pageSize, ...(signal && { signal }) }
    return getNumberedPage(this.#http, { path: '/clients', member: 'clients' }, request)
  }

  get(id: string): Promise<ClientApplication> {
    return this.#http.json({ method: 'GET', path: clientPath(id) })
  }

  create(metadata: ClientMetadata): Promise<NewClientApplication> {
    return this.#http.json({ method: 'POST', path: '/clients', body: metadata })
  }

  /** With its tokens, and from every organisation. */
  async delete(id: string): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: clientPath(id) })
  }

  /** The old secret ends. */
  rotateSecret(id: string): Promise<RotatedSecret> {
    return this.#http.json({ method: 'POST', path: `${clientPath(id)}/secret` })
  }

  /** For everyone, at once. */
  disable(id: string): Promise<ClientApplication> {
    return this.#http.json({ method: 'POST', path: `${clientPath(id)}/disable` })
  }

  enable(id: string): Promise<ClientApplication> {
    return this.#http.json({ method: 'POST', path: `${clientPath(id)}/enable` })
  }
}

function clientPath(id: string): string {
  return path`/clients/${id}`
}
