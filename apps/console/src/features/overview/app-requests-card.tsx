import { List, Text } from '@mantine/core'
import { useOrganisation, useResource, useSession } from '../../parts/api.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { OverviewCard } from './overview-card.tsx'

const SHOWN = { page: 1, pageSize: 3 }

/** Which apps users were stopped with and ask for, the oldest request first. */
export function AppRequestsCard() {
  const { organisation_id: own } = useSession()
  const company = useOrganisation() ?? own
  const requests = useResource(['overview', 'app-requests', company], (client, signal) =>
    client.companyClients.pageOfRequests(company, { ...SHOWN, signal }),
  )
  const { items, total } = requests.data ?? { items: [], total: 0 }
  return (
    <OverviewCard
      title="Apps asking to be permitted"
      isPending={requests.isPending}
      error={requests.error}
      onRetry={() => void requests.refetch()}
    >
      {requests.data && (
        <Text>{total === 0 ? 'Nobody asks for an app.' : `${total.toLocaleString('en')} to be decided.`}</Text>
      )}
      {items.length > 0 && (
        <List size="sm" className="long-text">
          {items.map(({ clientId, userId, name, username, requestedAt }) => (
            <List.Item key={`${clientId} ${userId}`}>
              {name}, for {username}, <RelativeTime at={requestedAt} />
            </List.Item>
          ))}
        </List>
      )}
      <Text size="sm">
        <ConsoleLink to="permitted-clients/requests">Go to the requests</ConsoleLink>
      </Text>
    </OverviewCard>
  )
}
