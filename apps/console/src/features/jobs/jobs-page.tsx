import { useSession } from '../../parts/api.tsx'
import { Page } from '../../parts/page/page.tsx'
import { maySeeBulkJobs } from '../../parts/rights.ts'
import { BulkJobsSection } from './bulk-jobs-section.tsx'
import { TasksSection } from './tasks-section.tsx'

/** What became of changes, and of work over many things. */
export function JobsPage() {
  return (
    <Page title="Tasks and jobs">
      <TasksSection />
      {maySeeBulkJobs(useSession()) && <BulkJobsSection />}
    </Page>
  )
}
