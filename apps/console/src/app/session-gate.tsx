import { Button, Center, Loader, Stack } from '@mantine/core'
import { type CurrentSession, PortreeveError } from '@portreeve/client'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { SessionContext, useClient, useOrganisation } from '../parts/api.tsx'
import { isSignedOut } from '../parts/client.ts'
import { ErrorNotice } from '../parts/error-notice.tsx'

export const SESSION_KEY = ['session']

/** Who is signed in; null for nobody. */
function useCurrentSession() {
  const client = useClient()
  const organisation = useOrganisation()
  return useQuery<CurrentSession | null>({
    queryKey: [...SESSION_KEY, { organisation }],
    async queryFn() {
      try {
        return await client.session.current()
      } catch (error) {
        if (isSignedOut(error)) return null
        throw error
      }
    },
    staleTime: 60_000,
  })
}

/** Lets in who is signed in; others sign in first and come back to where they wanted to go. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const session = useCurrentSession()
  const { pathname, search } = useLocation()
  const navigate = useNavigate()
  if (session.isPending) {
    return (
      <Center mih="60dvh">
        <Loader aria-label="Loading" />
      </Center>
    )
  }
  if (session.error) {
    const isAboutOrganisation =
      session.error instanceof PortreeveError && session.error.code.startsWith('organisation.')
    return (
      <Center mih="60dvh" p="md">
        <Stack>
          <ErrorNotice error={session.error} onRetry={() => void session.refetch()} />
          {isAboutOrganisation && (
            <Button variant="default" onClick={() => void navigate(pathname)}>
              Go to your own organisation
            </Button>
          )}
        </Stack>
      </Center>
    )
  }
  if (session.data === null) {
    const next = new URLSearchParams(pathname === '/' && search === '' ? {} : { next: `${pathname}${search}` })
    return <Navigate to={`/sign-in${next.size > 0 ? `?${next}` : ''}`} replace />
  }
  return <SessionContext value={session.data}>{children}</SessionContext>
}
