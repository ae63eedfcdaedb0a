import { Group, Paper, Progress, Skeleton, Stack, Text, Title } from '@mantine/core'
import { type DirectorySync, type PortreeveClient, PortreeveError } from '@portreeve/client'
import { useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { standingOf, textOfSync } from './sync-text.ts'

const ASK_EVERY_MS = 1000

/** What became of the last sync of a team, and how far its change is. */
export function LastSync({ teamId }: { readonly teamId: string }) {
  const last = useResource(['authorities', 'sync', teamId], (client) => lastSync(client, teamId))
  if (last.isPending) return <Skeleton height={80} />
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Last synchronisation
      </Title>
      <ErrorNotice error={last.error} onRetry={() => void last.refetch()} />
      {last.data === null && <Text size="sm">There was none yet.</Text>}
      {last.data && <SyncResult sync={last.data} />}
    </Stack>
  )
}

/** Null while there was none. */
async function lastSync(client: PortreeveClient, teamId: string): Promise<DirectorySync | null> {
  try {
    return await client.directorySyncs.last(teamId)
  } catch (error) {
    if (error instanceof PortreeveError && error.code === 'sync.never') return null
    throw error
  }
}

function SyncResult({ sync }: { readonly sync: DirectorySync }) {
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Text size="sm" component="div" className="long-text">
          <RelativeTime at={sync.finishedAt} />: {textOfSync(sync)}
        </Text>
        {sync.taskId !== undefined && <SyncTask taskId={sync.taskId} />}
      </Stack>
    </Paper>
  )
}

function SyncTask({ taskId }: { readonly taskId: string }) {
  const task = useResource(['tasks', taskId], (client) => client.tasks.get(taskId), {
    everyMs: (last) => !(last && standingOf(last).hasEnded) && ASK_EVERY_MS,
  })
  if (!task.data) return <ErrorNotice error={task.error} onRetry={() => void task.refetch()} />
  const { percent, text, hasEnded, hasFailed } = standingOf(task.data)
  return (
    <>
      <Progress value={percent} aria-label="How far the change is" color={hasFailed ? 'red' : 'blue'} />
      <Group gap="xs">
        <Text size="sm" role="status">
          {text}
        </Text>
        {!hasEnded && (
          <Text size="sm">
            <ConsoleLink to="enforcement">What waits</ConsoleLink>
          </Text>
        )}
      </Group>
    </>
  )
}
