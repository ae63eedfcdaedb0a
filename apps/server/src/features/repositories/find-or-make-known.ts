import type { IdSource } from '../../kernel/ids.ts'
import { dataSourceNamed } from './data-source-name.ts'
import type { Repository } from './repository.ts'
import type { RepositoryReads } from './repository-store.ts'

/** What a resource may be of. */
export interface KnownRepository {
  readonly repository: Repository
  /** True for a data source that nothing has named before: it is to be inserted. */
  readonly isNew: boolean
}

/** The repository of that name, or the data source that is called so (`datasource:5`); undefined when there is neither. */
export async function findOrMakeKnown(
  reads: RepositoryReads,
  ids: IdSource,
  name: string,
): Promise<KnownRepository | undefined> {
  const dataSource = dataSourceNamed(name)
  if (dataSource !== undefined && !(await reads.holdDataSource(dataSource))) return undefined
  const repository = await reads.findRepositoryNamed(name)
  if (repository) return { repository, isNew: false }
  if (dataSource === undefined) return undefined
  return { repository: { id: ids.next(), name, description: null, type: 'DATASOURCE' }, isNew: true }
}
