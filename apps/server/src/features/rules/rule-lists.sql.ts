import type { Connection } from '../../platform/database/database.ts'
import type { PagedLists } from '../../platform/database/paged-list.ts'
import { StateCache } from '../../platform/database/state-cache.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { versionedList } from '../../platform/database/versioned-list.ts'
import type { NamedUserLists } from '../users/index.ts'
import type { ResourcePermission, Rule } from './rule.ts'
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

/** Rules, their members and permissions, in any state of the model. */
export function sqlRuleReadModel(connection: Connection, lists: PagedLists, namedUsers: NamedUserLists): RuleReadModel {
  const cache = new StateCache<Rule>()
  return {
    find: (view, team, id) =>
      cache.find(view, `${team} ${id}`, async () =>
        view.state === 'head'
          ? await findRule(connection, view.organisation, team, id)
          : (await connection.query(FIND_AT, [view.organisation, team, id, view.state.revision]))[0],
      ),
    list: versionedList<Rule>(lists, {
      name: 'rules',
      rows: { table: 'rule_version', columns: `${COLUMNS}, name_key`, scope: 'team_id = $1' },
      own: { id: 'base.id', ruleName: 'base.name_key', description: 'base.description', audience: 'base.audience' },
      select: '*',
      tieBreak: 'id',
    }),
    listMembers: namedUsers({ name: 'rule-members', table: 'rule_member', owner: 'rule_id' }),
    listPermissions: versionedList<ResourcePermission>(lists, {
      name: 'permissions',
      rows: {
        table: 'permission_version',
        columns: `permission_id as id, type as "permissionType", path, rule_id as "ownerRule",
          resource_id as "ownerResource", effective_path`,
        scope: 'rule_id = $1',
      },
      own: {
        id: 'base.id',
        permissionType: 'base."permissionType"',
        path: 'base.path',
        ownerResource: 'base."ownerResource"',
      },
      select: '*',
      tieBreak: 'id',
    }),
  }
}
