import type { PagedLists } from '../../platform/database/paged-list.ts'
import { versionedList } from '../../platform/database/versioned-list.ts'
import type { User } from './user.ts'
import type { NamedUserLists } from './user-store.ts'

/** Lists of named users: by name they are read from the naming rows alone, and only the page's users are joined. */
export function sqlNamedUserLists(lists: PagedLists): NamedUserLists {
  return ({ name, table, owner }) =>
    versionedList<User>(lists, {
      name,
      rows: { table, columns: 'user_id, username', scope: `${owner} = $1` },
      own: { id: 'base.user_id', username: 'base.username' },
      join: 'join app_user on app_user.id = base.user_id',
      joined: { email: 'app_user.email', displayName: 'app_user.display_name', enabled: 'app_user.enabled' },
      sortedBy: { email: 'lower(app_user.email)', displayName: 'lower(app_user.display_name)' },
      select: `app_user.id, app_user.username, app_user.email, app_user.display_name as "displayName", app_user.enabled,
        app_user.ldap_authority as "ldapAuthority", app_user.ldap_dn as "ldapDn"`,
      tieBreak: 'user_id',
    })
}
