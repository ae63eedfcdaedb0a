import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type DataSource, dataSourceErrors } from './data-source.ts'
import type { DataSourceReadModel, DataSourceStore } from './data-source-store.ts'
import type { EntryFilter } from './entries/entry-text.ts'

export interface GetDataSourceDeps {
  readonly dataSources: Pick<DataSourceStore, 'find'>
}

/** One of the organisation's, for everybody in it. Throws `data_source.not_found`. */
export async function getDataSource(
  { dataSources }: GetDataSourceDeps,
  { caller, id }: { readonly caller: Principal; readonly id: number },
): Promise<DataSource> {
  const found = await dataSources.find(caller, id)
  if (!found) throw dataSourceErrors.not_found(id)
  return found
}

export interface ListDataSourcesDeps {
  readonly dataSourceLists: DataSourceReadModel
}

export interface ListDataSourcesInput {
  readonly caller: Principal
  readonly filter: EntryFilter
  readonly groupId?: number | undefined
}

/** The organisation's, for everybody in it. */
export async function listDataSources(
  deps: ListDataSourcesDeps,
  { caller: { organisation, userId }, filter, groupId }: ListDataSourcesInput,
): Promise<Page<DataSource>> {
  return deps.dataSourceLists.list({ organisation, userId, filter, groupId })
}
