import type { GroupBody, GroupChangeBody, GroupDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { DataSource } from './data-sources.ts'
import { getEntryList } from './entry-list.ts'
import { type ChangeOptions, type HttpCore, meantFor, path, type Tagged } from './http-core.ts'
import type { Page, PageRequest } from './page.ts'

export type DataSourceGroup = Static<typeof GroupDto>
/** Groups consist of data sources: `membersType` goes without saying. */
export type NewDataSourceGroup = Omit<Static<typeof GroupBody>, 'membersType'>
export type DataSourceGroupChange = Static<typeof GroupChangeBody>

/** Part of what is in no group: groups at the top come first, then data sources. */
export interface RootsPage {
  readonly groups: readonly DataSourceGroup[]
  readonly dataSources: readonly DataSource[]
  /** How many of both there are on all pages. */
  readonly total: number
}

const ALL = '/v1/groups'

/** The tree that data sources are in. */
export class DataSourceGroups {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  /** By name. Searched by words under `q`; narrowed by `alphaFilter`, the first letter, and by `parentId`. */
  async page(request: PageRequest): Promise<Page<DataSourceGroup>> {
    const { groups: items, metadata_ } = await getEntryList<{ readonly groups: readonly DataSourceGroup[] }>(
      this.#http,
      ALL,
      request,
    )
    return { items, total: metadata_.totalCount }
  }

  async pageRoots(request: PageRequest): Promise<RootsPage> {
    const answer = await getEntryList<{
      readonly groups: readonly DataSourceGroup[]
      readonly datasources: readonly DataSource[]
    }>(this.#http, `${ALL}/roots`, request)
    return { groups: answer.groups, dataSources: answer.datasources, total: answer.metadata_.totalCount }
  }

  async get(id: number): Promise<DataSourceGroup> {
    return (await this.#http.json<Envelope>({ method: 'GET', path: pathOf(id) })).group
  }

  async getTagged(id: number): Promise<Tagged<DataSourceGroup>> {
    const { value, etag } = await this.#http.tagged<Envelope>({ method: 'GET', path: pathOf(id) })
    return { value: value.group, etag }
  }

  async create(group: NewDataSourceGroup): Promise<DataSourceGroup> {
    const body = { membersType: 'datasource', ...group }
    return (await this.#http.json<Envelope>({ method: 'POST', path: ALL, body })).group
  }

  /** Changes what is given; `parentId` moves it with all that is in it. */
  async change(id: number, body: DataSourceGroupChange, options?: ChangeOptions): Promise<DataSourceGroup> {
    return (await this.#http.json<Envelope>({ method: 'PUT', path: pathOf(id), body, ...meantFor(options) })).group
  }

  /** Deletes the groups below it too; their data sources stay, in no group. */
  async delete(id: number, options?: ChangeOptions): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: pathOf(id), ...meantFor(options) })
  }

  /** Whether the caller follows it. */
  async setFollowing(id: number, isFollowed: boolean): Promise<void> {
    await this.#http.perform({ method: isFollowed ? 'POST' : 'DELETE', path: `${pathOf(id)}/follow` })
  }

  /** Takes the data source out of the group it is in. */
  async addMember(id: number, dataSourceId: number): Promise<void> {
    await this.#http.perform({ method: 'POST', path: memberPath(id, dataSourceId) })
  }

  /** Leaves the data source in no group. */
  async removeMember(id: number, dataSourceId: number): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: memberPath(id, dataSourceId) })
  }
}

interface Envelope {
  readonly group: DataSourceGroup
}

function pathOf(id: number): string {
  return path`/v1/groups/${String(id)}`
}

function memberPath(id: number, dataSourceId: number): string {
  return path`/v1/groups/${String(id)}/members/${String(dataSourceId)}`
}
