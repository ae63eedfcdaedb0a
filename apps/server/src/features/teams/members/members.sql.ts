import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import type { NamedUserLists, UnnamedUserLists } from '../../users/index.ts'
import { CHAIN, SUBTREE } from '../team-tree.sql.ts'
import { countMemberParts } from './member-counts.sql.ts'
import type { MemberReadModel, MemberReads, MemberWrites, TeamAbove } from './member-store.ts'

const NOT_MEMBERS = statement<{ id: string }>(
  'member.not-members',
  `select wanted.id::text from unnest($2::uuid[]) as wanted (id) where not exists (
     select from membership where user_id = wanted.id and team_id = $1 and until = ${STILL})`,
)

const TEAMS_ABOVE = statement<TeamAbove>(
  'member.teams-above',
  `with recursive above as (
     select $1::uuid as team_id, 0 as distance
     union all
     select version.parent_id, above.distance + 1 from above join team_version version
     on version.team_id = above.team_id and version.until = ${STILL} where version.parent_id is not null)
   select team.team_id as id, team.name, team.ldap_filter as "ldapFilter"
   from above join team_version team on team.team_id = above.team_id and team.until = ${STILL}
   where above.distance > 0 order by above.distance`,
)

const JOINED_AMONG = statement<{ id: string }>(
  'member.joined-among',
  `select team.id::text from unnest($1::uuid[]) as team (id)
   where exists (select from unnest($2::uuid[]) as wanted (id) where not exists (
     select from membership where user_id = wanted.id and team_id = team.id and until = ${STILL}))`,
)

const DIRECTORY_TEAMS_OF = statement<{ name: string }>(
  'member.directory-teams-of',
  `with recursive ${SUBTREE('$1')}
   select team.name from subtree
   join team_version team on team.team_id = subtree.team_id and team.until = ${STILL} and team.ldap_filter is not null
   where exists (select from membership member
                 where member.team_id = team.team_id and member.user_id = any($2::uuid[]) and member.until = ${STILL})
   order by team.name`,
)

const REPOSITORIES_REACHED_BY = statement<{ id: string }>(
  'member.repositories-reached-by',
  `with recursive ${SUBTREE('$1')}
   select distinct permission.repository_id::text as id
   from subtree
   join rule_version rule on rule.team_id = subtree.team_id and rule.until = ${STILL}
   join permission_version permission on permission.rule_id = rule.rule_id and permission.until = ${STILL}
   where exists (select from rule_member member
                 where member.rule_id = rule.rule_id and member.user_id = any($2::uuid[]) and member.until = ${STILL})`,
)

export function sqlMemberReads(tx: Connection): MemberReads {
  return {
    notMembers: async (team, users) => (await tx.query(NOT_MEMBERS, [team, users])).map(({ id }) => id),
    teamsAbove: (team) => tx.query(TEAMS_ABOVE, [team]),
    joinedAmong: async (teams, users) => (await tx.query(JOINED_AMONG, [teams, users])).map(({ id }) => id),
    directoryTeamsOf: async (team, users) =>
      (await tx.query(DIRECTORY_TEAMS_OF, [team, users])).map(({ name }) => name),
    repositoriesReachedBy: async (team, users) =>
      (await tx.query(REPOSITORIES_REACHED_BY, [team, users])).map(({ id }) => id),
  }
}

const ADD = statement(
  'member.add',
  `with recursive ${CHAIN('$1')}
   insert into membership (team_id, user_id, username, since)
   select chain.team_id, app_user.id, app_user.username, $3
   from chain, app_user where app_user.id = any($2::uuid[])
   on conflict (user_id, team_id) where until = ${STILL} do nothing`,
)

const REMOVE = statement(
  'member.remove',
  `with recursive ${SUBTREE('$1')},
   rules as (select rule_id from rule_version join subtree using (team_id) where until = ${STILL}),
   named as (update rule_member set until = $3
             where user_id = any($2::uuid[]) and rule_id in (select rule_id from rules) and until = ${STILL})
   update membership set until = $3
   where user_id = any($2::uuid[]) and team_id in (select team_id from subtree) and until = ${STILL}`,
)

export function sqlMemberWrites(tx: Connection, revision: number): MemberWrites {
  return {
    addMembers: async (team, users) => {
      await tx.query(ADD, [team, users, revision])
    },
    removeMembers: async (team, users) => {
      await tx.query(REMOVE, [team, users, revision])
    },
  }
}

export interface MemberListing {
  readonly connection: Connection
  readonly namedUsers: NamedUserLists
  readonly unnamedUsers: UnnamedUserLists
}

/** Members of teams, in any state of the model. */
export function sqlMemberReadModel({ connection, namedUsers, unnamedUsers }: MemberListing): MemberReadModel {
  const table = 'membership'
  const owner = 'team_id'
  return {
    list: namedUsers({ name: 'members', table, owner }),
    listAvailable: unnamedUsers({ name: 'members-available', table, owner }),
    count: (view, ...of) => countMemberParts(connection, view, ...of),
  }
}
