import type { CurrentSession, PortreeveClient } from '@portreeve/client'
import { type QueryKey, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { announce } from './announce.ts'
import { createClient, ORGANISATION } from './client.ts'
import { useProof } from './proof.tsx'

/** The organisation acted in, as the address says; undefined is one's own. */
export function useOrganisation(): number | undefined {
  const [parameters] = useSearchParams()
  const text = parameters.get(ORGANISATION)
  return text !== null && /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : undefined
}

/** The server as who is signed in sees it, in the organisation they act in. */
export function useClient(): PortreeveClient {
  const organisation = useOrganisation()
  return useMemo(() => createClient(organisation), [organisation])
}

export interface ResourceOptions<T> {
  readonly keepsPrevious?: boolean
  readonly enabled?: boolean
  /** Asks again so often; a function decides by what was answered last. */
  readonly everyMs?: number | false | ((last: T | undefined) => number | false)
}

/** Reads something. `key` begins with the area: `['users', id]`, and tells all that the answer depends on. */
export function useResource<T>(
  key: QueryKey,
  read: (client: PortreeveClient, signal: AbortSignal) => Promise<T>,
  options: ResourceOptions<T> = {},
) {
  const client = useClient()
  const organisation = useOrganisation()
  const { keepsPrevious = false, enabled = true, everyMs = false } = options
  return useQuery({
    queryKey: [...key, { organisation }],
    queryFn: ({ signal }) => read(client, signal),
    enabled,
    refetchInterval: typeof everyMs === 'function' ? ({ state }) => everyMs(state.data as T | undefined) : everyMs,
    ...(keepsPrevious && { placeholderData: (previous: T | undefined) => previous as never }),
  })
}

export interface ChangeOptions<Input, Result> {
  act(client: PortreeveClient, input: Input): Promise<Result>
  /** What reads the change makes old, by the beginnings of their keys. */
  readonly outdates: readonly QueryKey[]
  /** Said when it is done. */
  readonly done?: string | ((result: Result, input: Input) => string)
  onDone?(result: Result, input: Input): unknown
}

/**
 * Changes something. Where the server wants a fresh sign-in first, the password is asked for and the change is tried
 * again. What it refuses is the `error` of the result, for `ErrorNotice` or a form to show.
 */
export function useChange<Input = void, Result = void>(options: ChangeOptions<Input, Result>) {
  const { act, outdates, done, onDone } = options
  const client = useClient()
  const queries = useQueryClient()
  const { proving } = useProof()
  return useMutation({
    mutationFn: (input: Input) => proving(() => act(client, input)),
    async onSuccess(result, input) {
      if (done !== undefined) announce(typeof done === 'string' ? done : done(result, input))
      await onDone?.(result, input)
      await Promise.all(outdates.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
  })
}

export const SessionContext = createContext<CurrentSession | undefined>(undefined)

/** Who is signed in; below the shell there always is somebody. */
export function useSession(): CurrentSession {
  const session = use(SessionContext)
  if (!session) throw new Error('Nobody is signed in here.')
  return session
}
