import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { Repository } from './repository.ts'

/** What a proposal may ask about repositories. */
export interface RepositoryReads {
  /** A repository of the organisation, by its exact name. */
  findRepositoryNamed(name: string): Promise<Repository | undefined>
  /** True when the organisation has the data source; it then stays until the end of the transaction. */
  holdDataSource(id: number): Promise<boolean>
  /** True when any organisation has a repository of that name, whatever the case: files are named after it. */
  repositoryNameTaken(name: string): Promise<boolean>
}

export interface RepositoryWrites {
  insertRepository(repository: Repository): Promise<void>
}

/** What the interfaces show of repositories. */
export interface RepositoryReadModel {
  find(view: ModelView, id: string): Promise<Repository | undefined>
  list(view: ModelView, request: PageRequest): Promise<Page<Repository>>
}
