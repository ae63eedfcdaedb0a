import type {
  CredentialUsageDto,
  LoginCredentialBody,
  LoginCredentialChangeBody,
  LoginCredentialDto,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import { getEntryList } from './entry-list.ts'
import { type ChangeOptions, type HttpCore, meantFor, path, type Tagged } from './http-core.ts'
import type { Page, PageRequest } from './page.ts'

export type LoginCredential = Static<typeof LoginCredentialDto>
export type NewLoginCredential = Static<typeof LoginCredentialBody>
export type LoginCredentialChange = Static<typeof LoginCredentialChangeBody>
/** Who got the password, and when last. */
export type CredentialUsage = Omit<Static<typeof CredentialUsageDto>, 'dataSources'>
/** A data source that login credentials are linked to, and how often they were checked out for it. */
export type CredentialUse = Static<typeof CredentialUsageDto>['dataSources'][number]

const ALL = '/v1/logincredentials'

/** Stored accounts for data sources. Passwords go in and are not read back here. */
export class LoginCredentials {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** By name. Searched by words under `q`; narrowed by `alphaFilter`, the first letter, and by `stale`, whether the password is due for a change. */
  async page(request: PageRequest): Promise<Page<LoginCredential>> {
    const { logincredentials: items, metadata_ } = await getEntryList<{
      readonly logincredentials: readonly LoginCredential[]
    }>(this.#http, ALL, request)
    return { items, total: metadata_.totalCount }
  }

  async get(id: number): Promise<LoginCredential> {
    return (await this.#http.json<Envelope>({ method: 'GET', path: pathOf(id) })).logincredentials
  }

  async getTagged(id: number): Promise<Tagged<LoginCredential>> {
    const { value, etag } = await this.#http.tagged<Envelope>({ method: 'GET', path: pathOf(id) })
    return { value: value.logincredentials, etag }
  }

  async create(body: NewLoginCredential): Promise<LoginCredential> {
    return (await this.#http.json<Envelope>({ method: 'POST', path: ALL, body })).logincredentials
  }

  /** Changes what is given; a password that is not stays. */
  async change(id: number, body: LoginCredentialChange, options?: ChangeOptions): Promise<LoginCredential> {
    return (await this.#http.json<Envelope>({ method: 'PUT', path: pathOf(id), body, ...meantFor(options) }))
      .logincredentials
  }

  async delete(id: number, options?: ChangeOptions): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: pathOf(id), ...meantFor(options) })
  }

  /** A page of the data sources they are linked to, and their use altogether; for whoever may change them. */
  async pageUsage(
    id: number,
    request: PageRequest,
  ): Promise<Page<CredentialUse> & { readonly usage: CredentialUsage }> {
    const { usage, metadata_ } = await getEntryList<{ readonly usage: Static<typeof CredentialUsageDto> }>(
      this.#http,
      `${pathOf(id)}/usage`,
      request,
    )
    return { items: usage.dataSources, total: metadata_.totalCount, usage }
  }
}

interface Envelope {
  readonly logincredentials: LoginCredential
}

function pathOf(id: number): string {
  return path`/v1/logincredentials/${String(id)}`
}
