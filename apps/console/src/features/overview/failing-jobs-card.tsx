import { Text } from '@mantine/core'
import { useResource, useSession } from '../../parts/api.tsx'
import { ConsoleLink } from '../../parts/link.tsx'
import { maySeeBulkJobs } from '../../parts/rights.ts'
import { OverviewCard } from './overview-card.tsx'

const COUNT_ALONE = { page: 1, pageSize: 1 }

/** How many tasks and jobs failed and are still in sight. */
export function FailingJobsCard() {
  const seesJobs = maySeeBulkJobs(useSession())
  const failing = useResource(['overview', 'failing-jobs', seesJobs], async (client, signal) => {
    const [tasks, jobs] = await Promise.all([
      client.tasks.page({ ...COUNT_ALONE, filter: { state: 'FAILED' }, signal }),
      seesJobs ? client.bulkJobs.page({ ...COUNT_ALONE, filter: { failing: 'true' }, signal }) : undefined,
    ])
    return { tasks: tasks.total, jobs: jobs?.total ?? 0 }
  })
  return (
    <OverviewCard
      title="Failing jobs"
      isPending={failing.isPending}
      error={failing.error}
      onRetry={() => void failing.refetch()}
    >
      {failing.data && <Failing {...failing.data} />}
      <Text size="sm">
        <ConsoleLink to="jobs">Go to tasks and jobs</ConsoleLink>
      </Text>
    </OverviewCard>
  )
}

function Failing({ tasks, jobs }: { readonly tasks: number; readonly jobs: number }) {
  if (tasks + jobs === 0) return <Text>Nothing failed.</Text>
  return (
    <>
      {tasks > 0 && (
        <Text>
          <ConsoleLink to="jobs?state=FAILED">
            {tasks.toLocaleString('en')} {tasks === 1 ? 'task' : 'tasks'}
          </ConsoleLink>{' '}
          came to nothing.
        </Text>
      )}
      {jobs > 0 && (
        <Text>
          <ConsoleLink to="jobs?job-failing=true">
            {jobs.toLocaleString('en')} {jobs === 1 ? 'job' : 'jobs'} over many things
          </ConsoleLink>{' '}
          failed, or in part.
        </Text>
      )}
    </>
  )
}
