import { Stack, Text, Title } from '@mantine/core'
import type { BulkJob } from '@portreeve/client'
import { JobState } from '../../parts/job-progress.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import type { Column } from '../../parts/table/table-columns.ts'
import { bulkKindText } from './bulk-kind.ts'

const ASK_EVERY_MS = 5000
const FAILING = [{ value: 'true', label: 'Failed, or in part' }]

const COLUMNS: readonly Column<BulkJob>[] = [
  {
    id: 'work',
    header: 'Work',
    cell: ({ bulk_id: id, kind, dry_run: isDryRun }) => (
      <>
        <ConsoleLink to={`jobs/bulk/${id}`}>{bulkKindText(kind).title}</ConsoleLink>
        {isDryRun && ' (dry run)'}
      </>
    ),
  },
  { id: 'state', header: 'State', cell: (job) => <JobState job={job} /> },
  {
    id: 'progress',
    header: 'Done',
    visibleFrom: 'xs',
    cell: ({ done, total }) => `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  },
  { id: 'failed', header: 'Failed', visibleFrom: 'sm', cell: ({ failed }) => failed.toLocaleString('en') },
  { id: 'by', header: 'By', visibleFrom: 'sm', cell: ({ ordered_by_username: name }) => name },
  { id: 'at', header: 'Begun', visibleFrom: 'xs', cell: ({ started_at: at }) => <RelativeTime at={at} /> },
]

/** Work over many things at once. */
export function BulkJobsSection() {
  return (
    <Stack gap="xs" component="section" aria-label="Jobs over many things">
      <Title order={2} size="h4">
        Jobs over many things
      </Title>
      <Text size="sm">Those of the last 30 days. What failed in one can be done again on its page.</Text>
      <DataTable<BulkJob>
        label="jobs"
        prefix="job-"
        queryKey={['jobs', 'bulk']}
        load={(client, { page, pageSize, filter, signal }) => client.bulkJobs.page({ page, pageSize, filter, signal })}
        columns={COLUMNS}
        keyOf={({ bulk_id: id }) => id}
        nameOf={({ kind }) => bulkKindText(kind).title}
        filters={[{ name: 'failing', label: 'Outcome', options: FAILING }]}
        everyMs={ASK_EVERY_MS}
        empty={{
          title: 'There were none.',
          hint: 'Choose many devices or users and change them at once, and one appears here.',
        }}
      />
    </Stack>
  )
}
