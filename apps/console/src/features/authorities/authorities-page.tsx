import { Button } from '@mantine/core'
import type { LdapAuthority } from '@portreeve/client'
import { Link } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

const COLUMNS: readonly Column<LdapAuthority>[] = [
  {
    id: 'name',
    header: 'Name',
    isSortable: true,
    cell: ({ id, name }) => <ConsoleLink to={`authorities/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'url', header: 'Address', isSortable: true, cell: ({ url }) => url },
  { id: 'userBase', header: 'User base', isSortable: true, visibleFrom: 'sm', cell: ({ userBase }) => userBase },
]

/** The directories that the organisation knows. */
export function AuthoritiesPage() {
  const address = useAddress()
  const create = holdsAny(useSession(), 'allow_modify_settings') && (
    <Button component={Link} to={address('authorities/new')}>
      New LDAP authority
    </Button>
  )
  return (
    <Page title="LDAP authorities" actions={create}>
      <DataTable<LdapAuthority>
        label="LDAP authorities"
        queryKey={['authorities']}
        load={(client, request) => client.ldapAuthorities.page(request)}
        columns={COLUMNS}
        keyOf={({ id }) => id}
        nameOf={({ name }) => name}
        sort="name"
        search={{ name: 'Name', url: 'Address', userBase: 'User base' }}
        empty={{
          title: 'No directory is known.',
          hint: 'Once one is, its people can sign in with their password there, and teams can take their members from it.',
          action: create,
        }}
      />
    </Page>
  )
}
