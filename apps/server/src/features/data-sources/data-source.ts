import type { DATABASE_TYPES } from '@portreeve/contract'
import { defineErrors } from '../../kernel/errors.ts'
import type { LinkedCredential } from './credential-links.ts'
import type { Entry, EntryKind } from './entries/entry-answer.ts'
import type { Person } from './entries/person.ts'

/** What an editor can set. */
export interface DataSourceFields {
  readonly name: string
  readonly databaseType: (typeof DATABASE_TYPES)[number]
  readonly host: string
  readonly port: number | null
  readonly database: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly userData: string
  readonly properties: Readonly<Record<string, string>>
  /** The group it is in; null when in none. */
  readonly groupId: number | null
}

/** A database somewhere, as one user sees it. */
export interface DataSource extends DataSourceFields, Entry {
  /** By name. */
  readonly stewards: readonly Person[]
  /** By name. */
  readonly loginCredentials: readonly LinkedCredential[]
  readonly isFollowed: boolean
}

export const DATA_SOURCE_KIND: EntryKind = {
  type: 'Data Source',
  collection: 'datasources',
  link: '/datasource/view.spg?key=',
}

export const dataSourceErrors = defineErrors('data_source', {
  not_found: { kind: 'not_found', message: (id: number) => `There is no data source ${id}.` },
  handed_out: {
    kind: 'conflict',
    message: (teams: readonly string[]) => `Take it from these teams first: ${teams.join(', ')}.`,
  },
})

/** A new data source, but for its name and type, until told otherwise. */
export const EMPTY_DATA_SOURCE: Omit<DataSourceFields, 'name' | 'databaseType'> = {
  host: '',
  port: null,
  database: '',
  description: '',
  status: '',
  aliases: '',
  abbreviations: '',
  userData: '',
  properties: {},
  groupId: null,
}
