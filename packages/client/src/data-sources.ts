import type {
  DataSourceBody,
  DataSourceChangeBody,
  DataSourceDto,
  DataSourceTestBody,
  DataSourceTestDto,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import { getEntryList } from './entry-list.ts'
import { type ChangeOptions, type HttpCore, meantFor, path, type Tagged } from './http-core.ts'
import type { Page, PageRequest } from './page.ts'

export type DataSource = Static<typeof DataSourceDto>
export type NewDataSource = Static<typeof DataSourceBody>
export type DataSourceChange = Static<typeof DataSourceChangeBody>
export type NewDataSourceTest = Static<typeof DataSourceTestBody>
/** What became of an attempt to log in. */
export type DataSourceTest = Static<typeof DataSourceTestDto>

const ALL = '/v1/datasources'

/** Databases somewhere: where they are, who looks after them, and what one logs in to them with. */
export class DataSources {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** By name. Searched by words under `q`; narrowed by `alphaFilter`, the first letter, and by `groupId`. */
  async page(request: PageRequest): Promise<Page<DataSource>> {
    const { datasources: items, metadata_ } = await getEntryList<{ readonly datasources: readonly DataSource[] }>(
      this.#http,
      ALL,
      request,
    )
    return { items, total: metadata_.totalCount }
  }

  async get(id: number): Promise<DataSource> {
    return (await this.#http.json<Envelope>({ method: 'GET', path: pathOf(id) })).datasource
  }

  async getTagged(id: number): Promise<Tagged<DataSource>> {
    const { value, etag } = await this.#http.tagged<Envelope>({ method: 'GET', path: pathOf(id) })
    return { value: value.datasource, etag }
  }

  async create(body: NewDataSource): Promise<DataSource> {
    return (await this.#http.json<Envelope>({ method: 'POST', path: ALL, body })).datasource
  }

  /** Changes what is given. */
  async change(id: number, body: DataSourceChange, options?: ChangeOptions): Promise<DataSource> {
    return (await this.#http.json<Envelope>({ method: 'PUT', path: pathOf(id), body, ...meantFor(options) })).datasource
  }

  async delete(id: number, options?: ChangeOptions): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: pathOf(id), ...meantFor(options) })
  }

  /** Whether the caller follows it. */
  async setFollowing(id: number, isFollowed: boolean): Promise<void> {
    await this.#http.perform({ method: isFollowed ? 'POST' : 'DELETE', path: `${pathOf(id)}/follow` })
  }

  /** Logs in to it with login credentials that are linked to it. */
  async testConnection(id: number, body: NewDataSourceTest): Promise<DataSourceTest> {
    const answer = await this.#http.json<{ readonly testConnection: DataSourceTest }>({
      method: 'POST',
      path: `${pathOf(id)}/testConnection`,
      body,
    })
    return answer.testConnection
  }
}

interface Envelope {
  readonly datasource: DataSource
}

function pathOf(id: number): string {
  return path`/v1/datasources/${String(id)}`
}
