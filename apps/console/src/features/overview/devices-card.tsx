import { Group, Stack, Text } from '@mantine/core'
import { useResource } from '../../parts/api.tsx'
import { OverviewCard } from './overview-card.tsx'

const STATES = [
  ['Enabled', 'let in'],
  ['Pending', 'waiting to be let in'],
  ['Disabled', 'shut out'],
  ['Wipe', 'ordered to wipe'],
  ['Wiped', 'wiped'],
] as const

/** How many installations and logins of client applications there are, by state. */
export function DevicesCard() {
  const counts = useResource(['overview', 'devices'], async (client) =>
    Promise.all(
      STATES.map(async ([state, meaning]) => ({
        state,
        meaning,
        count: await client.connectors.count({ connector_state: state }),
      })),
    ),
  )
  return (
    <OverviewCard
      title="Devices"
      isPending={counts.isPending}
      error={counts.error}
      onRetry={() => void counts.refetch()}
    >
      <Stack gap={4}>
        {counts.data?.map(({ state, meaning, count }) => (
          <Group key={state} gap="xs">
            <Text fw={600} miw="3rem" ta="end">
              {count.toLocaleString('en')}
            </Text>
            <Text size="sm">{meaning}</Text>
          </Group>
        ))}
      </Stack>
    </OverviewCard>
  )
}
