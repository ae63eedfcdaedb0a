import { Text } from '@mantine/core'
import { useResource } from '../../parts/api.tsx'
import { counted } from '../../parts/counted.ts'
import { ConsoleLink } from '../../parts/link.tsx'
import { OverviewCard } from './overview-card.tsx'

const COUNT_ALONE = { page: 1, pageSize: 1, filter: { stale: 'true' } }

/** How many stored passwords are older than the settings want them to be. */
export function StaleCredentialsCard() {
  const stale = useResource(['overview', 'stale-credentials'], (client, signal) =>
    client.loginCredentials.page({ ...COUNT_ALONE, signal }),
  )
  return (
    <OverviewCard
      title="Stale login credentials"
      isPending={stale.isPending}
      error={stale.error}
      onRetry={() => void stale.refetch()}
    >
      {stale.data && <Stale count={stale.data.total} />}
      <Text size="sm">
        <ConsoleLink to="login-credentials">Go to login credentials</ConsoleLink>
      </Text>
    </OverviewCard>
  )
}

function Stale({ count }: { readonly count: number }) {
  if (count === 0) return <Text>No stored password is older than the settings want it to be.</Text>
  return (
    <Text>
      <ConsoleLink to="login-credentials?stale=true">{counted(count, 'stored password')}</ConsoleLink>{' '}
      {count === 1 ? 'is' : 'are'} due for a change, at the database and here.
    </Text>
  )
}
