import { Badge, Button } from '@mantine/core'
import type { User } from '@portreeve/client'
import { Link } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { ChosenUsers } from './chosen-users.tsx'
import { toListRequest } from './user-filter.ts'

const COLUMNS: readonly Column<User>[] = [
  {
    id: 'username',
    header: 'Username',
    isSortable: true,
    cell: ({ id, username }) => <ConsoleLink to={`users/${id}`}>{username}</ConsoleLink>,
  },
  { id: 'displayName', header: 'Name', isSortable: true, visibleFrom: 'sm', cell: ({ displayName }) => displayName },
  { id: 'email', header: 'Email', isSortable: true, visibleFrom: 'md', cell: ({ email }) => email },
  { id: 'enabled', header: 'State', isSortable: true, cell: ({ enabled }) => <UserState isEnabled={enabled} /> },
]

const ROLES = [
  { value: 'user', label: 'User' },
  { value: 'admin', label: 'Admin' },
  { value: 'superadmin', label: 'Superadmin' },
]

const STATES = [
  { value: 'true', label: 'Enabled' },
  { value: 'false', label: 'Disabled' },
]

/** Everybody of the organisation. */
export function UsersPage() {
  const session = useSession()
  const mayCreate = holdsAny(session, 'allow_modify_users')
  const maySwitch = holdsAny(session, 'allow_modify_users', 'allow_modify_admins')
  const address = useAddress()
  const create = mayCreate && (
    <Button component={Link} to={address('users/new')}>
      New user
    </Button>
  )
  return (
    <Page title="Users" actions={create}>
      <DataTable<User>
        label="users"
        queryKey={['users']}
        load={(client, request) => client.users.page(toListRequest(request))}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ username }) => username}
        sort="username"
        search={{ search: 'Username, name or email' }}
        filters={[
          { name: 'role', label: 'Role', options: ROLES },
          { name: 'enabled', label: 'State', options: STATES },
        ]}
        empty={{
          title: 'There are no users yet.',
          hint: 'Create them one by one, or let a team take its members from your directory.',
          action: create,
        }}
        {...(maySwitch && { actions: (selection, { request }) => <ChosenUsers {...{ selection, request }} /> })}
      />
    </Page>
  )
}

export function UserState({ isEnabled }: { readonly isEnabled: boolean }) {
  return (
    <Badge variant="light" color={isEnabled ? 'green' : 'gray'}>
      {isEnabled ? 'Enabled' : 'Disabled'}
    </Badge>
  )
}
