import type { Connection } from '../../platform/database/database.ts'
import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import { statement } from '../../platform/database/statement.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import { dataSourceNamed } from './data-source-name.ts'
import { type Repository, repositoryErrors } from './repository.ts'
import type { RepositoryReadModel, RepositoryReads, RepositoryWrites } from './repository-store.ts'

const SELECT = 'id, name, description, type'

const FIND = statement<Repository>(
  'repository.find',
  `select ${SELECT} from repository where id = $2 and organisation_id = $1 and type = 'SVN'`,
)

const FIND_NAMED = statement<Repository>(
  'repository.find-named',
  `select ${SELECT} from repository where lower(name) = lower($2) and name = $2 and organisation_id = $1`,
)

// Under a lock that lets nobody change or delete it.
const HOLD_DATA_SOURCE = statement(
  'repository.hold-data-source',
  'select id from data_source where id = $2 and organisation_id = $1 for share',
)

const NAME_TAKEN = statement<{ taken: boolean }>(
  'repository.name-taken',
  'select exists (select from repository where lower(name) = lower($1)) as taken',
)

const INSERT = statement(
  'repository.insert',
  'insert into repository (id, organisation_id, name, description, type, data_source_id) values ($1, $2, $3, $4, $5, $6)',
)

export function sqlRepositoryReads(tx: Connection, organisation: number): RepositoryReads {
  return {
    findRepositoryNamed: async (name) => (await tx.query(FIND_NAMED, [organisation, name]))[0],
    holdDataSource: async (id) => (await tx.query(HOLD_DATA_SOURCE, [organisation, id])).length > 0,
    repositoryNameTaken: async (name) => (await tx.query(NAME_TAKEN, [name]))[0]?.taken === true,
  }
}

export function sqlRepositoryWrites(tx: Connection, organisation: number): RepositoryWrites {
  return {
    insertRepository: async ({ id, name, description, type }) => {
      // Two organisations take turns apart from each other, so the look before may have missed the other's.
      await tx
        .query(INSERT, [id, organisation, name, description, type, dataSourceNamed(name) ?? null])
        .catch((error: unknown) => {
          throw violatedConstraint(error) === 'repository_name' ? repositoryErrors.name_taken(name) : error
        })
    },
  }
}

const REPOSITORIES: ListSource<Repository> = {
  name: 'repositories',
  base: `select ${SELECT} from repository where organisation_id = $1 and type = 'SVN'`,
  own: { id: 'base.id', name: 'base.name', description: 'base.description', type: 'base.type' },
  select: '*',
  tieBreak: 'id',
}

export function sqlRepositoryReadModel(connection: Connection, lists: PagedLists): RepositoryReadModel {
  return {
    find: async ({ organisation }, id) => (await connection.query(FIND, [organisation, id]))[0],
    list: ({ organisation, version }, request) => lists.page(REPOSITORIES, { scope: [organisation], request, version }),
  }
}
