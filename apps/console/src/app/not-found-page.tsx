import { ConsoleLink } from '../parts/link.tsx'
import { EmptyState } from '../parts/page/empty-state.tsx'
import { Page } from '../parts/page/page.tsx'

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <EmptyState
        title="Nothing is at this address."
        hint="The link may be old, or what it was about may be gone."
        action={<ConsoleLink to="">Go to the overview</ConsoleLink>}
      />
    </Page>
  )
}
