import { Skeleton } from '@mantine/core'
import { ErrorNotice } from '../error-notice.tsx'
import { type Crumb, Page } from './page.tsx'

export interface UnloadedPageProps {
  /** What it is going to show: `Data source`. */
  readonly title: string
  readonly crumbs: readonly Crumb[]
  readonly resource: { readonly error: unknown; refetch(): unknown }
}

/** In place of a page while what it shows is being read, or when it cannot be. */
export function UnloadedPage({ title, crumbs, resource }: UnloadedPageProps) {
  return (
    <Page title={title} crumbs={crumbs}>
      {resource.error ? (
        <ErrorNotice error={resource.error} onRetry={() => void resource.refetch()} />
      ) : (
        <Skeleton height={200} />
      )}
    </Page>
  )
}
