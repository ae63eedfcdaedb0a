import { Badge, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import type { BulkJob, BulkResult } from '@portreeve/client'
import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { useChange, useResource } from './api.tsx'
import { ErrorNotice } from './error-notice.tsx'
import { DataTable } from './table/data-table.tsx'
import type { Column } from './table/table-columns.ts'

const ASK_EVERY_MS = 1000

export interface JobProgressProps {
  /** Of the job; keep it in the address, so that it survives a reload. */
  readonly jobId: string
  /** What its items are: `connectors`. */
  readonly itemLabel: string
  itemCell(result: BulkResult): ReactNode
  /** What reads the work makes old, by the beginnings of their keys. */
  readonly outdates: readonly QueryKey[]
  /** After a retry, which is a job of its own. */
  onRetried(jobId: string): void
}

/** How far long work is, what became of each item once it has ended, and once more for what failed. */
export function JobProgress(props: JobProgressProps) {
  const { jobId, itemLabel } = props
  const job = useResource(['jobs', jobId], (client) => client.bulkJobs.get(jobId), {
    everyMs: (last) => (last === undefined || last.status === 'InProgress') && ASK_EVERY_MS,
  })
  const hasEnded = job.data !== undefined && job.data.status !== 'InProgress'
  useOutdating(props.outdates, hasEnded)
  if (!job.data) return <ErrorNotice error={job.error} onRetry={() => void job.refetch()} />
  const { total, done, changed, failed, dry_run: isDryRun, message } = job.data
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{isDryRun ? 'What would happen' : 'What is being done'}</Text>
          <JobState job={job.data} />
        </Group>
        <Progress value={total === 0 ? 100 : (done / total) * 100} aria-label={`${done} of ${total} ${itemLabel}`} />
        <Text size="sm" role="status">
          {done.toLocaleString('en')} of {total.toLocaleString('en')} {itemLabel}: {changed.toLocaleString('en')}{' '}
          {isDryRun ? 'would change' : 'changed'}, {failed.toLocaleString('en')} {isDryRun ? 'would fail' : 'failed'}
        </Text>
        {message !== undefined && <Text size="sm">{message}</Text>}
        {hasEnded && failed > 0 && !isDryRun && <RetryButton {...props} failed={failed} />}
        {hasEnded && <JobResults {...props} isDryRun={isDryRun} />}
      </Stack>
    </Paper>
  )
}

/** Once it has ended: what was read before is not as it is now. */
function useOutdating(keys: readonly QueryKey[], hasEnded: boolean): void {
  const queries = useQueryClient()
  const written = JSON.stringify(keys)
  useEffect(() => {
    if (!hasEnded) return
    for (const queryKey of JSON.parse(written) as QueryKey[]) void queries.invalidateQueries({ queryKey })
  }, [queries, written, hasEnded])
}

function RetryButton({ jobId, onRetried, failed }: JobProgressProps & { readonly failed: number }) {
  const retry = useChange<void, BulkJob>({
    act: (client) => client.bulkJobs.retry(jobId),
    outdates: [['jobs', 'bulk'], ['overview']],
    onDone: (next) => onRetried(next.bulk_id),
  })
  return (
    <>
      <ErrorNotice error={retry.error} />
      <Group>
        <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate()}>
          Retry the {failed.toLocaleString('en')} that failed
        </Button>
      </Group>
    </>
  )
}

/** Where a job stands, in a word or two. */
export function JobState({ job }: { readonly job: BulkJob }) {
  return (
    <Badge miw="max-content" variant="light" color={colorOf(job)}>
      {endOf(job)}
    </Badge>
  )
}

function colorOf({ status, failed }: BulkJob): string {
  if (status === 'Error') return 'red'
  return failed > 0 ? 'orange' : 'blue'
}

function endOf({ status, failed }: BulkJob): string {
  if (status === 'InProgress') return 'In progress'
  if (status === 'Error') return 'Could not go on'
  return failed > 0 ? 'Ended, some failed' : 'Ended'
}

type Outcome = BulkResult['outcome']

/** What was done to an item, and what a dry run would do to it. */
const OUTCOMES: Readonly<Record<Outcome, { readonly done: string; readonly tried: string }>> = {
  changed: { done: 'changed', tried: 'would change' },
  unchanged: { done: 'unchanged', tried: 'would stay as it is' },
  deleted: { done: 'deleted', tried: 'would be deleted' },
  failed: { done: 'failed', tried: 'would fail' },
}

function JobResults({ jobId, itemCell, isDryRun }: JobProgressProps & { readonly isDryRun: boolean }) {
  const textOf = (outcome: Outcome) => OUTCOMES[outcome][isDryRun ? 'tried' : 'done']
  const options = (Object.keys(OUTCOMES) as Outcome[]).map((value) => ({ value, label: textOf(value) }))
  const columns: readonly Column<BulkResult>[] = [
    { id: 'item', header: 'Which', cell: itemCell },
    { id: 'outcome', header: 'Outcome', cell: ({ outcome }) => textOf(outcome) },
    { id: 'message', header: 'Why', cell: ({ message }) => message },
  ]
  return (
    <DataTable<BulkResult>
      label="results"
      prefix="result-"
      queryKey={['jobs', jobId, 'results']}
      load={(client, request) => client.bulkJobs.pageOfResults(jobId, request)}
      keyOf={({ item_id }) => String(item_id)}
      nameOf={({ item_id, entity_name = String(item_id) }) => entity_name}
      filters={[{ name: 'outcome', label: 'Outcome', options }]}
      columns={columns}
      empty={{ title: 'Nothing to tell of single items.' }}
    />
  )
}
