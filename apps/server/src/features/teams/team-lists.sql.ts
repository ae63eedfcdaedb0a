import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { Connection } from '../../platform/database/database.ts'
import type { PagedLists } from '../../platform/database/paged-list.ts'
import { StateCache } from '../../platform/database/state-cache.ts'
import { statement } from '../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision } from '../../platform/database/version-rows.ts'
import type { Team } from './team.ts'
import { countTeamParts } from './team-counts.sql.ts'
import type { TeamReadModel } from './team-store.ts'
import { LED_TEAMS, TEAM_COLUMNS } from './team-tree.sql.ts'
import { FIND_TEAM } from './teams.sql.ts'

const FIND_AT = statement<Team>(
  'team.find-at',
  `select ${TEAM_COLUMNS} from team_version where team_id = $2 and organisation_id = $1 and since <= $3 and until > $3`,
)

async function findTeam(
  connection: Connection,
  { organisation, state }: ModelView,
  id: string,
): Promise<Team | undefined> {
  if (state === 'head') return (await connection.query(FIND_TEAM, [organisation, id]))[0]
  return (await connection.query(FIND_AT, [organisation, id, state.revision]))[0]
}

type TeamList = (view: ModelView, of: readonly unknown[], request: PageRequest) => Promise<Page<Team>>

/** A list of the organisation's teams, or of those of which a condition over `$2` holds. */
function teamList(lists: PagedLists, name: string, condition?: string): TeamList {
  const rows = {
    table: 'team_version',
    columns: `${TEAM_COLUMNS}, name_key`,
    scope: ['organisation_id = $1', ...(condition ? [condition] : [])].join(' and '),
  }
  const shape = {
    own: {
      id: 'base.id',
      name: 'base.name_key',
      description: 'base.description',
      parentTeam: 'base."parentTeam"',
      ldapAuthority: 'base."ldapAuthority"',
    },
    select: '*',
    tieBreak: 'id',
  }
  const head = { ...shape, name, base: rowsAtHead(rows) }
  const past = { ...shape, name: `${name}-at`, base: rowsAtRevision(rows, condition ? '$3' : '$2') }
  return ({ organisation, state, version }, of, request) => {
    const scope = [organisation, ...of]
    return state === 'head'
      ? lists.page<Team>(head, { scope, request, version })
      : lists.page<Team>(past, { scope: [...scope, state.revision], request, version })
  }
}

/** Teams, in any state of the model. */
export function sqlTeamReadModel(connection: Connection, lists: PagedLists): TeamReadModel {
  const cache = new StateCache<Team>()
  const all = teamList(lists, 'teams')
  const led = teamList(lists, 'teams-led', `team_id in (${LED_TEAMS('$2')})`)
  const below = teamList(lists, 'subteams', 'parent_id = $2')
  return {
    find: (view, id) => cache.find(view, id, () => findTeam(connection, view, id)),
    list: (view, scope, request) => (scope === 'all' ? all(view, [], request) : led(view, [scope.ledBy], request)),
    listSubteams: (view, parent, request) => below(view, [parent], request),
    count: (view, of) => countTeamParts(connection, view, of),
  }
}
