import type { Clock } from '../../../kernel/clock.ts'
import type { AppError } from '../../../kernel/errors.ts'
import type { AuditStore } from '../../audit/index.ts'
import { auditEntryOf, type Deed, type EntryAct } from './entry-act.ts'

/** Entries that users follow. */
export interface FollowedEntries {
  /** Keeps it from being changed by others until the end of the transaction; false when there is none. */
  lock(organisation: number, id: number): Promise<boolean>
  /** False when it was so already. */
  setFollowing(id: number, userId: string, isFollowed: boolean): Promise<boolean>
}

export interface FollowStores {
  readonly entries: FollowedEntries
  readonly audit: AuditStore
}

export interface FollowEntryDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: FollowStores) => Promise<T>): Promise<T>
}

export interface FollowAct extends EntryAct {
  readonly isFollowed: boolean
}

/** Of which kind the entry is, and how to say that there is none. */
export interface FollowedKind extends Pick<Deed, 'type'> {
  notFound(id: number): AppError
}

/** Has the caller follow an entry, or no longer. Throws what `kind` says when there is none. */
export async function followEntry(
  deps: FollowEntryDeps,
  act: FollowAct,
  { type, notFound }: FollowedKind,
): Promise<void> {
  const { caller, id } = act
  const at = deps.clock.now()
  await deps.inTransaction(async (stores) => {
    if (!(await stores.entries.lock(caller.organisation, id))) throw notFound(id)
    await setFollowing(stores, act, { type, at })
  })
}

/** Also writes it down, unless it was so already. Following is the caller's own affair, and no change of the entry. */
export async function setFollowing(
  { entries, audit }: { readonly entries: Pick<FollowedEntries, 'setFollowing'>; readonly audit: AuditStore },
  act: FollowAct,
  { type, at }: Pick<Deed, 'type' | 'at'>,
): Promise<void> {
  const { caller, id, isFollowed } = act
  if (!(await entries.setFollowing(id, caller.userId, isFollowed))) return
  const action = `${type}.${isFollowed ? 'follow' : 'unfollow'}`
  await audit.record(auditEntryOf(act, { action, type, id, at }))
}
