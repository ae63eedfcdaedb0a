import type { QueryKey } from '@tanstack/react-query'
import { useResource, useSession } from '../../parts/api.tsx'
import { holdsAny } from '../../parts/rights.ts'

/** What a change of a team makes old: teams hang together, and users are counted by them. */
export const OUTDATED: readonly QueryKey[] = [['teams'], ['users'], ['enforcement']]

export function useMayChangeTeams(): boolean {
  return holdsAny(useSession(), 'allow_modify_teams')
}

/** Says of a change that is done whether it holds already: with batched updates it waits until somebody applies it. */
export function useSaying(): (done: string) => string {
  const enforcement = useResource(['enforcement'], (client) => client.enforcement.getStatus())
  return (done) => (enforcement.data?.batchedUpdates ? `${done} It waits to be applied.` : done)
}
