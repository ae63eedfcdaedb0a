import { Badge, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import type { BulkJob, PageRequest, PortreeveClient } from '@portreeve/client'
import { useChange, useResource } from './api.tsx'
import { DataTable } from './data-table.tsx'
import { ErrorNotice } from './error-notice.tsx'

const ASK_EVERY_MS = 1000

export interface JobProgressProps {
  /** Of the job; keep it in the address, so that it survives a reload. */
  readonly jobId: string
  /** What its items are: `connectors`. */
  readonly itemLabel: string
  /** After a retry, which is a job of its own. */
  onRetried(jobId: string): void
}

/** How far long work is, what became of each item once it has ended, and once more for what failed. */
export function JobProgress({ jobId, itemLabel, onRetried }: JobProgressProps) {
  const job = useJob(jobId)
  const retry = useChange<void, BulkJob>({
    act: (client) => client.bulkJobs.retry(jobId),
    outdates: [['jobs']],
    onDone: (next) => onRetried(next.bulk_id),
  })
  if (!job.data) return <ErrorNotice error={job.error} onRetry={() => void job.refetch()} />
  const { status, total, done, changed, failed, dry_run: isDryRun, message } = job.data
  const hasEnded = status !== 'InProgress'
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{isDryRun ? 'What would happen' : 'What is being done'}</Text>
          <Badge color={colorOf(job.data)} variant="light">
            {hasEnded ? endOf(job.data) : 'In progress'}
          </Badge>
        </Group>
        <Progress value={total === 0 ? 100 : (done / total) * 100} aria-label={`${done} of ${total} ${itemLabel}`} />
        <Text size="sm" role="status">
          {done.toLocaleString('en')} of {total.toLocaleString('en')} {itemLabel}: {changed.toLocaleString('en')}{' '}
          {isDryRun ? 'would change' : 'changed'}, {failed.toLocaleString('en')} failed
        </Text>
        {message !== undefined && <Text size="sm">{message}</Text>}
        <ErrorNotice error={retry.error} />
        {hasEnded && failed > 0 && !isDryRun && (
          <Group>
            <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
              Retry the {failed.toLocaleString('en')} that failed
            </Button>
          </Group>
        )}
        {hasEnded && <JobResults jobId={jobId} />}
      </Stack>
    </Paper>
  )
}

function useJob(jobId: string) {
  const first = useResource(['jobs', jobId], (client) => client.bulkJobs.get(jobId))
  const isRunning = first.data?.status === 'InProgress'
  const again = useResource(['jobs', jobId, 'running'], (client) => client.bulkJobs.get(jobId), {
    enabled: isRunning,
    everyMs: ASK_EVERY_MS,
  })
  return { ...first, data: again.data ?? first.data }
}

function colorOf({ status, failed }: BulkJob): string {
  if (status === 'Error') return 'red'
  return failed > 0 ? 'orange' : 'blue'
}

function endOf({ status, failed }: BulkJob): string {
  if (status === 'Error') return 'Could not go on'
  return failed > 0 ? 'Ended, some failed' : 'Ended'
}

function JobResults({ jobId }: { readonly jobId: string }) {
  return (
    <DataTable
      label="results"
      prefix="result-"
      queryKey={['jobs', jobId, 'results']}
      load={(client: PortreeveClient, request: PageRequest) => client.bulkJobs.pageOfResults(jobId, request)}
      keyOf={(result) => String(result.item_id)}
      nameOf={(result) => String(result.item_id)}
      filters={[{ name: 'outcome', label: 'Outcome', options: OUTCOMES }]}
      columns={[
        { id: 'item', header: 'Id', cell: (result) => result.item_id },
        { id: 'outcome', header: 'Outcome', cell: (result) => result.outcome },
        { id: 'message', header: 'Why', cell: (result) => result.message ?? '' },
      ]}
      empty={{ title: 'Nothing to tell of single items.' }}
    />
  )
}

const OUTCOMES = ['changed', 'unchanged', 'deleted', 'failed'].map((value) => ({ value, label: value }))
