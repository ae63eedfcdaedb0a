import { Loader } from '@mantine/core'
import { useResource } from '../../parts/api.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import type { Span } from './access-changes.tsx'
import { summariseAccess, summaryText } from './summarise-access.ts'

/** As many as the server tells at once; beyond them the count is the least it can be. */
const CHANGES_COUNTED = 1000

/** How many people would gain and lose access on the way from a revision to another. */
export function EffectOnPeople({ from, to }: Span) {
  const differences = useResource(['enforcement', 'effect', from, to], (client) =>
    client.reports.differences({ from, to, pageSize: CHANGES_COUNTED }),
  )
  if (differences.error) return <ErrorNotice error={differences.error} onRetry={() => void differences.refetch()} />
  if (!differences.data) return <Loader size="sm" aria-label="Counting who gains and who loses" />
  const { access, totalResults } = differences.data
  return <>{summaryText(summariseAccess(access, totalResults))}</>
}
