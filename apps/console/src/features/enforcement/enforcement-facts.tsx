import { Badge, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { EnforcementStatus } from '@portreeve/client'
import type { ReactNode } from 'react'
import { counted } from '../../parts/counted.ts'
import { RelativeTime } from '../../parts/relative-time.tsx'

/** Where the model and the files made from it stand. */
export function EnforcementFacts({ status }: { readonly status: EnforcementStatus }) {
  const { pendingRevision, targetRevision, enforcedRevision } = status
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <Fact label="Decided" value={pendingRevision}>
          Teams and rules, with every change.
        </Fact>
        <Fact label="Applied" value={targetRevision}>
          What files are made from.
        </Fact>
        <Fact label="Enforced" value={enforcedRevision}>
          What Subversion obeys.
        </Fact>
      </SimpleGrid>
      <Group gap="xs">
        <StateBadge status={status} />
        <Text size="sm">
          <Waiting status={status} /> <Schedule status={status} />
        </Text>
      </Group>
    </Stack>
  )
}

interface FactProps {
  readonly label: string
  readonly value: number
  readonly children: ReactNode
}

function Fact({ label, value, children }: FactProps) {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text size="xl" fw={600}>
        Revision {value.toLocaleString('en')}
      </Text>
      <Text size="sm">{children}</Text>
    </Paper>
  )
}

function StateBadge({ status }: { readonly status: EnforcementStatus }) {
  const { pendingRevision, targetRevision, enforcedRevision } = status
  if (targetRevision < pendingRevision)
    return (
      <Badge variant="light" color="orange">
        Waits to be applied
      </Badge>
    )
  if (enforcedRevision < targetRevision)
    return (
      <Badge variant="light" color="blue">
        Files are being made
      </Badge>
    )
  return (
    <Badge variant="light" color="green">
      All is enforced
    </Badge>
  )
}

function Waiting({
  status: { waitingChanges, waitingRepositories, waitingSince },
}: {
  readonly status: EnforcementStatus
}) {
  if (waitingChanges === 0) return 'Nothing waits.'
  return (
    <>
      {counted(waitingChanges, 'change')} for {counted(waitingRepositories, 'repository', 'repositories')}, the oldest
      made <RelativeTime at={waitingSince ?? undefined} never="just now" />.
    </>
  )
}

function Schedule({ status }: { readonly status: EnforcementStatus }) {
  const { batchedUpdates, nextEnforcementAt } = status
  if (!batchedUpdates) return 'Changes are applied at once.'
  if (!nextEnforcementAt) return 'Changes wait until somebody applies them.'
  return (
    <>
      Changes are applied by schedule, next <RelativeTime at={nextEnforcementAt} />, or by hand.
    </>
  )
}
