import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import type { BrowsingReads, SpokenStatement, Spot } from './browsing-reads.ts'

const SPOTS = statement<Spot>(
  'rule.spots',
  `select repository_id as "repositoryId", effective_path as path from permission_version
   where rule_id = $1 and until = ${STILL} and type <> 'NONE' and effective_path <> '/'`,
)

// A repository of which nothing is said has a row, too, for its name.
const STATEMENTS_AT = statement<SpokenStatement & { id: string | null; name: string }>(
  'rule.statements-at',
  `select repository.id as "repositoryId", repository.name, permission.permission_id as id, permission.rule_id as rule,
     permission.effective_path as path, permission.type as "permissionType", rule.audience
   from repository
   left join (permission_version permission
              join rule_version rule on rule.rule_id = permission.rule_id and rule.until = ${STILL})
     on permission.repository_id = repository.id and permission.effective_path = any($2::text[])
     and permission.until = ${STILL}
   where repository.id = any($1::uuid[])`,
)

// One row a rule, and one without a rule for everybody; usernames are printable, so a line feed is never part of one.
const HEARERS = statement<{ rule: string | null; usernames: string }>(
  'rule.hearers',
  `with looked_at as materialized (
     select id, username from app_user
     where enabled and id in (
       select user_id from rule_member where rule_id = $2 and until = ${STILL}
       union all select unnest($3::uuid[])))
   select null::uuid as rule, string_agg(username, E'\\n') as usernames from looked_at having count(*) > 0
   union all
   select member.rule_id, string_agg(looked_at.username, E'\\n')
   from rule_member member join looked_at on looked_at.id = member.user_id
   where member.rule_id = any($1::uuid[]) and member.until = ${STILL}
   group by member.rule_id`,
)

export function sqlBrowsingReads(tx: Connection): BrowsingReads {
  return {
    spotsOfRule: (rule) => tx.query(SPOTS, [rule]),
    statementsAt: async (repositories, paths) => {
      const rows = await tx.query(STATEMENTS_AT, [repositories, paths])
      return {
        statements: rows.filter(({ id }) => id !== null),
        names: new Map(rows.map(({ repositoryId, name }) => [repositoryId, name])),
      }
    },
    hearersOf: async (rules, whom) => {
      const [of, users] = 'users' in whom ? [null, whom.users] : [whom.membersOf, []]
      const rows = await tx.query(HEARERS, [rules, of, users])
      const named = rows.map(({ rule, usernames }) => [rule ?? '', usernames.split('\n')] as const)
      const byRule = new Map<string, readonly string[]>(named)
      return { byRule, usernames: byRule.get('') ?? [] }
    },
  }
}
