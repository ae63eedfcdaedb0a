import { useParams } from 'react-router'
import { JobProgress } from '../../parts/job-progress.tsx'
import { ConsoleLink, useGo } from '../../parts/link.tsx'
import { Page } from '../../parts/page/page.tsx'

const OUTDATED = [['connectors'], ['overview']]

/** How far a change of many devices is, and what became of each. */
export function BulkChangePage() {
  const { jobId = '' } = useParams()
  const go = useGo()
  return (
    <Page title="Change of many devices" crumbs={[{ title: 'Devices', to: 'connectors' }]}>
      <JobProgress
        jobId={jobId}
        itemLabel="devices"
        itemCell={({ item_id: id }) => <ConsoleLink to={`connectors/${id}`}>{id}</ConsoleLink>}
        outdates={OUTDATED}
        onRetried={(next) => go(`connectors/changes/${next}`)}
      />
    </Page>
  )
}
