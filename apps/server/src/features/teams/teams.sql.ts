import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { nameKey, type Team } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'
import { CHAIN, SUBTREE, TEAM_COLUMNS } from './team-tree.sql.ts'

/** A team of the head, by organisation and id. */
export const FIND_TEAM = statement<Team>(
  'team.find',
  `select ${TEAM_COLUMNS} from team_version where team_id = $2 and organisation_id = $1 and until = ${STILL}`,
)

const FIND_SIBLING = statement<{ id: string }>(
  'team.find-sibling',
  `select team_id as id from team_version
   where organisation_id = $1 and coalesce(parent_id, '00000000-0000-0000-0000-000000000000') = $2 and name_key = $3
     and until = ${STILL}`,
)
const NO_PARENT = '00000000-0000-0000-0000-000000000000'

const IS_AT_OR_BELOW = statement<{ found: boolean }>(
  'team.is-at-or-below',
  `with recursive ${SUBTREE('$1')} select exists (select from subtree where team_id = $2) as found`,
)

const REPOSITORIES_OF_SUBTREE = statement<{ id: string }>(
  'team.repositories-of-subtree',
  `with recursive ${SUBTREE('$1')}
   select distinct permission.repository_id::text as id
   from subtree
   join rule_version rule on rule.team_id = subtree.team_id and rule.until = ${STILL}
   join permission_version permission on permission.rule_id = rule.rule_id and permission.until = ${STILL}`,
)

const RESOURCES_OUTSIDE = statement<{ path: string }>(
  'team.resources-outside',
  `select mine.repository_name || ':' || mine.path as path from resource_version mine
   where mine.team_id = $1 and mine.until = ${STILL} and not exists (
     select from resource_version above
     where above.team_id = $2 and above.until = ${STILL} and above.repository_name = mine.repository_name
       and (above.path = '/' or above.path = mine.path or starts_with(mine.path, above.path || '/')))
   order by 1`,
)

const QUERIES_BELOW = statement<{ found: boolean }>(
  'team.queries-below',
  `with recursive ${SUBTREE('$1')}
   select exists (select from subtree join team_version team on team.team_id = subtree.team_id and team.until = ${STILL}
                  where team.team_id <> $1 and team.ldap_filter is not null) as found`,
)

const TOP_OF = statement<{ id: string }>(
  'team.top-of',
  `with recursive ${CHAIN('$1')}
   select team_id as id from chain join team_version using (team_id) where parent_id is null and until = ${STILL}`,
)

const TEAMS_JOINED_BY_MOVE = statement<Pick<Team, 'id' | 'name' | 'ldapFilter'>>(
  'team.teams-joined-by-move',
  `with recursive above as (
     select $2::uuid as team_id, 0 as distance
     union all
     select version.parent_id, above.distance + 1 from above join team_version version
     on version.team_id = above.team_id and version.until = ${STILL} where version.parent_id is not null)
   select team.team_id as id, team.name, team.ldap_filter as "ldapFilter"
   from above join team_version team on team.team_id = above.team_id and team.until = ${STILL}
   where exists (
     select from membership member where member.team_id = $1 and member.until = ${STILL} and not exists (
       select from membership there
       where there.user_id = member.user_id and there.team_id = above.team_id and there.until = ${STILL}))
   order by above.distance`,
)

const HAS_AUTHORITY = statement<{ found: boolean }>(
  'team.has-authority',
  'select exists (select from ldap_authority where organisation_id = $1 and id = $2) as found',
)

/** What is a filter is known to those who speak to directories. */
export function sqlTeamReads(tx: Connection, organisation: number): Omit<TeamReads, 'assertFilter'> {
  return {
    findTeam: async (id) => (await tx.query(FIND_TEAM, [organisation, id]))[0],
    findSibling: async (parent, key) => (await tx.query(FIND_SIBLING, [organisation, parent ?? NO_PARENT, key]))[0]?.id,
    isAtOrBelow: async (id, top) => (await tx.query(IS_AT_OR_BELOW, [top, id]))[0]?.found === true,
    repositoriesOfSubtree: async (id) => (await tx.query(REPOSITORIES_OF_SUBTREE, [id])).map((row) => row.id),
    resourcesOutside: async (id, parent) => (await tx.query(RESOURCES_OUTSIDE, [id, parent])).map((row) => row.path),
    queriesBelow: async (id) => (await tx.query(QUERIES_BELOW, [id]))[0]?.found === true,
    topOf: async (id) => (await tx.query(TOP_OF, [id]))[0]?.id ?? id,
    teamsJoinedByMove: (id, parent) => tx.query(TEAMS_JOINED_BY_MOVE, [id, parent]),
    hasAuthority: async (id) => (await tx.query(HAS_AUTHORITY, [organisation, id]))[0]?.found === true,
  }
}

const INSERT = statement(
  'team.insert',
  `with identity as (insert into team (id, organisation_id) values ($1, $2))
   insert into team_version (team_id, organisation_id, name, name_key, description, parent_id, ldap_authority, ldap_filter, since)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)

const CLOSE = statement('team.close', `update team_version set until = $2 where team_id = $1 and until = ${STILL}`)

const REOPEN = statement(
  'team.reopen',
  `insert into team_version (team_id, organisation_id, name, name_key, description, parent_id, ldap_authority, ldap_filter, since)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)

const LIFT_MEMBERS = statement(
  'team.lift-members',
  `with recursive ${CHAIN('$1')}
   insert into membership (team_id, user_id, username, since)
   select chain.team_id, member.user_id, member.username, $2
   from chain, membership member where member.team_id = $1 and member.until = ${STILL}
   on conflict (user_id, team_id) where until = ${STILL} do nothing`,
)

// One statement and one snapshot: what hangs on the subtree is found through the rows that it closes.
const CLOSE_SUBTREE = statement(
  'team.close-subtree',
  `with recursive ${SUBTREE('$1')},
   teams as (update team_version set until = $2 where team_id in (select team_id from subtree) and until = ${STILL}),
   members as (update membership set until = $2 where team_id in (select team_id from subtree) and until = ${STILL}),
   leaders as (update leader_version set until = $2 where team_id in (select team_id from subtree) and until = ${STILL}),
   resources as (update resource_version set until = $2 where team_id in (select team_id from subtree) and until = ${STILL}),
   rules as (update rule_version set until = $2 where team_id in (select team_id from subtree) and until = ${STILL}
             returning rule_id),
   named as (update rule_member set until = $2 where rule_id in (select rule_id from rules) and until = ${STILL})
   update permission_version set until = $2 where rule_id in (select rule_id from rules) and until = ${STILL}`,
)

export function sqlTeamWrites(tx: Connection, organisation: number, revision: number): TeamWrites {
  const columns = (team: Team) => {
    const { id, name, description, parentTeam, ldapAuthority, ldapFilter } = team
    return [id, organisation, name, nameKey(name), description, parentTeam, ldapAuthority, ldapFilter, revision]
  }
  return {
    insertTeam: async (team) => {
      await tx.query(INSERT, columns(team))
    },
    changeTeam: async (team) => {
      await tx.query(CLOSE, [team.id, revision])
      await tx.query(REOPEN, columns(team))
    },
    liftMembers: async (team) => {
      await tx.query(LIFT_MEMBERS, [team, revision])
    },
    removeTeam: async (id) => {
      await tx.query(CLOSE_SUBTREE, [id, revision])
    },
  }
}
