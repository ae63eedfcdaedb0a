import { Button, Stack } from '@mantine/core'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ErrorNotice } from '../parts/error-notice.tsx'
import { Page } from '../parts/page/page.tsx'

/** Where a page itself fails: what can be told, and a way on. */
export function ErrorPage() {
  const error = useRouteError()
  const known = isRouteErrorResponse(error) ? new Error(error.statusText) : error
  return (
    <Page title="This page failed">
      <Stack align="flex-start">
        <ErrorNotice error={known} />
        {/* A newer build of the console has other files: those of the page opened before are gone. */}
        <Button onClick={() => window.location.reload()}>Reload the page</Button>
      </Stack>
    </Page>
  )
}
