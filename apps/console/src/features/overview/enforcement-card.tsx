import { Text } from '@mantine/core'
import type { EnforcementStatus, WaitingChange } from '@portreeve/client'
import { useResource } from '../../parts/api.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { OverviewCard } from './overview-card.tsx'

const ASK_EVERY_MS = 15_000
const OLDEST_FIRST = { page: 1, pageSize: 1, sort: 'revision', descending: false }

/** What of teams and rules is decided and not enforced. */
export function EnforcementCard() {
  const status = useResource(
    ['overview', 'enforcement'],
    async (client, signal) => {
      const [told, { items }] = await Promise.all([
        client.enforcement.getStatus(),
        client.enforcement.pageOfChanges({ ...OLDEST_FIRST, signal }),
      ])
      return { told, oldest: items[0] }
    },
    { everyMs: ASK_EVERY_MS },
  )
  return (
    <OverviewCard
      title="Enforcement"
      isPending={status.isPending}
      error={status.error}
      onRetry={() => void status.refetch()}
    >
      {status.data && <Waiting status={status.data.told} oldest={status.data.oldest} />}
      <Text size="sm">
        <ConsoleLink to="enforcement">Go to enforcement</ConsoleLink>
      </Text>
    </OverviewCard>
  )
}

interface WaitingProps {
  readonly status: EnforcementStatus
  readonly oldest: WaitingChange | undefined
}

function Waiting({
  status: { waitingChanges, enforcedRevision, targetRevision, pendingRevision },
  oldest,
}: WaitingProps) {
  if (waitingChanges === 0) return <Text>Nothing waits: Subversion obeys revision {enforcedRevision}.</Text>
  return (
    <>
      <Text>
        {waitingChanges.toLocaleString('en')} {waitingChanges === 1 ? 'change waits' : 'changes wait'}{' '}
        {targetRevision < pendingRevision ? 'to be applied.' : 'for their files to be made.'}
      </Text>
      {oldest && (
        <Text size="sm" c="dimmed" className="long-text">
          The oldest is by {oldest.submittedBy}, <RelativeTime at={oldest.submittedAt} />: {oldest.summary}
        </Text>
      )}
    </>
  )
}
