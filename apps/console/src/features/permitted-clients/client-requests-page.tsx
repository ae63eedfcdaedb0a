import { Group, Text } from '@mantine/core'
import type { ClientRequest } from '@portreeve/client'
import { useSession } from '../../parts/api.tsx'
import { ConfirmAction } from '../../parts/confirm-action.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { useCompany } from './use-company.ts'

const COLUMNS: readonly Column<ClientRequest>[] = [
  { id: 'name', header: 'App', cell: ({ name }) => name },
  {
    id: 'user',
    header: 'Asked for by',
    cell: ({ userId, username }) => <ConsoleLink to={`users/${userId}`}>{username}</ConsoleLink>,
  },
  { id: 'reason', header: 'Reason', visibleFrom: 'sm', cell: ({ reason }) => reason },
  { id: 'at', header: 'Asked', visibleFrom: 'md', cell: ({ requestedAt }) => <RelativeTime at={requestedAt} /> },
]
const DECISION: Column<ClientRequest> = {
  id: 'decision',
  header: 'Decide',
  cell: (request) => <Decide request={request} />,
}

/** What users who were stopped ask to be permitted. */
export function ClientRequestsPage() {
  const company = useCompany()
  const mayDecide = holdsAny(useSession(), 'allow_modify_clients')
  return (
    <Page title="Requests for apps" crumbs={[{ title: 'Permitted apps', to: 'permitted-clients' }]}>
      <DataTable<ClientRequest>
        label="requests"
        queryKey={['permitted-clients', company, 'requests']}
        load={(client, request) => client.companyClients.pageOfRequests(company, request)}
        columns={mayDecide ? [...COLUMNS, DECISION] : COLUMNS}
        keyOf={({ clientId, userId }) => `${clientId} ${userId}`}
        nameOf={({ name, username }) => `${name} for ${username}`}
        empty={{
          title: 'Nobody asks for an app.',
          hint: 'Whoever is stopped because an app is not permitted can ask for it there and then.',
        }}
      />
    </Page>
  )
}

function Decide({ request }: { readonly request: ClientRequest }) {
  const company = useCompany()
  const { name, username, canPermit, reason } = request
  const common = { outdates: [['permitted-clients'], ['overview']], button: { size: 'compact-sm' } } as const
  const said = reason === undefined ? '' : `${username} says: “${reason}” `
  return (
    <Group gap="xs" wrap="nowrap">
      {canPermit ? (
        <ConfirmAction
          {...common}
          label="Permit…"
          title={`Permit ${name}?`}
          effect={`${said}Everybody of the organisation can use ${name} then, and all requests for it are granted.`}
          confirm="Permit"
          isDangerous={false}
          done={`${name} is permitted.`}
          act={(client) => client.companyClients.permitRequest(company, request)}
        />
      ) : (
        <Text size="sm" c="dimmed">
          Not available
        </Text>
      )}
      <ConfirmAction
        {...common}
        label="Decline…"
        title={`Decline ${name} for ${username}?`}
        effect={`${said}The request goes from the list. ${username} is still refused with ${name}, and can ask again.`}
        confirm="Decline"
        done={`The request of ${username} is declined.`}
        act={(client) => client.companyClients.declineRequest(company, request)}
      />
    </Group>
  )
}
