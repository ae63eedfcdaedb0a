import type { ListSource, PagedLists } from '../../../platform/database/paged-list.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from '../../../platform/database/version-rows.ts'
import type { AvailableResource } from './resource.ts'
import type { ResourceReadModel } from './resource-store.ts'

const OWN = { repositoryName: 'base."repositoryName"', path: 'base.path' }

/** For root team `$2`: each repository of organisation `$1` from its root, unless that is the team's already. */
const ROOT_HELD: VersionRows = {
  table: 'resource_version',
  columns: 'resource_id',
  scope: `team_id = $2 and repository_name = repository.name and path = '/'`,
}

function rootsOf(name: string, held: readonly string[]): ListSource<AvailableResource> {
  const none = held.map((rows) => `not exists (${rows})`).join(' and ')
  return {
    name,
    base: `select null::uuid as id, name as "repositoryName", '/'::text as path, null::uuid as "ownerTeam"
      from repository where organisation_id = $1 and type = 'SVN' and ${none}`,
    own: OWN,
    select: '*',
    tieBreak: '"repositoryName"',
  }
}

const ROOTS = rootsOf('available-roots', [rowsAtHead(ROOT_HELD)])
const ROOTS_AT = rootsOf('available-roots-at', rowsAtRevision(ROOT_HELD, '$3'))

/** For team `$2`: what its parent `$1` has and it does not. */
const OF_PARENT: VersionRows = {
  table: 'resource_version',
  columns: 'resource_id as id, repository_name as "repositoryName", path, team_id as "ownerTeam"',
  scope: 'team_id = $1',
  without: {
    table: 'resource_version',
    on: `other.team_id = $2 and other.repository_name = resource_version.repository_name
      and other.path = resource_version.path`,
  },
}

const SHAPE = { own: OWN, select: '*', tieBreak: 'id' } as const
const PARENTS: ListSource<AvailableResource> = { ...SHAPE, name: 'available-parents', base: rowsAtHead(OF_PARENT) }
const PARENTS_AT: ListSource<AvailableResource> = {
  ...SHAPE,
  name: 'available-parents-at',
  base: rowsAtRevision(OF_PARENT, '$3'),
}

/** What teams could still be given, in any state of the model. */
export function sqlAvailableResources(lists: PagedLists): ResourceReadModel['listAvailable'] {
  return ({ organisation, state, version }, { id, parentTeam }, request) => {
    const [head, past] = parentTeam === null ? [ROOTS, ROOTS_AT] : [PARENTS, PARENTS_AT]
    const scope = [parentTeam ?? organisation, id]
    return state === 'head'
      ? lists.page(head, { scope, request, version })
      : lists.page(past, { scope: [...scope, state.revision], request, version })
  }
}
