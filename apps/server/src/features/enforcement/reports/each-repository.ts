import type { ModelView } from '../../../kernel/model-state.ts'
import type { RepositoryRights } from '../../rules/index.ts'
import type { NamedRepository, ReportStore } from './report-store.ts'

export interface ReportDeps {
  readonly store: ReportStore
  /** Lets requests that wait be served: looking at a large repository takes a tenth of a second. */
  breathe(): Promise<void>
}

/** A repository with its rights in each of the states that were asked for. */
export interface ReadRepository {
  readonly name: string
  readonly rights: readonly RepositoryRights[]
}

/** How many repositories are read in one go. */
const READ_TOGETHER = 100
const NO_RIGHTS: RepositoryRights = { statements: [], disabled: [] }

/** Reads repositories a chunk at a time, and breathes after each of them. */
export async function* eachRepository(
  { store, breathe }: ReportDeps,
  repositories: readonly NamedRepository[],
  views: readonly Pick<ModelView, 'organisation' | 'state'>[],
): AsyncGenerator<ReadRepository, void> {
  for (let i = 0; i < repositories.length; i += READ_TOGETHER) {
    const chunk = repositories.slice(i, i + READ_TOGETHER)
    const ids = chunk.map(({ id }) => id)
    const read = await Promise.all(views.map((view) => store.readRights(view, ids)))
    for (const { id, name } of chunk) {
      yield { name, rights: read.map((rights) => rights.get(id) ?? NO_RIGHTS) }
      await breathe()
    }
  }
}
