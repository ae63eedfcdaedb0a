import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { PagedLists } from '../../../platform/database/paged-list.ts'
import { versionedList } from '../../../platform/database/versioned-list.ts'
import type { Team } from '../team.ts'

/** The teams that a user is a member of, in any state of the model. */
export function sqlTeamsOfUser(
  lists: PagedLists,
): (view: ModelView, user: string, request: PageRequest) => Promise<Page<Team>> {
  return versionedList<Team>(lists, {
    name: 'teams-of-user',
    rows: { table: 'membership', columns: 'team_id', scope: 'user_id = $1' },
    own: { id: 'base.team_id' },
    join: (holds) => `join team_version team on team.team_id = base.team_id and ${holds('team')}`,
    joined: { name: 'team.name_key', description: 'team.description', parentTeam: 'team.parent_id' },
    select: `team.team_id as id, team.name, team.description, team.parent_id as "parentTeam",
      team.ldap_authority as "ldapAuthority", team.ldap_filter as "ldapFilter"`,
    tieBreak: 'team_id',
  })
}
