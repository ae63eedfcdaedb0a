import type { PagedLists } from '../../platform/database/paged-list.ts'
import { versionedList } from '../../platform/database/versioned-list.ts'
import type { NamedUserLists } from '../users/index.ts'
import type { ResourcePermission } from './rule.ts'
import type { RuleReadModel } from './rule-store.ts'

type PartLists = Pick<RuleReadModel, 'listMembers' | 'listAvailable' | 'listPermissions'>

/** What belongs to rules, in any state of the model. */
export function sqlRulePartLists(lists: PagedLists, namedUsers: NamedUserLists): PartLists {
  return {
    listMembers: namedUsers({ name: 'rule-members', table: 'rule_member', owner: 'rule_id' }),
    listAvailable: namedUsers({
      name: 'rule-available',
      table: 'membership',
      owner: 'team_id',
      scope: 'team_id = (select team_id from rule where id = $1)',
      without: { table: 'rule_member', on: 'other.rule_id = $1 and other.user_id = membership.user_id' },
    }),
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
