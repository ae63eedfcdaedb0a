import { Badge, Button } from '@mantine/core'
import type { Organisation } from '@portreeve/client'
import { Link } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'

const COLUMNS: readonly Column<Organisation>[] = [
  { id: 'organisation_id', header: 'Id', isSortable: true, cell: (organisation) => organisation.organisation_id },
  {
    id: 'name',
    header: 'Name',
    isSortable: true,
    cell: ({ organisation_id: id, name }) => <ConsoleLink to={`organisations/${id}`}>{name}</ConsoleLink>,
  },
  {
    id: 'enabled',
    header: 'State',
    cell: ({ enabled }) => <OrganisationState isEnabled={enabled} />,
  },
  {
    id: 'created_at',
    header: 'Made',
    isSortable: true,
    visibleFrom: 'sm',
    cell: (organisation) => <RelativeTime at={organisation.created_at} />,
  },
]

/** All organisations; a superadmin chooses here in which to act. */
export function OrganisationsPage() {
  const address = useAddress()
  const create = holdsAny(useSession(), 'allow_modify_settings') && (
    <Button component={Link} to={address('organisations/new')}>
      New organisation
    </Button>
  )
  return (
    <Page title="Organisations" actions={create}>
      <DataTable<Organisation>
        label="organisations"
        queryKey={['organisations']}
        load={(client, request) => client.organisations.page(request)}
        columns={COLUMNS}
        keyOf={(organisation) => String(organisation.organisation_id)}
        nameOf={({ name }) => name}
        sort="name"
        search={{ search: 'Name' }}
        empty={{ title: 'There are no organisations.', action: create }}
      />
    </Page>
  )
}

export function OrganisationState({ isEnabled }: { readonly isEnabled: boolean }) {
  return (
    <Badge variant="light" color={isEnabled ? 'green' : 'gray'}>
      {isEnabled ? 'Enabled' : 'Disabled'}
    </Badge>
  )
}
