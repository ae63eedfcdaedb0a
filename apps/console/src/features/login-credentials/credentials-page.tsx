import { Button } from '@mantine/core'
import type { LoginCredential } from '@portreeve/client'
import { Link } from 'react-router'
import { FIRST_LETTER } from '../../parts/entries/first-letter-filter.ts'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { PasswordState } from './password-state.tsx'

const COLUMNS: readonly Column<LoginCredential>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ id, name }) => <ConsoleLink to={`login-credentials/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'username', header: 'Username', cell: ({ username }) => username },
  {
    id: 'password',
    header: 'Password',
    visibleFrom: 'sm',
    cell: (credential) => <PasswordState credential={credential} />,
  },
  { id: 'status', header: 'Status', visibleFrom: 'md', cell: ({ status }) => status },
]

const STALE = { name: 'stale', label: 'Password', options: [{ value: 'true', label: 'Due for a change' }] }

/** The login credentials of the organisation. */
export function CredentialsPage() {
  const address = useAddress()
  const create = (
    <Button component={Link} to={address('login-credentials/new')}>
      New login credentials
    </Button>
  )
  return (
    <Page title="Login credentials" actions={create}>
      <DataTable<LoginCredential>
        label="login credentials"
        queryKey={['login-credentials']}
        load={(client, request) => client.loginCredentials.page(request)}
        columns={COLUMNS}
        keyOf={({ id }) => String(id)}
        nameOf={({ name }) => name}
        search={{ q: 'Words' }}
        filters={[FIRST_LETTER, STALE]}
        empty={{
          title: 'There are no login credentials yet.',
          hint: 'They are accounts for data sources. Who gets a password is decided by the data sources they are linked to.',
          action: create,
        }}
      />
    </Page>
  )
}
