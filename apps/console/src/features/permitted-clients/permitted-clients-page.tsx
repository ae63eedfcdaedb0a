import { Badge, Button, Text } from '@mantine/core'
import type { CompanyClient } from '@portreeve/client'
import { Link } from 'react-router'
import { useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { useAddress } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { useCompany } from './use-company.ts'

const COLUMNS: readonly Column<CompanyClient>[] = [
  { id: 'name', header: 'App', cell: ({ name }) => name },
  { id: 'state', header: 'State', cell: ({ isPermitted }) => <PermittedState isPermitted={isPermitted} /> },
  { id: 'users', header: 'Users', visibleFrom: 'sm', cell: ({ use }) => use.users.toLocaleString('en') },
  { id: 'first', header: 'First used', visibleFrom: 'md', cell: ({ use }) => <RelativeTime at={use.firstUsedAt} /> },
  { id: 'last', header: 'Last used', visibleFrom: 'md', cell: ({ use }) => <RelativeTime at={use.lastUsedAt} /> },
]
const CHANGE: Column<CompanyClient> = {
  id: 'change',
  header: 'Change',
  cell: (client) => <SwitchPermitted client={client} />,
}

/** The apps that are available to the organisation, and those of them that it lets in. */
export function PermittedClientsPage() {
  const company = useCompany()
  const address = useAddress()
  const mayChange = holdsAny(useSession(), 'allow_modify_clients')
  const requests = (
    <Button component={Link} variant="default" to={address('permitted-clients/requests')}>
      Requests
    </Button>
  )
  return (
    <Page title="Permitted apps" actions={requests}>
      <Text size="sm">An app that is not permitted is refused for everybody of the organisation.</Text>
      <DataTable<CompanyClient>
        label="apps"
        queryKey={['permitted-clients', company]}
        load={(client, request) => client.companyClients.page(company, request)}
        columns={mayChange ? [...COLUMNS, CHANGE] : COLUMNS}
        keyOf={({ clientId }) => clientId}
        nameOf={({ name }) => name}
        empty={{
          title: 'No app is available to the organisation.',
          hint: 'A superadmin makes apps available; those can be permitted here.',
        }}
      />
    </Page>
  )
}

function PermittedState({ isPermitted }: { readonly isPermitted: boolean }) {
  return (
    <Badge miw="max-content" variant="light" color={isPermitted ? 'green' : 'gray'}>
      {isPermitted ? 'Permitted' : 'Not permitted'}
    </Badge>
  )
}

function SwitchPermitted({ client: { clientId, name, isPermitted, use } }: { readonly client: CompanyClient }) {
  const company = useCompany()
  const common = { outdates: [['permitted-clients'], ['overview']], button: { size: 'compact-sm' } } as const
  if (isPermitted) {
    return (
      <ConfirmAction
        {...common}
        label="Withdraw…"
        title={`Withdraw ${name}?`}
        effect={`${name} is refused at once for everybody of the organisation. ${comeWith(use.users)} What they did with it stays, and permitting it again lets them in again.`}
        confirm="Withdraw"
        done={`${name} is not permitted any more.`}
        act={(server) => server.companyClients.setPermitted(company, clientId, false)}
      />
    )
  }
  return (
    <ConfirmAction
      {...common}
      label="Permit…"
      title={`Permit ${name}?`}
      effect={`Everybody of the organisation can use ${name}, with the rights they have themselves. Requests for it are granted.`}
      confirm="Permit"
      isDangerous={false}
      done={`${name} is permitted.`}
      act={(server) => server.companyClients.setPermitted(company, clientId, true)}
    />
  )
}

function comeWith(users: number): string {
  if (users === 0) return 'Nobody has come with it so far.'
  return users === 1 ? '1 user has come with it.' : `${users.toLocaleString('en')} users have come with it.`
}
