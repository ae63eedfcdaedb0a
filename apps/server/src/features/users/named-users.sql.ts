import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import { rowsAtHead, rowsAtRevision } from '../../platform/database/version-rows.ts'
import { versionedList } from '../../platform/database/versioned-list.ts'
import type { User } from './user.ts'
import type { NamedUserLists, UnnamedUserLists } from './user-store.ts'

/** Lists of named users: by name they are read from the naming rows alone, and only the page's users are joined. */
export function sqlNamedUserLists(lists: PagedLists): NamedUserLists {
  return ({ name, table, owner, scope = `${owner} = $1`, without }) =>
    versionedList<User>(lists, {
      name,
      rows: { table, columns: 'user_id, username', scope, ...(without && { without }) },
      own: { id: 'base.user_id', username: 'base.username' },
      join: 'join app_user on app_user.id = base.user_id',
      joined: { email: 'app_user.email', displayName: 'app_user.display_name', enabled: 'app_user.enabled' },
      sortedBy: { email: 'lower(app_user.email)', displayName: 'lower(app_user.display_name)' },
      select: `app_user.id, app_user.username, app_user.email, app_user.display_name as "displayName", app_user.enabled,
        app_user.ldap_authority as "ldapAuthority", app_user.ldap_dn as "ldapDn"`,
      tieBreak: 'user_id',
    })
}

/** Lists of users that are not named: users in order, each looked up among the naming rows, until the page is full. */
export function sqlUnnamedUserLists(lists: PagedLists): UnnamedUserLists {
  return ({ name, table, owner }) => {
    const naming = { table, columns: 'user_id', scope: `${owner} = $2 and user_id = app_user.id` }
    const head = unnamed(name, [rowsAtHead(naming)])
    const past = unnamed(`${name}-at`, rowsAtRevision(naming, '$3'))
    return ({ organisation, state, version }, of, request) =>
      state === 'head'
        ? lists.page(head, { scope: [organisation, of], request, version })
        : lists.page(past, { scope: [organisation, of, state.revision], request, version })
  }
}

function unnamed(name: string, naming: readonly string[]): ListSource<User> {
  const none = naming.map((rows) => `not exists (${rows})`).join(' and ')
  return {
    name,
    base: `select id, username, email, display_name as "displayName", enabled, ldap_authority as "ldapAuthority",
        ldap_dn as "ldapDn"
      from app_user where organisation_id = $1 and ${none}`,
    own: {
      id: 'base.id',
      username: 'base.username',
      email: 'base.email',
      displayName: 'base."displayName"',
      enabled: 'base.enabled',
    },
    sortedBy: { email: 'lower(base.email)', displayName: 'lower(base."displayName")' },
    select: '*',
    tieBreak: 'id',
  }
}
