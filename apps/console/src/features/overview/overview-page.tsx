import { SimpleGrid, Text } from '@mantine/core'
import { useSession } from '../../parts/api.tsx'
import { Page } from '../../parts/page/page.tsx'
import { holdsAny } from '../../parts/rights.ts'
import { AppRequestsCard } from './app-requests-card.tsx'
import { DevicesCard } from './devices-card.tsx'
import { EnforcementCard } from './enforcement-card.tsx'
import { FailingJobsCard } from './failing-jobs-card.tsx'
import { StaleCredentialsCard } from './stale-credentials-card.tsx'

/** What who is signed in has before them. */
export function OverviewPage() {
  const session = useSession()
  return (
    <Page title="Overview">
      <Text>
        You are signed in as <strong>{session.username}</strong>. Choose an area, or press Ctrl+K and type what you look
        for.
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {holdsAny(session, 'allow_modify_teams', 'allow_view_users') && <EnforcementCard />}
        {holdsAny(session, 'allow_view_users', 'allow_modify_users') && <DevicesCard />}
        {session.role !== 'user' && <AppRequestsCard />}
        {session.role !== 'user' && <FailingJobsCard />}
        {holdsAny(session, 'allow_modify_datasources') && <StaleCredentialsCard />}
      </SimpleGrid>
    </Page>
  )
}
