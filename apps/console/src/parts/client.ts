import { PortreeveClient, PortreeveError } from '@portreeve/client'
import { QueryClient } from '@tanstack/react-query'
import { isAway } from './error-text.ts'
import { basePath } from './page/page-facts.ts'

/** The URL parameter by which a superadmin acts in another organisation than their own. */
export const ORGANISATION = 'organisation'

const AWAY_RETRY_MS = 3000

/** The server, as the page's own address has it. */
export function createClient(organisation?: number): PortreeveClient {
  return new PortreeveClient({ baseUrl: `${location.origin}${basePath()}`, ownPage: true, organisation })
}

/** While the server is away, reads are tried again until it is back; whatever it refuses stays refused. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (_count, error) => isAway(error),
        retryDelay: AWAY_RETRY_MS,
        networkMode: 'always',
        staleTime: 10_000,
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** True for an answer that only means that nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof PortreeveError && (error.code === 'sign_in.required' || error.code === 'sign_in.not_valid')
}
