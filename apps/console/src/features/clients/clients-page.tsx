import { Badge, Button } from '@mantine/core'
import type { ClientApplication } from '@portreeve/client'
import { Link } from 'react-router'
import { ConsoleLink, useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { keepsSecret } from './client-kind.ts'

const COLUMNS: readonly Column<ClientApplication>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ client_id: id, client_name: name }) => <ConsoleLink to={`clients/${id}`}>{name}</ConsoleLink>,
  },
  { id: 'state', header: 'State', cell: ({ enabled }) => <ClientState isEnabled={enabled} /> },
  {
    id: 'secret',
    header: 'Secret',
    visibleFrom: 'sm',
    cell: (client) => (keepsSecret(client) ? 'Keeps one' : 'Public client'),
  },
  {
    id: 'made',
    header: 'Made',
    visibleFrom: 'sm',
    cell: ({ client_id_issued_at: at }) => <RelativeTime at={new Date(at * 1000).toISOString()} />,
  },
]

/** Every client application of the installation. */
export function ClientsPage() {
  const address = useAddress()
  const create = (
    <Button component={Link} to={address('clients/new')}>
      New client application
    </Button>
  )
  return (
    <Page title="Client applications" actions={create}>
      <DataTable<ClientApplication>
        label="client applications"
        queryKey={['clients']}
        load={(client, request) => client.clientApplications.page(request)}
        columns={COLUMNS}
        keyOf={({ client_id: id }) => id}
        nameOf={({ client_name: name }) => name}
        empty={{
          title: 'There are no client applications yet.',
          hint: 'Make one, make it available to organisations, and let them permit it.',
          action: create,
        }}
      />
    </Page>
  )
}

export function ClientState({ isEnabled }: { readonly isEnabled: boolean }) {
  return (
    <Badge miw="max-content" variant="light" color={isEnabled ? 'green' : 'gray'}>
      {isEnabled ? 'Enabled' : 'Disabled for everyone'}
    </Badge>
  )
}
