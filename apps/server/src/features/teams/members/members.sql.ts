import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import type { NamedUserLists } from '../../users/index.ts'
import { CHAIN, SUBTREE } from '../team-tree.sql.ts'
import type { MemberReadModel, MemberReads, MemberWrites } from './member-store.ts'

const NOT_MEMBERS = statement<{ id: string }>(
  'member.not-members',
  `select wanted.id::text from unnest($2::uuid[]) as wanted (id) where not exists (
     select from membership where user_id = wanted.id and team_id = $1 and until = ${STILL})`,
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

/** Members of teams, in any state of the model. */
export function sqlMemberReadModel(namedUsers: NamedUserLists): MemberReadModel {
  return { list: namedUsers({ name: 'members', table: 'membership', owner: 'team_id' }) }
}
