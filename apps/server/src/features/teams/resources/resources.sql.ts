import type { Connection } from '../../../platform/database/database.ts'
import type { PagedLists } from '../../../platform/database/paged-list.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import { versionedList } from '../../../platform/database/versioned-list.ts'
import { SUBTREE } from '../team-tree.sql.ts'
import { sqlAvailableResources } from './available-resources.sql.ts'
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

const NOT_RESOURCES = statement<{ id: string }>(
  'resource.not-resources',
  `select wanted.id::text from unnest($2::uuid[]) as wanted (id) where not exists (
     select from resource_version where resource_id = wanted.id and team_id = $1 and until = ${STILL})`,
)

/**
 * CTEs that end with `dropped (resource_id)`: what goes from team `$1` and the teams below it with its resources `$2`. What
 * stays is found from the top down: what the team keeps, and then of each subteam what a kept one of its parent covers.
 */
const DROPPED = `${SUBTREE('$1')},
   concerned as (select distinct repository_id from resource_version where resource_id = any($2::uuid[]) and until = ${STILL}),
   kept as (
     select team_id, repository_id, path from resource_version
     where team_id = $1 and resource_id <> all($2::uuid[]) and until = ${STILL}
       and repository_id in (select repository_id from concerned)
     union
     select below.team_id, below.repository_id, below.path
     from kept
     join team_version child on child.parent_id = kept.team_id and child.until = ${STILL}
     join resource_version below on below.team_id = child.team_id and below.repository_id = kept.repository_id
       and below.until = ${STILL}
       and (kept.path = '/' or below.path = kept.path or starts_with(below.path, kept.path || '/'))),
   dropped as (
     select held.resource_id from subtree join resource_version held on held.team_id = subtree.team_id
     where held.until = ${STILL} and held.repository_id in (select repository_id from concerned) and not exists (
       select from kept
       where kept.team_id = held.team_id and kept.repository_id = held.repository_id and kept.path = held.path))`

const REPOSITORIES_SPOKEN_OF = statement<{ id: string }>(
  'resource.repositories-spoken-of',
  `with recursive ${DROPPED}
   select distinct permission.repository_id::text as id
   from dropped join permission_version permission
   on permission.resource_id = dropped.resource_id and permission.until = ${STILL}`,
)

export function sqlResourceReads(tx: Connection): ResourceReads {
  return {
    hasResource: async (...of) => (await tx.query(HAS, of))[0]?.found === true,
    coversPath: async (...of) => (await tx.query(COVERS, of))[0]?.found === true,
    notResources: async (...of) => (await tx.query(NOT_RESOURCES, of)).map(({ id }) => id),
    repositoriesSpokenOf: async (...of) => (await tx.query(REPOSITORIES_SPOKEN_OF, of)).map(({ id }) => id),
  }
}

const INSERT = statement(
  'resource.insert',
  `with identity as (insert into resource (id, team_id, repository_id, path) values ($1, $2, $3, $5))
   insert into resource_version (resource_id, team_id, repository_id, repository_name, path, since)
   values ($1, $2, $3, $4, $5, $6)`,
)

const REMOVE = statement(
  'resource.remove',
  `with recursive ${DROPPED},
   permissions as (update permission_version set until = $3
                   where resource_id in (select resource_id from dropped) and until = ${STILL})
   update resource_version set until = $3 where resource_id in (select resource_id from dropped) and until = ${STILL}`,
)

export function sqlResourceWrites(tx: Connection, revision: number): ResourceWrites {
  return {
    insertResource: async ({ id, ownerTeam, repositoryId, repositoryName, path }) => {
      await tx.query(INSERT, [id, ownerTeam, repositoryId, repositoryName, path, revision])
    },
    removeResources: async (team, ids) => {
      await tx.query(REMOVE, [team, ids, revision])
    },
  }
}

/** Resources of teams, in any state of the model. */
export function sqlResourceReadModel(lists: PagedLists): ResourceReadModel {
  return {
    listAvailable: sqlAvailableResources(lists),
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
