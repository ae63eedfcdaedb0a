import type { Change, NewTeam, PortreeveClient } from '@portreeve/client'
import type { QueryKey } from '@tanstack/react-query'
import { onNewest } from '../../parts/conflicts/on-newest.ts'

/** What a change of a directory query, or a sync by it, makes old. */
export const OUTDATED: readonly QueryKey[] = [['authorities'], ['teams'], ['users'], ['enforcement']]

export const FILTER_HINT = 'Finds people, or groups that stand for their members, however deep: (cn=staff).'

/** Gives a team this query in place of the one it has, or none. All else of it stays as it is now. */
export function changeQuery(
  client: PortreeveClient,
  teamId: string,
  query: Pick<NewTeam, 'ldapAuthority' | 'ldapFilter'> = {},
): Promise<Change> {
  return onNewest(async () => {
    const { value: now, etag } = await client.teams.getTagged(teamId)
    const { id: _id, ldapAuthority: _authority, ldapFilter: _filter, ...kept } = now
    return await client.teams.change(teamId, { ...kept, ...query }, { ifMatch: etag })
  })
}
