import { Skeleton, Text } from '@mantine/core'
import type { BulkJob, BulkResult } from '@portreeve/client'
import { useParams } from 'react-router'
import { useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'
import { RelativeTime } from '../../parts/relative-time.tsx'
import { bulkKindText } from './bulk-kind.ts'

const CRUMBS = [{ title: 'Tasks and jobs', to: 'jobs' }]

/** One job over many things: how far it is, what became of each, and once more for what failed. */
export function BulkJobPage() {
  const { jobId = '' } = useParams()
  const job = useResource(['jobs', jobId], (client) => client.bulkJobs.get(jobId))
  if (!job.data) {
    return (
      <Page title="Job" crumbs={CRUMBS}>
        {job.error ? <ErrorNotice error={job.error} onRetry={() => void job.refetch()} /> : <Skeleton height={200} />}
      </Page>
    )
  }
  return <LoadedJob key={jobId} job={job.data} />
}

function LoadedJob({ job }: { readonly job: BulkJob }) {
  const go = useGo()
  const { title, items, area, outdates } = bulkKindText(job.kind)
  return (
    <Page title={title} crumbs={CRUMBS}>
      <Text size="sm">
        Ordered by {job.ordered_by_username} <RelativeTime at={job.started_at} />
        {job.retry_of !== undefined && (
          <>
            , to do again what failed in <ConsoleLink to={`jobs/bulk/${job.retry_of}`}>an earlier job</ConsoleLink>
          </>
        )}
        .
      </Text>
      <JobProgress
        jobId={job.bulk_id}
        itemLabel={items}
        itemCell={(result) => <Item area={area} result={result} />}
        outdates={outdates}
        onRetried={(next) => go(`jobs/bulk/${next}`)}
      />
    </Page>
  )
}

function Item({ area, result }: { readonly area: string | undefined; readonly result: BulkResult }) {
  const { item_id, entity_id = String(item_id), entity_name = entity_id } = result
  return area === undefined ? entity_name : <ConsoleLink to={`${area}/${entity_id}`}>{entity_name}</ConsoleLink>
}
