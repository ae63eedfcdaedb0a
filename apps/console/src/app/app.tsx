import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type MutationCache, type QueryCache, type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient, isSignedOut } from '../parts/client.ts'
import { styleNonce } from '../parts/page/page-facts.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { createRouter } from './router.tsx'
import { SESSION_KEY } from './session-gate.tsx'
import { resolveVariables, THEME } from './theme.ts'

const COLOR_SCHEME = localStorageColorSchemeManager({ key: 'portreeve-color-scheme' })

/** The console, whole. */
export function App() {
  const [queries] = useState(() => endingSessions(createQueryClient()))
  const [router] = useState(createRouter)
  return (
    <MantineProvider
      theme={THEME}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      colorSchemeManager={COLOR_SCHEME}
      getStyleNonce={styleNonce}
    >
      <Notifications position="top-right" containerWidth={360} />
      <QueryClientProvider client={queries}>
        <ConnectionBanner />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  )
}

/** Whichever request first hears that the session is over, the page goes to the sign-in. */
function endingSessions(queries: QueryClient): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) queries.setQueriesData({ queryKey: SESSION_KEY }, null)
  }
  const caches: readonly (QueryCache | MutationCache)[] = [queries.getQueryCache(), queries.getMutationCache()]
  for (const cache of caches) cache.config = { onError }
  return queries
}
