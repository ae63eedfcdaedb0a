import type { Connection } from '../../../platform/database/database.ts'
import type { PagedLists } from '../../../platform/database/paged-list.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import { versionedList } from '../../../platform/database/versioned-list.ts'
import type { Resource } from './resource.ts'
import type { ResourceReadModel, ResourceReads, ResourceWrites } from './resource-store.ts'

const HAS = statement<{ found: boolean }>(
  'resource.has',
  `select exists (select from resource_version
     where team_id = $1 and repository_id = $2 and path = $3 and until = ${STILL}) as found`,
)

const COVERS = statement<{ found: boolean }>(
  'resource.covers',
  `select exists (select from resource_version
     where team_id = $1 and repository_id = $2 and until = ${STILL}
       and (path = '/' or path = $3 or starts_with($3, path || '/'))) as found`,
)

export function sqlResourceReads(tx: Connection): ResourceReads {
  return {
    hasResource: async (...of) => (await tx.query(HAS, of))[0]?.found === true,
    coversPath: async (...of) => (await tx.query(COVERS, of))[0]?.found === true,
  }
}

const INSERT = statement(
  'resource.insert',
  `with identity as (insert into resource (id, team_id, repository_id, path) values ($1, $2, $3, $5))
   insert into resource_version (resource_id, team_id, repository_id, repository_name, path, since)
   values ($1, $2, $3, $4, $5, $6)`,
)

export function sqlResourceWrites(tx: Connection, revision: number): ResourceWrites {
  return {
    insertResource: async ({ id, ownerTeam, repositoryId, repositoryName, path }) => {
      await tx.query(INSERT, [id, ownerTeam, repositoryId, repositoryName, path, revision])
    },
  }
}

/** Resources of teams, in any state of the model. */
export function sqlResourceReadModel(lists: PagedLists): ResourceReadModel {
  return {
    list: versionedList<Resource>(lists, {
      name: 'resources',
      rows: {
        table: 'resource_version',
        columns: 'resource_id as id, repository_name as "repositoryName", path, team_id as "ownerTeam"',
        scope: 'team_id = $1',
      },
      own: { id: 'base.id', repositoryName: 'base."repositoryName"', path: 'base.path' },
      select: '*',
      tieBreak: 'id',
    }),
  }
}
