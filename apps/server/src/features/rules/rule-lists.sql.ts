import type { Connection } from '../../platform/database/database.ts'
import type { PagedLists } from '../../platform/database/paged-list.ts'
import { StateCache } from '../../platform/database/state-cache.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { type VersionedList, versionedList } from '../../platform/database/versioned-list.ts'
import type { NamedUserLists } from '../users/index.ts'
import { countAllRules, countRuleParts } from './counts/rule-counts.sql.ts'
import type { Rule } from './rule.ts'
import { sqlRulePartLists } from './rule-part-lists.sql.ts'
import { forEachScope, nameScope } from './rule-scope.sql.ts'
import type { RuleReadModel } from './rule-store.ts'

const COLUMNS = 'rule_id as id, name as "ruleName", description, team_id as "ownerTeam", audience'

const FIND = statement<Rule>(
  'rule.find',
  `select ${COLUMNS} from rule_version where rule_id = $3 and team_id = $2 and organisation_id = $1 and until = ${STILL}`,
)

const FIND_AT = statement<Rule>(
  'rule.find-at',
  `select ${COLUMNS} from rule_version
   where rule_id = $3 and team_id = $2 and organisation_id = $1 and since <= $4 and until > $4`,
)

/** One rule of the head, or undefined. */
export async function findRule(connection: Connection, ...of: [organisation: number, team: string, id: string]) {
  return (await connection.query(FIND, of))[0]
}

/** Rules with what belongs to them, in any state of the model. */
export function sqlRuleReadModel(connection: Connection, lists: PagedLists, namedUsers: NamedUserLists): RuleReadModel {
  const cache = new StateCache<Rule>()
  const listIn = forEachScope((name, scope) => rulesIn(lists, name, scope))
  return {
    find: (view, team, id) =>
      cache.find(view, `${team} ${id}`, async () =>
        view.state === 'head'
          ? await findRule(connection, view.organisation, team, id)
          : (await connection.query(FIND_AT, [view.organisation, team, id, view.state.revision]))[0],
      ),
    list: (view, scope, request) => {
      const [name, value] = nameScope(view, scope)
      return listIn[name](view, value, request)
    },
    listOfUser: rulesOfUser(lists),
    count: (view, scope, ids) => countRuleParts(connection, view, { scope, ids }),
    countAll: (view, scope) => countAllRules(connection, view, scope),
    ...sqlRulePartLists(lists, namedUsers),
  }
}

function rulesIn(lists: PagedLists, name: string, scope: string): VersionedList<Rule> {
  return versionedList<Rule>(lists, {
    name: `rules-of-${name}`,
    rows: { table: 'rule_version', columns: `${COLUMNS}, name_key`, scope },
    own: {
      id: 'base.id',
      ruleName: 'base.name_key',
      description: 'base.description',
      ownerTeam: 'base."ownerTeam"',
      audience: 'base.audience',
    },
    select: '*',
    tieBreak: 'id',
  })
}

function rulesOfUser(lists: PagedLists): VersionedList<Rule> {
  return versionedList<Rule>(lists, {
    name: 'rules-of-user',
    rows: { table: 'rule_member', columns: 'rule_id', scope: 'user_id = $1' },
    own: { id: 'base.rule_id' },
    join: (holds) => `join rule_version rule on rule.rule_id = base.rule_id and ${holds('rule')}`,
    joined: {
      ruleName: 'rule.name_key',
      description: 'rule.description',
      ownerTeam: 'rule.team_id',
      audience: 'rule.audience',
    },
    select: `base.rule_id as id, rule.name as "ruleName", rule.description, rule.team_id as "ownerTeam", rule.audience`,
    tieBreak: 'rule_id',
  })
}
