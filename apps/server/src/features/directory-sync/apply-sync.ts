import { defineErrors } from '../../kernel/errors.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import { type LeaderGrants, type MemberReads, type MemberWrites, requireOnTeam, teamErrors } from '../teams/index.ts'
import { type UserReads, userErrors } from '../users/index.ts'
import type { Person } from './person.ts'
import type { SyncReads, SyncWrites } from './sync-store.ts'

/** A plan, as it is proposed: what the directory said, by which query. */
export interface SyncChange {
  readonly teamId: string
  readonly ldapAuthority: string
  readonly ldapFilter: string
  readonly found: number
  readonly add: readonly string[]
  readonly create: readonly (Person & { readonly id: string })[]
  readonly remove: readonly string[]
  readonly relink: readonly { readonly id: string; readonly dn: string }[]
}

export const syncErrors = defineErrors('sync', {
  no_query: {
    kind: 'invalid',
    message: (team: string) => `The team ${team} has no LDAP query: give it ldapAuthority and ldapFilter first.`,
  },
  never: { kind: 'not_found', message: (team: string) => `The team ${team} has never been synchronised.` },
  changed_meanwhile: {
    kind: 'conflict',
    message: (what: string) => `While the directory was read, ${what}; sync again.`,
  },
  needs_confirmation: {
    kind: 'conflict',
    message: (leave: number, members: number, share: number) =>
      `${leave} of ${members} members would leave, which is more than ${share} %. Look at the preview; if it is meant, send maxRemovals=${leave}.`,
  },
})

export type ApplySyncReads = SyncReads & LeaderGrants & MemberReads & UserReads
export type ApplySyncWrites = SyncWrites & MemberWrites

/** Gives a team the members that its query found: one revision, whatever their number. */
export const applySync: ProposalKind<ApplySyncReads, ApplySyncWrites, SyncChange> = {
  type: 'team.sync',
  creates: false,
  async check(reads, { caller }, change) {
    const { teamId, ldapAuthority, add, create, remove, relink } = change
    await requireOnTeam(reads, caller, teamId, 'manageMembers')
    const team = await reads.findQueriedTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    if (team.ldapAuthority !== ldapAuthority || team.ldapFilter !== change.ldapFilter) {
      throw syncErrors.changed_meanwhile('the query of the team was changed')
    }
    const taken = create.length > 0 ? await reads.takenUsernames(create.map(({ username }) => username)) : []
    if (taken.length > 0) throw syncErrors.changed_meanwhile(`there came users ${taken.join(', ')}`)
    const unknown = add.length > 0 ? await reads.unknownUsers(add) : []
    if (unknown.length > 0) throw userErrors.unknown_ids(unknown)
    const joining = [...add, ...create.map(({ id }) => id)]
    const outside = joining.length > 0 ? await reads.notInManagedAbove(team.id, joining) : []
    if (outside.length > 0) throw syncErrors.changed_meanwhile('a team above lost members')
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, ...summaryOf(change) } },
      touches: remove.length > 0 ? await reads.repositoriesReachedBy(team.id, remove) : [],
      write: async (writes) => {
        if (create.length > 0) await writes.insertDirectoryUsers(ldapAuthority, create)
        if (relink.length > 0) await writes.relinkUsers(ldapAuthority, relink)
        if (joining.length > 0) await writes.addMembers(team.id, joining)
        if (remove.length > 0) await writes.removeMembers(team.id, remove)
      },
    }
  },
}

/** Of each list as many as can be read: the revision tells who joined and left. */
const NAMED = 100

function summaryOf({ ldapFilter, found, add, create, remove, relink }: SyncChange) {
  const counts = { found, added: add.length, created: create.length, removed: remove.length, relinked: relink.length }
  const created = create.slice(0, NAMED).map(({ username }) => username)
  return { ldapFilter, ...counts, first: { added: add.slice(0, NAMED), created, removed: remove.slice(0, NAMED) } }
}
