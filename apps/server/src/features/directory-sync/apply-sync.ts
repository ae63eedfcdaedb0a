import { defineErrors } from '../../kernel/errors.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import { type LeaderGrants, type MemberReads, type MemberWrites, requireOnTeam, teamErrors } from '../teams/index.ts'
import { type UserReads, userErrors } from '../users/index.ts'
import type { Person } from './person.ts'
import type { ManagedTeam, SyncReads, SyncRun, SyncWrites } from './sync-store.ts'

/** A plan, as it is proposed: what the directory said, by which query. */
export interface SyncChange {
  readonly team: ManagedTeam
  /** What is noted of the sync; its directory was read after `startedAt`. */
  readonly run: SyncRun
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
    const { team, run, add, create, remove, relink } = change
    const { ldapAuthority } = team
    await requireOnTeam(reads, caller, team.id, 'manageMembers')
    await assertSameQuestion(reads, change)
    const taken = create.length > 0 ? await reads.takenUsernames(create.map(({ username }) => username)) : []
    if (taken.length > 0) throw syncErrors.changed_meanwhile(`there came ${taken.length} users, such as ${taken[0]}`)
    const unknown = add.length > 0 ? await reads.unknownUsers(add) : []
    if (unknown.length > 0) throw userErrors.unknown_ids(unknown.slice(0, NAMED))
    const joining = [...add, ...create.map(({ id }) => id)]
    const outside = joining.length > 0 ? await reads.notInManagedAbove(team.id, joining) : []
    if (outside.length > 0) throw syncErrors.changed_meanwhile('a team above lost members')
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, ...summaryOf(change) } },
      touches: remove.length > 0 ? await reads.repositoriesReachedBy(team.id, remove) : [],
      write: async (writes) => {
        // With the change, not after it: an older sync must find it as soon as the change is there.
        await writes.saveRun(team.id, run)
        if (create.length > 0) await writes.insertDirectoryUsers(ldapAuthority, create)
        if (relink.length > 0) await writes.relinkUsers(ldapAuthority, relink)
        if (joining.length > 0) await writes.addMembers(team.id, joining)
        if (remove.length > 0) await writes.removeMembers(team.id, remove)
      },
    }
  },
}

/** Refuses what the directory said when it was asked something else, or before a sync that has gone through since. */
async function assertSameQuestion(reads: SyncReads, { team: asked, run }: SyncChange): Promise<void> {
  const team = await reads.findQueriedTeam(asked.id)
  if (!team) throw teamErrors.not_found(asked.id)
  if (team.ldapAuthority !== asked.ldapAuthority || team.ldapFilter !== asked.ldapFilter) {
    throw syncErrors.changed_meanwhile('the query of the team was changed')
  }
  if (team.authorityState !== asked.authorityState) {
    throw syncErrors.changed_meanwhile('the LDAP authority was changed')
  }
  const lastAt = await reads.lastSyncAt(asked.id)
  if (lastAt && lastAt > run.startedAt) throw syncErrors.changed_meanwhile('a later synchronisation took place')
}

/** Of each list as many as can be read: the revision tells who joined and left. */
const NAMED = 100

function summaryOf({ team: { ldapFilter }, run: { found }, add, create, remove, relink }: SyncChange) {
  const counts = { found, added: add.length, created: create.length, removed: remove.length, relinked: relink.length }
  const created = create.slice(0, NAMED).map(({ username }) => username)
  return { ldapFilter, ...counts, first: { added: add.slice(0, NAMED), created, removed: remove.slice(0, NAMED) } }
}
